/**
 * The boxes that a best-first search has seen and not yet opened: by lower bound, then by the lowest id
 * code that may be found there. One is kept aside, the others in a binary heap: of the two halves of the
 * box that was opened last one is mostly the next, and then never sees the heap.
 */

const NONE = -1;

export class WaitingBoxes {
  readonly #boxes: number[] = [];
  readonly #bounds: number[] = [];
  readonly #idCodes: number[] = [];
  #asideBox = NONE;
  #asideBound = Infinity;
  #asideIdCode = 0;
  #takenBound = NaN;
  #takenIdCode = 0;

  /** The bound of the box that was taken last, */
  get takenBound(): number {
    return this.#takenBound;
  }

  /** and its id code. */
  get takenIdCode(): number {
    return this.#takenIdCode;
  }

  add(box: number, bound: number, idCode: number): void {
    if (this.#asideBox === NONE) {
      this.#putAside(box, bound, idCode);
    } else if (isLess(bound, idCode, this.#asideBound, this.#asideIdCode)) {
      this.#push(this.#asideBox, this.#asideBound, this.#asideIdCode);
      this.#putAside(box, bound, idCode);
    } else {
      this.#push(box, bound, idCode);
    }
  }

  /** Takes out the box with the least bound. */
  takeLeast(): number | undefined {
    const box = this.#asideBox;
    const bound = this.#asideBound;
    const idCode = this.#asideIdCode;
    this.#asideBox = NONE;
    if (box === NONE) return this.#popLeast();
    if (this.#boxes.length === 0 || this.#comesBefore(bound, idCode, 0)) {
      this.#takenBound = bound;
      this.#takenIdCode = idCode;
      return box;
    }
    const least = this.#leastOfHeap();
    this.#sink(box, bound, idCode);
    return least;
  }

  #putAside(box: number, bound: number, idCode: number): void {
    this.#asideBox = box;
    this.#asideBound = bound;
    this.#asideIdCode = idCode;
  }

  #push(box: number, bound: number, idCode: number): void {
    let place = this.#boxes.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#comesBefore(bound, idCode, parent)) break;
      this.#move(parent, place);
      place = parent;
    }
    this.#put(place, box, bound, idCode);
  }

  #popLeast(): number | undefined {
    const least = this.#leastOfHeap();
    const box = this.#boxes.pop();
    const bound = this.#bounds.pop();
    const idCode = this.#idCodes.pop();
    if (box === undefined || bound === undefined || idCode === undefined) return undefined;
    if (this.#boxes.length > 0) this.#sink(box, bound, idCode);
    return least;
  }

  /** Takes note of it as taken; it stays where it is until something is put over it. */
  #leastOfHeap(): number | undefined {
    this.#takenBound = this.#bounds[0] ?? NaN;
    this.#takenIdCode = this.#idCodes[0] ?? 0;
    return this.#boxes[0];
  }

  /** Puts a box where it belongs, on the way down from the top, which is free. */
  #sink(box: number, bound: number, idCode: number): void {
    const count = this.#boxes.length;
    let place = 0;
    for (let child = 1; child < count; child = 2 * place + 1) {
      if (child + 1 < count && this.#isBefore(child + 1, child)) child += 1;
      if (this.#comesBefore(bound, idCode, child)) break;
      this.#move(child, place);
      place = child;
    }
    this.#put(place, box, bound, idCode);
  }

  #comesBefore(bound: number, idCode: number, place: number): boolean {
    return isLess(bound, idCode, this.#bounds[place] ?? Infinity, this.#idCodes[place] ?? 0);
  }

  #isBefore(one: number, other: number): boolean {
    return this.#comesBefore(this.#bounds[one] ?? Infinity, this.#idCodes[one] ?? 0, other);
  }

  #move(from: number, to: number): void {
    this.#put(
      to,
      this.#boxes[from] ?? NONE,
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

function isLess(bound: number, idCode: number, otherBound: number, otherIdCode: number): boolean {
  return bound === otherBound ? idCode < otherIdCode : bound < otherBound;
}
