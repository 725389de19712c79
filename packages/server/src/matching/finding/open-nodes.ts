/**
 * The nodes that a best-first search has seen and not yet opened: a binary heap by lower bound, then
 * by the lowest id code that may be found there.
 */
export class OpenNodes {
  readonly #nodes: number[] = [];
  readonly #bounds: number[] = [];
  readonly #idCodes: number[] = [];
  /** The bound and the id code of the node that was taken last. */
  takenBound = NaN;
  takenIdCode = 0;

  add(node: number, bound: number, idCode: number): void {
    let place = this.#nodes.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#isLess(bound, idCode, parent)) break;
      this.#move(parent, place);
      place = parent;
    }
    this.#put(place, node, bound, idCode);
  }

  /** Takes out the node with the least bound. */
  takeLeast(): number | undefined {
    const least = this.#nodes[0];
    this.takenBound = this.#bounds[0] ?? NaN;
    this.takenIdCode = this.#idCodes[0] ?? 0;
    const node = this.#nodes.pop();
    const bound = this.#bounds.pop();
    const idCode = this.#idCodes.pop();
    if (node === undefined || bound === undefined || idCode === undefined) return undefined;
    if (this.#nodes.length > 0) this.#sink(node, bound, idCode);
    return least;
  }

  #sink(node: number, bound: number, idCode: number): void {
    const count = this.#nodes.length;
    let place = 0;
    for (let child = 1; child < count; child = 2 * place + 1) {
      if (child + 1 < count && this.#isBefore(child + 1, child)) child += 1;
      if (this.#isLess(bound, idCode, child)) break;
      this.#move(child, place);
      place = child;
    }
    this.#put(place, node, bound, idCode);
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
      this.#nodes[from] ?? -1,
      this.#bounds[from] ?? Infinity,
      this.#idCodes[from] ?? 0,
    );
  }

  #put(place: number, node: number, bound: number, idCode: number): void {
    this.#nodes[place] = node;
    this.#bounds[place] = bound;
    this.#idCodes[place] = idCode;
  }
}
