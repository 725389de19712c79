/** The map of the world as the build drew it. Fetched apart: a quarter of all that a visit loads, and a search does not wait for it. */

/** A country: its code (empty for land without one), its outline (empty where it is too small for one), its middle. */
export interface Shape {
  readonly code: string;
  readonly path: string;
  readonly x: number;
  readonly y: number;
}

/** All of them, in a box of this size. */
export interface World {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** Fetches it. Rejects where it can't be had. */
export async function fetchWorld(signal: AbortSignal): Promise<World> {
  const url = new URL('../../world/world.json', import.meta.url);
  const response = await fetch(url, { signal });
  const drawn: unknown = await response.json();
  if (!isDrawn(drawn)) throw new TypeError('the map is none');
  const { width, height, shapes } = drawn;
  return { width, height, shapes: shapes.map(([code, path, x, y]) => ({ code, path, x, y })) };
}

/** As `build/world.mjs` writes it. */
interface DrawnWorld extends Pick<World, 'width' | 'height'> {
  readonly shapes: readonly (readonly [code: string, path: string, x: number, y: number])[];
}

/** Ours, under a name that holds its hash: that it is a map at all says that it is the one that was built. */
function isDrawn(value: unknown): value is DrawnWorld {
  return (
    typeof value === 'object' && value !== null && 'shapes' in value && Array.isArray(value.shapes)
  );
}
