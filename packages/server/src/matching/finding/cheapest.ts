/**
 * The cheapest first, for a price that depends on the question. Of all boxes seen and not yet opened,
 * the one with the least lower bound is opened next, and the search ends where even that cannot get
 * into the page. Among boxes in which all charge exactly alike (or nothing at all: the unpriced come
 * last) the one with the lowest id goes first: a market in which everyone charges the same is no slower.
 */
import { AXIS } from '../boxes/box-axes.js';
import { NO_MATCH } from './box-sieve.js';
import { WaitingBoxes } from './waiting-boxes.js';
import type { Place } from '../rows/orders.js';
import { createPicked } from './row-scan.js';
import type { Search } from './search.js';

/** Offers the matches in a box, those after a place, to the best. */
export function findCheapest(search: Search, root: number, after: Place | undefined): void {
  const { boxes, best } = search;
  const waiting = new WaitingBoxes();
  consider(search, root, after, waiting);
  for (let box = waiting.takeLeast(); box !== undefined; box = waiting.takeLeast()) {
    if (!best.wouldTake(waiting.takenBound, waiting.takenIdCode)) return;
    if (boxes.isCut(box)) {
      consider(search, boxes.lowHalf(box), after, waiting);
      consider(search, boxes.highHalf(box), after, waiting);
    } else {
      offerLeaf(search, box, after);
    }
  }
}

/** Lets a box wait to be opened, unless it can be passed over. */
function consider(
  search: Search,
  box: number,
  after: Place | undefined,
  waiting: WaitingBoxes,
): void {
  const { boxes, boxSieve, best } = search;
  if (boxSieve.openIn(box, boxSieve.asked) === NO_MATCH) return;
  if (after !== undefined && boxSieve.usdCeiling(box) < after.key) return;
  const bound = boxSieve.usdFloor(box);
  const idCode = chargeAlike(search, box) ? boxes.lowestIdCode(box) : 0;
  if (best.wouldTake(bound, idCode)) waiting.add(box, bound, idCode);
}

function chargeAlike({ boxes }: Search, box: number): boolean {
  return (
    boxes.low(box, AXIS.corePrice) === boxes.high(box, AXIS.corePrice) &&
    boxes.low(box, AXIS.memoryPrice) === boxes.high(box, AXIS.memoryPrice) &&
    boxes.low(box, AXIS.storagePrice) === boxes.high(box, AXIS.storagePrice)
  );
}

/** One for all searches: they never interleave. */
const picked = createPicked();

function offerLeaf(search: Search, box: number, after: Place | undefined): void {
  const { boxes, boxRows, boxSieve, best } = search;
  const leaf = boxes.leaf(box);
  const count = boxSieve.pick(leaf, boxes.count(box), boxSieve.asked, picked);
  for (let at = 0; at < count; at += 1) {
    const index = picked[at] ?? 0;
    // Either of these spares a look at its row, which is most of what a deep page would cost.
    if (!best.mayTake(boxSieve.leastUsd(leaf, index))) continue;
    if (after !== undefined && boxSieve.mostUsd(leaf, index) < after.key) continue;
    const slot = boxRows.slot(leaf, index);
    const key = boxSieve.usd(slot);
    if (after === undefined || search.isAfter(slot, key, after)) best.offer(slot, key);
  }
}
