/**
 * The walk through the boxes for a price that depends on the question, the cheapest first. Of all boxes
 * seen and not yet opened, the one with the least lower bound is opened next, and the walk ends where even
 * that cannot get into the page. Among boxes in which all charge exactly alike (or nothing at all: the unpriced
 * come last) the one with the lowest id goes first: a market in which everyone charges the same is no slower.
 */
import { AXIS } from '../boxes/box-axes.js';
import { NO_MATCH } from './box-sieve.js';
import { WaitingBoxes } from './waiting-boxes.js';
import type { Place } from '../rows/orders.js';
import { createPicked } from './row-scan.js';
import type { Search } from './search.js';

/** One for all searches: they never interleave. */
const picked = createPicked();

export class PriceWalk {
  readonly #search: Search;
  readonly #after: Place | undefined;
  readonly #waiting = new WaitingBoxes();

  /** For the matches after a place. */
  constructor(search: Search, after: Place | undefined) {
    this.#search = search;
    this.#after = after;
  }

  /** Offers the matches in a box to the best. */
  run(root: number): void {
    const { boxes, best } = this.#search;
    const waiting = this.#waiting;
    this.#consider(root);
    for (let box = waiting.takeLeast(); box !== undefined; box = waiting.takeLeast()) {
      if (!best.wouldTake(waiting.takenBound, waiting.takenIdCode)) return;
      if (boxes.isCut(box)) {
        this.#consider(boxes.lowHalf(box));
        this.#consider(boxes.highHalf(box));
      } else {
        this.#offerLeaf(box);
      }
    }
  }

  /** Lets a box wait to be opened, unless it can be passed over. */
  #consider(box: number): void {
    const { boxes, boxSieve, best } = this.#search;
    if (boxSieve.openIn(box, boxSieve.asked) === NO_MATCH) return;
    if (this.#after !== undefined && boxSieve.usdCeiling(box) < this.#after.key) return;
    const bound = boxSieve.usdFloor(box);
    const idCode = this.#chargeAlike(box) ? boxes.bounds.lowestIdCode(box) : 0;
    if (best.wouldTake(bound, idCode)) this.#waiting.add(box, bound, idCode);
  }

  #chargeAlike(box: number): boolean {
    const { bounds } = this.#search.boxes;
    return (
      bounds.low(box, AXIS.corePrice) === bounds.high(box, AXIS.corePrice) &&
      bounds.low(box, AXIS.memoryPrice) === bounds.high(box, AXIS.memoryPrice) &&
      bounds.low(box, AXIS.storagePrice) === bounds.high(box, AXIS.storagePrice)
    );
  }

  #offerLeaf(box: number): void {
    const { boxes, boxRows, boxSieve, best } = this.#search;
    const leaf = boxes.leaf(box);
    const fromUsd = this.#after?.key ?? 0;
    const count = boxSieve.pickPriced(leaf, boxes.count(box), fromUsd, best.worstKey, picked);
    for (let at = 0; at < count; at += 1) {
      const slot = boxRows.slot(leaf, picked[at] ?? 0);
      const usd = boxSieve.usd(slot);
      if (boxSieve.isCheapEnough(usd) && this.#isAsked(slot, usd)) best.offer(slot, usd);
    }
  }

  #isAsked(slot: number, usd: number): boolean {
    return this.#after === undefined || this.#search.isAfter(slot, usd, this.#after);
  }
}
