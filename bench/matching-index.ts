/** The index of the hub, as a contender. */
import type { AdvertisementIndex } from '../packages/server/dist/src/matching/contract.js';
import { type MarketEntry, question } from './market.js';
import type { Answer, Contender, Question } from './matching-contender.js';

/*
 * The index is no part of what the package exports. Compiled, this file lies one folder deeper than
 * its source, so a path that is right for the compiler is wrong at run time: the value is imported by
 * URL, and only types by path.
 */
const indexUrl = new URL(
  '../../packages/server/dist/src/matching/advertisement-index.js',
  import.meta.url,
);
const indexModule: unknown = await import(indexUrl.href);
if (!canCreateIndex(indexModule)) throw new Error(`${indexUrl.href} exports no createIndex`);

/** Makes an empty index. */
export const createIndex = (): AdvertisementIndex => indexModule.createIndex();

function canCreateIndex(module: unknown): module is { createIndex(): AdvertisementIndex } {
  return typeof module === 'object' && module !== null && 'createIndex' in module;
}

/** Loads an empty index, as a starting hub does. */
export function loadIndex(index: AdvertisementIndex, market: Iterable<MarketEntry>): void {
  const loading = index.startLoading();
  for (const entry of market) loading.put(entry);
  const steps = [...loading.finish()].length;
  const all = index.find({ ...question({}), count: true });
  const isComplete = all.ok && all.value.total === index.size && index.size > 0;
  if (!isComplete) throw new Error(`after ${steps} steps of loading not everything is found`);
}

/** Asks, and throws away what it does not need: what is measured. */
export function ask(index: AdvertisementIndex, { query }: Question): void {
  if (!index.find(query).ok) throw new Error('refused');
}

export class IndexContender implements Contender {
  readonly name = 'index';
  readonly index = createIndex();

  load(market: readonly MarketEntry[]): Promise<void> {
    loadIndex(this.index, market);
    return Promise.resolve();
  }

  ask({ query }: Question): Answer {
    const found = this.index.find({ ...query, proof: true });
    if (!found.ok) throw new Error(found.problem.message);
    const ids = (found.value.records ?? []).map(({ providerId }) => providerId);
    return { ids, total: found.value.total };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
