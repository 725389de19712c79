/** Which country an arrow key leads to. Pure geometry of the drawn map. */

/** A place on the map. */
export interface Place {
  readonly code: string;
  readonly x: number;
  readonly y: number;
}

/** The keys that move, and where to. */
export const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A step aside counts so much more than a step ahead. */
const ASIDE = 2;

/** The nearest place in a direction; `undefined` at the edge of the world. */
export function neighbourOf(
  from: Place,
  [dx, dy]: readonly [x: number, y: number],
  places: readonly Place[],
): Place | undefined {
  const reach = places.flatMap((place) => {
    const [x, y] = [place.x - from.x, place.y - from.y];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    return ahead > 0 ? [{ place, cost: ahead + ASIDE * aside }] : [];
  });
  return reach.toSorted((one, other) => one.cost - other.cost)[0]?.place;
}
