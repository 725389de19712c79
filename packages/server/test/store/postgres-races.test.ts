import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { ProviderId } from 'golem-vm-discovery-protocol';
import { type PostgresServer, startPostgres } from './postgres-server.js';
import { plain, StoreNodes } from './store-nodes.js';
import { advertising, offer, provider, withdrawing } from './writes.js';

/** Rounds of the race of one provider with itself, and how many race at once. */
const ROUNDS = 10_000;
const RACERS = 25;

describe('the stores of two nodes, when the same providers come to both', () => {
  let server: PostgresServer;
  let nodes: StoreNodes;

  before(async () => {
    server = await startPostgres();
  });

  after(() => server.stop());

  beforeEach(async () => {
    nodes = new StoreNodes(server, await server.createDatabase());
  });

  afterEach(() => nodes.close());

  it('take ten thousand races of a word with a withdrawal in one order each, the same on both', async () => {
    const [a, b] = [await nodes.start(), await nodes.start()];
    /** Each goes on by itself, so that batches hold rounds of many in every mixture. */
    async function race(racer: ProviderId): Promise<void> {
      let t = Date.now() - 100_000;
      for (let round = 0; round < ROUNDS / RACERS; round += 1) {
        const [first, second] = [(t += 1), (t += 1)];
        const [word, last] = round % 2 === 0 ? [first, second] : [second, first];
        const advertisement = offer(1 + (round % 9));
        const [said, withdrawn] = await Promise.all([
          a.store.advertise(advertising(racer, { t: word, advertisement })),
          b.store.withdraw(withdrawing(racer, { t: last })),
        ]);
        const isListed = said.kind === 'listed' || said.kind === 'renewed';
        // The later word is always taken; the earlier one only where it came first.
        if (word > last) assert.ok(isListed, said.kind);
        else assert.ok(withdrawn.kind === 'withdrawn' || withdrawn.kind === 'not_listed');
        if (withdrawn.kind === 'stale') assert.equal(withdrawn.lastT, word);
        if (said.kind === 'stale') assert.equal(said.lastT, last);
        lastTimes.set(racer, t);
      }
    }
    const lastTimes = new Map<ProviderId, number>();
    await Promise.all(Array.from({ length: RACERS }, (_, index) => race(provider(index + 1))));
    await nodes.until(() => nodes.agree());
    assert.deepEqual(plain(a.view.past), plain(b.view.past));
    for (const [racer, t] of lastTimes) assert.equal(a.view.timeOf(racer), t);
  });

  it('list a provider once who comes to both at the same moment, the later word standing', async () => {
    const [a, b] = [await nodes.start(), await nodes.start()];
    for (let round = 0; round < 40; round += 1) {
      const newcomer = provider(1_000 + round);
      const t = Date.now();
      const outcomes = await Promise.all([
        a.store.advertise(advertising(newcomer, { t, advertisement: offer(1) })),
        b.store.advertise(advertising(newcomer, { t: t + 1, advertisement: offer(2) })),
      ]);
      assert.ok(['listed', 'stale'].includes(outcomes[0].kind), outcomes[0].kind);
      assert.ok(['listed', 'renewed'].includes(outcomes[1].kind), outcomes[1].kind);
      assert.equal(outcomes[0].kind === 'stale', outcomes[1].kind === 'listed');
    }
    await nodes.until(() => nodes.agree());
    assert.deepEqual(plain(a.view.past), plain(b.view.past));
    assert.equal(a.view.listings.size, 40);
  });

  it('never wait for each other for ever, in whatever order their providers come', async () => {
    const [a, b] = [await nodes.start(), await nodes.start()];
    const many = Array.from({ length: 200 }, (_, index) => provider(index + 1));
    let t = Date.now() - 100_000;
    for (let round = 0; round < 10; round += 1) {
      t += 1;
      const [there, back] = [many, many.toReversed()].map((providers, at) =>
        providers.map((each) => {
          const { store } = at === 0 ? a : b;
          return store.advertise(advertising(each, { t: t + at, advertisement: offer(1 + at) }));
        }),
      );
      const outcomes = await Promise.all([...(there ?? []), ...(back ?? [])]);
      const kinds = new Set(outcomes.map(({ kind }) => kind));
      assert.ok(!kinds.has('unavailable'), [...kinds].join(', '));
      t += 1;
    }
    await nodes.until(() => nodes.agree());
    for (const each of many) assert.equal(a.view.timeOf(each), t);
  });
});
