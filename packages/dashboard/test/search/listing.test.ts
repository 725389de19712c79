import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Advertisement } from 'golem-vm-discovery-protocol';
import { type Change, type Listing, ROWS_MAX, withChanges, withPage } from '#src/search/listing.js';
import { orderingOf } from '#src/search/ordering.js';
import { SORTS } from '#src/search/search.js';

const SHAPE = { cpu: 1, memory: 1, storage: 1 };

function advertisement(id: number, cpu: number, verified: boolean): Advertisement {
  const begin = new Date(1_700_000_000_000 + cpu * 1_000).toISOString();
  return {
    provider_id: `provider-${id}`,
    ip_address: '192.0.2.1',
    country: 'SE',
    resources: { cpu, memory: cpu % 3, storage: cpu % 2 },
    ...(cpu % 4 > 0 && {
      pricing: {
        usd_per_core_month: cpu % 5,
        usd_per_gb_ram_month: 1,
        usd_per_gb_storage_month: 1,
      },
    }),
    created_at: begin,
    updated_at: begin,
    expires_at: begin,
    verified,
  };
}

const IDS = 30;
const step = fc.record({
  id: fc.integer({ min: 0, max: IDS }),
  cpu: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
  verified: fc.boolean(),
});

type Market = Map<string, Advertisement>;

/** Applies steps to a market; gives what a hub would tell of them. */
function play(
  market: Market,
  steps: readonly { id: number; cpu?: number | undefined; verified: boolean }[],
) {
  return steps.flatMap(({ id, cpu, verified }): Change[] => {
    const providerId = `provider-${id}`;
    if (cpu === undefined) return market.delete(providerId) ? [{ kind: 'gone', providerId }] : [];
    const kind = market.has(providerId) ? 'changed' : 'arrived';
    const row = advertisement(id, cpu, verified);
    market.set(providerId, row);
    return [{ kind, advertisement: row }];
  });
}

function listingOf(rows: readonly Advertisement[], shown: number): Listing {
  return {
    rows: rows.slice(0, shown),
    total: rows.length,
    next: shown < rows.length ? 'next' : undefined,
    cursor: 'epoch-1',
    warming: false,
  };
}

describe('a listing that follows the changes', () => {
  it('shows what a list taken now would begin with, in every order, and how many there are', () => {
    const steps = fc.array(step, { maxLength: 40 });
    fc.assert(
      fc.property(
        fc.constantFrom(...SORTS),
        steps,
        steps,
        fc.integer({ min: 1, max: IDS + 1 }),
        fc.integer({ min: 1, max: 7 }),
        (sort, first, later, shown, batch) => {
          const ordering = orderingOf({ requirements: SHAPE, sort });
          const market: Market = new Map();
          play(market, first);
          let listing = listingOf([...market.values()].toSorted(ordering), shown);
          const changes = play(market, later);
          for (let at = 0; at < changes.length; at += batch) {
            listing = withChanges(listing, changes.slice(at, at + batch), ordering);
          }
          const now = [...market.values()].toSorted(ordering);
          assert.equal(listing.total, now.length);
          const ids = (rows: readonly Advertisement[]) => rows.map((row) => row.provider_id);
          assert.deepEqual(ids(listing.rows), ids(now.slice(0, listing.rows.length)));
          if (listing.next === undefined) assert.equal(listing.rows.length, now.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('holds ten thousand rows and no more, and still says how many there are', () => {
    const rows = Array.from({ length: ROWS_MAX + 1 }, (_, id) => advertisement(id, 1, true));
    const first = listingOf(rows, ROWS_MAX);
    const all = withPage(first, { ...first, rows: rows.slice(ROWS_MAX), next: undefined });
    assert.equal(all.rows.length, ROWS_MAX);
    assert.equal(all.total, ROWS_MAX + 1);
    assert.equal(all.next, undefined);
    const exact = listingOf(rows.slice(1), ROWS_MAX);
    assert.equal(
      withChanges(exact, [], orderingOf({ requirements: {}, sort: 'cpu' })).total,
      ROWS_MAX,
    );
  });

  it('takes a row that a change brought before its page did only once', () => {
    const rows = [1, 2, 3].map((id) => advertisement(id, id, true));
    const listing = listingOf(rows, 2);
    const page = { ...listing, rows: rows.slice(1), next: undefined };
    assert.equal(withPage(listing, page).rows.length, 3);
  });
});
