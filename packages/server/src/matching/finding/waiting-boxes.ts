/**
 * The boxes that a best-first search has seen and not yet opened: a binary heap by lower bound, then
 * by the lowest id code that may be found there.
 */
export class WaitingBoxes {
  readonly #boxes: number[] = [];
  readonly #bounds: number[] = [];
  readonly #idCodes: number[] = [];
  /** The bound and the id code of the box that was taken last. */
  takenBound = NaN;
  takenIdCode = 0;

  add(box: number, bound: number, idCode: number): void {
    let place = this.#boxes.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#isLess(bound, idCode, parent)) break;
      this.#move(parent, place);
      place = parent;
    }
    this.#put(place, box, bound, idCode);
  }

  /** Takes out the box with the least bound. */
  takeLeast(): number | undefined {
    const least = this.#boxes[0];
    this.takenBound = this.#bounds[0] ?? NaN;
    this.takenIdCode = this.#idCodes[0] ?? 0;
    const box = this.#boxes.pop();
    const bound = this.#bounds.pop();
    const idCode = this.#idCodes.pop();
    if (box === undefined || bound === undefined || idCode === undefined) return undefined;
    if (this.#boxes.length > 0) this.#sink(box, bound, idCode);
    return least;
  }

  #sink(box: number, bound: number, idCode: number): void {
    const count = this.#boxes.length;
    let place = 0;
    for (let child = 1; child < count; child = 2 * place + 1) {
      if (child + 1 < count && this.#isBefore(child + 1, child)) child += 1;
      if (this.#isLess(bound, idCode, child)) break;
      this.#move(child, place);
      place = child;
    }
    this.#put(place, box, bound, idCode);
  }

  #isLess(bound: number, idCode: number, place: number): boolean {
    const other = this.#bounds[place] ?? Infinity;
    return bound === other ? idCode < (this.#idCodes[place] ?? 0) : bound < other;
  }

  #isBefore(one: number, other: number): boolean {
    return this.#isLess(this.#bounds[one] ?? Infinity, this.#idCodes[one] ?? 0, other);
  }

  #move(from: number, to: number): void {
    this.#put(
      to,
      this.#boxes[from] ?? -1,
      this.#bounds[from] ?? Infinity,
      this.#idCodes[from] ?? 0,
    );
  }

  #put(place: number, box: number, bound: number, idCode: number): void {
    this.#boxes[place] = box;
    this.#bounds[place] = bound;
    this.#idCodes[place] = idCode;
  }
}
