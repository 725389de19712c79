/**
 * Fills an empty index with all that there is, at once: what is put only waits, where nothing finds it, until every
 * tree is built over all of it. That takes a quarter of what putting one by one does.
 */
import type { Loading, Offer } from '../contract.js';
import type { Section } from './section.js';
import type { Sections } from './sections.js';

/** Vacated in one step: a millisecond or two. */
const STEP_SLOTS = 512;

/** What there is to do to an index that is loaded. */
export interface LoadingSite {
  readonly sections: Sections;
  /** Writes an offer into a slot of its own, in which nothing finds it yet. */
  readonly place: (offer: Offer) => number;
  /** Where a slot is inserted. */
  readonly homeOf: (slot: number) => Section;
  /** Leaves a slot that no tree holds to the next. */
  readonly vacate: (slot: number) => void;
}

/** Begins to fill an index that is empty. */
export function startLoading({ sections, place, homeOf, vacate }: LoadingSite): Loading {
  const slotsAt = new Map<Section, number[]>();
  return {
    put: (offer) => {
      const slot = place(offer);
      const home = homeOf(slot);
      const neighbours = slotsAt.get(home);
      if (neighbours === undefined) slotsAt.set(home, [slot]);
      else neighbours.push(slot);
    },
    finish: () => fill(sections, slotsAt),
    discard: () => vacateAll(slotsAt.values(), vacate),
  };
}

/** Every section with what is at home there, and each part's whole with what is in its countries. */
function* fill(
  sections: Sections,
  slotsAt: ReadonlyMap<Section, readonly number[]>,
): Generator<undefined, void> {
  for (const [home, own] of slotsAt) yield* home.fill(own);
  for (const verified of [true, false]) {
    const { whole, boxTree } = sections.part(verified);
    const parts = [...slotsAt].filter(([home]) => home.isPartOf(whole));
    const own = joined(parts.map(([, slots]) => slots));
    yield* whole.fill(own);
    yield* boxTree.fill(own);
  }
}

function joined(lists: readonly (readonly number[])[]): Uint32Array {
  const all = new Uint32Array(lists.reduce((length, list) => length + list.length, 0));
  let end = 0;
  for (const list of lists) {
    all.set(list, end);
    end += list.length;
  }
  return all;
}

function* vacateAll(
  groups: Iterable<readonly number[]>,
  vacate: (slot: number) => void,
): Generator<undefined, void> {
  for (const slots of groups) {
    for (const [place, slot] of slots.entries()) {
      if (place % STEP_SLOTS === 0) yield;
      vacate(slot);
    }
  }
}
