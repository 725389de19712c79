/**
 * Random histories, watched by many: what each of them was told, replayed, equals what a list said at
 * its cursor, for every list; nothing is told twice, and nothing out of order.
 */
import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { BOOKMARK_SECONDS } from '#src/registry/feed/watches.js';
import { advertising, NOW, provider, withdrawing } from '../../store/writes.js';
import { body, OFFERS, SMALL, WANTED } from './market-terms.js';
import { Replay } from './replay.js';
import {
  type ListAt,
  openWatchedMarket,
  type Reader,
  type WatchedMarket,
} from './watched-market.js';

/** What may happen. Numbers choose whom and what, modulo how many there are. */
const step = fc.record({
  what: fc.constantFrom(
    'post',
    'post',
    'post',
    'unsigned',
    'delete',
    'expire',
    'open',
    'open slowly',
    'resume',
    'resume slowly',
    'all go',
    'all go',
    'stall',
    'go',
    'go',
    'go',
    'go',
    'leave',
    'turn',
    'turn',
    'list',
    'commit',
    'commit',
    'commit',
    'ring',
  ),
  who: fc.nat(19),
  which: fc.nat(99),
});

describe('the histories that watchers are told', () => {
  it('lead from list to list, whatever happens meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 50, maxLength: 400 }), async (steps) => {
        const market = await openWatchedMarket({ bounds: SMALL });
        try {
          await happen(market, steps);
        } finally {
          await market.close();
        }
      }),
      { numRuns: 20 },
    );
  });
});

/** A watcher, what it watches, and where it began. */
interface Watching {
  readonly reader: Reader;
  readonly wanted: number;
  readonly from: ListAt | undefined;
}

async function happen(
  market: WatchedMarket,
  steps: readonly { readonly what: string; readonly who: number; readonly which: number }[],
): Promise<void> {
  const lists: ListAt[][] = WANTED.map(() => []);
  const watching: Watching[] = [];
  const writes: Promise<unknown>[] = [];
  const listAll = (): void => {
    for (const [wanted, requirements] of WANTED.entries()) {
      lists[wanted]?.push(market.list(requirements));
    }
  };
  const left = new Set<Watching>();
  let t = NOW;
  for (const { what, who, which } of steps) {
    const id = provider(who + 1);
    t += 1;
    const wanted = which % WANTED.length;
    const some = watching[which % (watching.length || 1)];
    switch (what) {
      case 'post':
      case 'unsigned': {
        const advertisement = OFFERS[which % OFFERS.length] ?? body('SE', 1);
        const said = { t: what === 'post' ? t : undefined, advertisement, receivedAtMs: t };
        writes.push(market.store.advertise(advertising(id, said)));
        break;
      }
      case 'delete':
        writes.push(market.store.withdraw(withdrawing(id, { t })));
        break;
      case 'expire':
        writes.push(market.store.expire([{ providerId: id, grant: 1 + (which % 4) }], t));
        break;
      case 'open':
      case 'open slowly':
      case 'resume':
      case 'resume slowly': {
        const before = lists[wanted] ?? [];
        const from = what.startsWith('open') ? undefined : before[which % (before.length || 1)];
        const reader = market.open(WANTED[wanted] ?? {}, from?.cursor);
        assert.ok(reader.ok);
        reader.value.isSlow = what.endsWith('slowly');
        watching.push({ reader: reader.value, wanted, from });
        break;
      }
      case 'stall':
        if (some) some.reader.isBehind = true;
        break;
      case 'go':
        some?.reader.readOn();
        break;
      case 'all go':
        for (const { reader } of watching) reader.readOn();
        break;
      case 'leave':
        some?.reader.watch?.close();
        if (some) left.add(some);
        break;
      case 'list':
        listAll();
        break;
      case 'commit':
        await Promise.all(writes);
        break;
      case 'ring':
        await market.ring();
        break;
      default:
        await new Promise((resolve) => setImmediate(resolve));
    }
  }
  await Promise.all(writes);
  listAll();
  for (const { reader } of watching) {
    reader.isSlow = false;
    reader.readOn();
  }
  await market.settle();
  for (let second = 0; second < BOOKMARK_SECONDS; second += 1) await market.ring();
  for (const each of watching) {
    const replay = check(each, lists[each.wanted] ?? []);
    if (left.has(each)) continue;
    assert.equal(replay.revision, market.feed.position.revision);
    const { records } = market.list(WANTED[each.wanted] ?? {});
    assert.deepEqual(sorted(replay.known), sorted(records), 'at the end');
  }
}

/** Replays what somebody was told, and compares what they knew with each list at its cursor. */
function check({ reader, from }: Watching, lists: readonly ListAt[]): Replay {
  const replay = new Replay(from);
  const due = lists.map((list) => ({ ...list, revision: revisionOf(list) }));
  for (const told of reader.told) {
    const reached = replay.revision;
    const next = told.cursor === undefined ? undefined : Number(told.cursor.split('-')[1]);
    if (reached !== undefined && next !== undefined) {
      for (const list of due) {
        if (list.revision >= reached && list.revision < next) {
          assert.deepEqual(sorted(replay.known), sorted(list.records), `at ${list.cursor}`);
        }
      }
    }
    replay.tell(told);
  }
  assert.equal(reader.ended, undefined);
  return replay;
}

function revisionOf({ cursor }: ListAt): number {
  return Number(cursor.split('-')[1]);
}

function sorted(records: ReadonlyMap<string, string>): [string, string][] {
  return [...records].toSorted(([one], [other]) => (one < other ? -1 : 1));
}
