/**
 * What a watcher is told: a change as it looks to somebody with certain requirements. The same
 * change begins to fit for one, and fits no longer for another.
 */
import type { ProviderId, Requirements, Resources, Terms } from 'golem-vm-discovery-protocol';
import { fits } from '../../matching/fits.js';
import { pricedText } from '../../matching/records/priced-text.js';
import { recordText } from '../../matching/records/record-text.js';
import { wholeShape } from '../../matching/whole-shape.js';
import type { PastChange } from '../../store/history.js';

/** The names of events. A bookmark promises that everything before its cursor was told. */
export type WatchEventName =
  | 'advertised'
  | 'changed'
  | 'withdrawn'
  | 'expired'
  | 'unmatched'
  | 'bookmark';

/** One event. */
export interface WatchEvent {
  readonly name: WatchEventName;
  /** `undefined` for those of a snapshot. */
  readonly revision: number | undefined;
  /** JSON in ASCII: the whole record, or an object with the provider's id. */
  readonly data: string;
}

/** What is watched. */
export interface Question {
  readonly requirements: Requirements;
  readonly shape: Resources | undefined;
}

/** Prepares requirements to be watched. */
export function questionOf(requirements: Requirements): Question {
  return { requirements, shape: wholeShape(requirements) };
}

/** A change that many are told: its texts are made once, when the first one needs them. */
export class ToldChange {
  readonly #change: PastChange;
  readonly #termsAfter: Terms | undefined;
  #record: string | undefined;

  constructor(change: PastChange) {
    this.#change = change;
    const { after } = change;
    this.#termsAfter = after && { ...after.advertisement, verified: after.verified };
  }

  /** What requirements could have been asked of, before and after. */
  get terms(): readonly (Terms | undefined)[] {
    return [this.#change.before, this.#termsAfter];
  }

  /** How it looks to somebody; `undefined` where it is none of theirs. */
  eventFor({ requirements, shape }: Question): WatchEvent | undefined {
    const { revision, before, after, ended } = this.#change;
    const didFit = before !== undefined && fits(requirements, before);
    const doesFit = this.#termsAfter !== undefined && fits(requirements, this.#termsAfter);
    if (doesFit) {
      const data = pricedText(this.#text(), shape, after?.advertisement.pricing);
      return { name: didFit ? 'changed' : 'advertised', revision, data };
    }
    if (!didFit) return undefined;
    return { name: ended ?? 'unmatched', revision, data: departure(this.#change.providerId) };
  }

  #text(): string {
    const { providerId, after } = this.#change;
    if (after === undefined) throw new TypeError('what ended has no record');
    this.#record ??= recordText({ providerId, ...after });
    return this.#record;
  }
}

function departure(providerId: ProviderId): string {
  return JSON.stringify({ provider_id: providerId });
}
