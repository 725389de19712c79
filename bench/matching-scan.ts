/**
 * The simplest thing that is right: flat objects in a list, looked at one by one, with the best so far
 * kept in order. What an index must beat to be worth its while.
 */
import type { FindQuery, Requirements } from 'golem-vm-discovery-protocol';
import type { MarketEntry } from './market.js';
import type { Answer, Contender, Question } from './matching-contender.js';

/** An entry with everything at hand, and `Infinity` for what has no price. */
interface Row {
  readonly id: string;
  readonly verified: boolean;
  readonly createdAtMs: number;
  readonly country: string;
  readonly platform: string | undefined;
  readonly cpu: number;
  readonly memory: number;
  readonly storage: number;
  readonly core: number;
  readonly memoryPrice: number;
  readonly storagePrice: number;
}

interface Ranked {
  readonly row: Row;
  readonly key: number;
}

export class ScanContender implements Contender {
  readonly name = 'scan';
  #rows: readonly Row[] = [];

  load(market: readonly MarketEntry[]): Promise<void> {
    this.#rows = market.map(rowOf);
    return Promise.resolve();
  }

  ask({ query, after }: Question): Answer {
    const { requirements, limit } = query;
    const { cpu = 1, memory = 1, storage = 1, country, platform, verified } = requirements;
    const cap = requirements.max_usd_per_month;
    const last = after && ranked(rowOf(after), query);
    const best: Ranked[] = [];
    let total = 0;
    for (const row of this.#rows) {
      if (row.cpu < cpu || row.memory < memory || row.storage < storage) continue;
      if (country !== undefined && !country.includes(row.country)) continue;
      if (platform !== undefined && row.platform !== platform) continue;
      if (verified === true && !row.verified) continue;
      if (cap !== undefined && usdOf(row, requirements) > cap) continue;
      total += 1;
      const candidate = ranked(row, query);
      if (last === undefined || isBefore(last, candidate)) keepBest(best, candidate, limit);
    }
    return { ids: best.map(({ row }) => row.id), total: query.count ? total : undefined };
  }

  close(): Promise<void> {
    this.#rows = [];
    return Promise.resolve();
  }
}

function rowOf({ providerId, verified, createdAtMs, advertisement }: MarketEntry): Row {
  const { country, platform, resources, pricing } = advertisement;
  return {
    id: providerId,
    verified,
    createdAtMs,
    country,
    platform,
    cpu: resources.cpu,
    memory: resources.memory,
    storage: resources.storage,
    core: pricing?.usd_per_core_month ?? Infinity,
    memoryPrice: pricing?.usd_per_gb_ram_month ?? Infinity,
    storagePrice: pricing?.usd_per_gb_storage_month ?? Infinity,
  };
}

function usdOf(row: Row, { cpu = 1, memory = 1, storage = 1 }: Requirements): number {
  return cpu * row.core + memory * row.memoryPrice + storage * row.storagePrice;
}

function ranked(row: Row, { sort, requirements }: FindQuery): Ranked {
  if (sort === 'uptime') return { row, key: row.createdAtMs };
  return { row, key: sort === 'price' ? usdOf(row, requirements) : -row[sort] };
}

function isBefore(one: Ranked, other: Ranked): boolean {
  if (one.row.verified !== other.row.verified) return one.row.verified;
  return one.key === other.key ? one.row.id < other.row.id : one.key < other.key;
}

function keepBest(best: Ranked[], candidate: Ranked, limit: number): void {
  const worst = best[limit - 1];
  if (worst !== undefined && !isBefore(candidate, worst)) return;
  let low = 0;
  let high = best.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = best[middle];
    if (other !== undefined && isBefore(other, candidate)) low = middle + 1;
    else high = middle;
  }
  best.splice(low, 0, candidate);
  if (best.length > limit) best.pop();
}
