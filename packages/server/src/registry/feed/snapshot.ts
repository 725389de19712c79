/**
 * Everything that fits as of one revision, a page at a time, while the index goes on changing.
 *
 * Invariant: all pages together are what fitted at `revision`, each provider once. A provider that
 * changed before its page was read is left out of it and told as it was before the change, which
 * the change feed keeps for as long as a snapshot is being taken; one that changes after its page
 * was read needs nothing. Cost: a page of the index each, and a look at each change.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import type { AdvertisementIndex } from '../../matching/contract.js';
import { fits } from '../../matching/fits.js';
import { parsePageToken } from '../../matching/records/page-token.js';
import { pricedText } from '../../matching/records/priced-text.js';
import type { Position as Place } from '../../matching/rows/ranking.js';
import type { ChangeFeed, FeedChange } from './change-feed.js';
import type { Question } from './watch-event.js';

/** The next part of a snapshot. */
export type SnapshotPart =
  | { readonly kind: 'part'; readonly records: readonly string[]; readonly isLast: boolean }
  /** So much changed meanwhile that the feed has let go of where it began. */
  | { readonly kind: 'lost' };

/** See the head of this file. Closed when it is done or nobody wants it any more. */
export class Snapshot {
  readonly revision: number;
  readonly #feed: ChangeFeed;
  readonly #index: AdvertisementIndex;
  readonly #question: Question;
  readonly #stopKeeping: () => void;
  readonly #partSize: number;
  readonly #changed = new Set<ProviderId>();
  #seen: number;
  #after: string | undefined;

  constructor(feed: ChangeFeed, index: AdvertisementIndex, question: Question, partSize: number) {
    this.#partSize = partSize;
    this.#feed = feed;
    this.#index = index;
    this.#question = question;
    this.revision = feed.position.revision;
    this.#seen = this.revision;
    this.#stopKeeping = feed.keepTexts();
  }

  /** Called until the last part or until it is lost. */
  next(): SnapshotPart {
    if (this.revision < this.#feed.keptAfter) return { kind: 'lost' };
    const records = this.#changedSince();
    const { requirements } = this.#question;
    const page = this.#index.find({
      requirements,
      sort: 'uptime',
      limit: this.#partSize,
      after: this.#after,
      count: false,
      proof: true,
    });
    if (!page.ok) throw new Error(`the index refuses its own token: ${page.problem.message}`);
    for (const { providerId, text } of page.value.records ?? []) {
      if (!this.#changed.has(providerId)) records.push(text);
    }
    this.#after = page.value.next;
    const isLast = this.#after === undefined;
    if (isLast) this.close();
    return { kind: 'part', records, isLast };
  }

  /** Safe to call twice. */
  close(): void {
    this.#stopKeeping();
    this.#changed.clear();
  }

  /** What changed since the last part, as it was before, where that was not told yet. */
  #changedSince(): string[] {
    const records: string[] = [];
    const end = this.#feed.position.revision;
    for (let revision = this.#seen + 1; revision <= end; revision += 1) {
      const change = this.#feed.change(revision);
      if (change === undefined || this.#changed.has(change.providerId)) continue;
      this.#changed.add(change.providerId);
      const text = this.#missed(change);
      if (text !== undefined) records.push(text);
    }
    this.#seen = end;
    return records;
  }

  #missed({ providerId, before, textBefore }: FeedChange): string | undefined {
    const { requirements, shape } = this.#question;
    if (before === undefined || textBefore === undefined) return undefined;
    if (!fits(requirements, before)) return undefined;
    const place = { verified: before.verified, key: createdAtMs(textBefore), providerId };
    return this.#wasTold(place) ? undefined : pricedText(textBefore, shape, before.pricing);
  }

  /** Whether a page that was read already held this place. */
  #wasTold(place: Place): boolean {
    if (this.#after === undefined) return false;
    const { requirements } = this.#question;
    const end = parsePageToken({ requirements, sort: 'uptime' }, this.#after);
    return end.ok && !isBefore(end.value, place);
  }
}

function createdAtMs(record: string): number {
  const parsed: unknown = JSON.parse(record);
  const isRecord = typeof parsed === 'object' && parsed !== null && 'created_at' in parsed;
  return isRecord ? Date.parse(String(parsed.created_at)) : Number.NaN;
}

/** The order of answers: see `matching/rows/ranking.ts`. */
function isBefore(one: Place, other: Place): boolean {
  if (one.verified !== other.verified) return one.verified;
  if (one.key !== other.key) return one.key < other.key;
  return one.providerId < other.providerId;
}
