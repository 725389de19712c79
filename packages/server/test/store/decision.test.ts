import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type AdvertiseTerms,
  decideAdvertise,
  decideWithdraw,
  expired,
  lowerStanding,
  type Standing,
  type Stored,
  type StoredListing,
  type StoredMemory,
} from '#src/store/decision.js';
import { HOME, NOW, TTL_MS } from './writes.js';

const LEAD_MS = 60_000;
const now = { nowMs: NOW, leadMsMax: LEAD_MS };

function listed(t: number | undefined, more: Partial<StoredListing> = {}): StoredListing {
  const lease = { createdAtMs: NOW, updatedAtMs: NOW, expiresAtMs: NOW + TTL_MS, grant: 7 };
  return { kind: 'listed', t, body: 'said', source: HOME, ...lease, ...more };
}

function remembered(t: number, ended: StoredMemory['ended']): StoredMemory {
  return { kind: 'remembered', t, ended, endedAtMs: NOW, grant: 7 };
}

function post(t: number | undefined, body = 'said'): AdvertiseTerms {
  return { t, body, source: HOME, receivedAtMs: NOW + 1, ttlMs: TTL_MS };
}

describe('the rule for advertisements', () => {
  const rows: readonly [
    what: string,
    stored: Stored | undefined,
    mark: number,
    terms: AdvertiseTerms,
    kind: string,
    lastT?: number,
  ][] = [
    ['the first word of a provider lists it', undefined, 0, post(5), 'listed'],
    ['a first word at the mark is stale', undefined, 5, post(5), 'stale', 5],
    ['a first word above the mark lists', undefined, 5, post(6), 'listed'],
    ['a later word renews', listed(5), 0, post(6), 'renewed'],
    ['the same word again is a retry', listed(5), 0, post(5), 'retried'],
    ['a retry stays one under a mark that was raised over it', listed(5), 9, post(5), 'retried'],
    ['another word at the same time is stale', listed(5), 0, post(5, 'else'), 'stale', 5],
    ['an earlier word is stale', listed(5), 0, post(4), 'stale', 5],
    ['a later word at the mark is stale', listed(5), 9, post(9), 'stale', 9],
    [
      'a word from before a withdrawal is stale',
      remembered(5, 'withdrawn'),
      0,
      post(4),
      'stale',
      5,
    ],
    ['the word that expired is stale', remembered(5, 'expired'), 0, post(5), 'stale', 5],
    [
      'a word at the time of a withdrawal is stale',
      remembered(5, 'withdrawn'),
      0,
      post(5),
      'stale',
      5,
    ],
    ['a word after an expiry lists again', remembered(5, 'expired'), 0, post(6), 'listed'],
    ['a signed word replaces an unsigned listing', listed(undefined), 0, post(5), 'listed'],
    ['an unsigned word lists', undefined, 9, post(undefined), 'listed'],
    [
      'an unsigned word renews an unsigned listing',
      listed(undefined),
      0,
      post(undefined),
      'renewed',
    ],
    ['an unsigned word never touches a signed one', listed(5), 0, post(undefined), 'not_owner'],
    ['nor a memory', remembered(5, 'expired'), 0, post(undefined), 'not_owner'],
  ];
  for (const [what, stored, highWaterMark, terms, kind, lastT] of rows) {
    it(what, () => {
      const decision = decideAdvertise({ stored, highWaterMark }, terms);
      assert.equal(decision.kind, kind);
      if (decision.kind === 'stale') assert.equal(decision.lastT, lastT);
    });
  }

  it('keeps the beginning of an unbroken listing and counts its grants', () => {
    const { next } = decideAdvertise({ stored: listed(5), highWaterMark: 0 }, post(6));
    assert.deepEqual(next, {
      ...listed(6),
      updatedAtMs: NOW + 1,
      expiresAtMs: NOW + 1 + TTL_MS,
      grant: 8,
    });
  });

  it('begins anew, and counts on, where a listing had ended or was unsigned', () => {
    for (const stored of [remembered(5, 'expired'), listed(undefined)]) {
      const { next } = decideAdvertise({ stored, highWaterMark: 0 }, post(6));
      assert.equal(next?.createdAtMs, NOW + 1);
      assert.equal(next.grant, 8);
    }
  });
});

describe('the rule for withdrawals', () => {
  const rows: readonly [
    what: string,
    stored: Stored | undefined,
    mark: number,
    t: number | undefined,
    kind: string,
    next: StoredMemory['ended'] | null | undefined,
  ][] = [
    ['ends a listing', listed(5), 0, 6, 'withdrawn', 'withdrawn'],
    [
      'ends an unsigned listing of the same provider',
      listed(undefined),
      0,
      6,
      'withdrawn',
      'withdrawn',
    ],
    ['at the time of the listing is stale', listed(5), 0, 5, 'stale', undefined],
    ['below the mark is stale', listed(5), 9, 9, 'stale', undefined],
    ['again is the same withdrawal', remembered(5, 'withdrawn'), 9, 5, 'withdrawn', undefined],
    [
      'again is no listing where there was none',
      remembered(5, 'not_listed'),
      0,
      5,
      'not_listed',
      undefined,
    ],
    ['at the time of what expired is stale', remembered(5, 'expired'), 0, 5, 'stale', undefined],
    ['of nothing is recorded', undefined, 0, 5, 'not_listed', 'not_listed'],
    ['of nothing at the mark is stale', undefined, 5, 5, 'stale', undefined],
    [
      'after a withdrawal is recorded',
      remembered(5, 'withdrawn'),
      0,
      6,
      'not_listed',
      'not_listed',
    ],
    ['unsigned, of nothing, leaves nothing', undefined, 0, undefined, 'not_listed', undefined],
    [
      'unsigned, from home, ends an unsigned listing',
      listed(undefined),
      0,
      undefined,
      'withdrawn',
      null,
    ],
    [
      'unsigned, from elsewhere, does not',
      listed(undefined, { source: 'else' }),
      0,
      undefined,
      'not_owner',
      undefined,
    ],
    ['unsigned, never touches a signed listing', listed(5), 0, undefined, 'not_owner', undefined],
    [
      'unsigned, never touches a memory',
      remembered(5, 'withdrawn'),
      0,
      undefined,
      'not_owner',
      undefined,
    ],
  ];
  for (const [what, stored, highWaterMark, t, kind, next] of rows) {
    it(`a withdrawal ${what}`, () => {
      const terms = { t, source: HOME, receivedAtMs: NOW + 1 };
      const decision = decideWithdraw({ stored, highWaterMark }, terms);
      assert.equal(decision.kind, kind);
      assert.equal(decision.next?.ended ?? decision.next, next);
    });
  }
});

describe('the rule for times that a wrong clock let in', () => {
  it('lowers what lies one millisecond too far ahead, and nothing that does not', () => {
    const stored = listed(NOW + LEAD_MS);
    const standing = { stored, highWaterMark: NOW + LEAD_MS };
    assert.equal(lowerStanding(standing, now), standing);
    const ahead = { stored: listed(NOW + LEAD_MS + 1), highWaterMark: NOW + LEAD_MS + 1 };
    assert.deepEqual(lowerStanding(ahead, now), { stored: listed(NOW), highWaterMark: NOW });
  });
});

/** One thing that happens to a provider. */
interface Step {
  readonly what: 'post' | 'delete' | 'expire' | 'unsigned post' | 'unsigned delete';
  readonly t: number;
  readonly body: string;
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom<Step['what'][]>(
    'post',
    'delete',
    'expire',
    'unsigned post',
    'unsigned delete',
  ),
  t: fc.integer({ min: 1, max: 8 }),
  body: fc.constantFrom('one', 'two'),
});

function take(standing: Standing, { what, t, body }: Step): Standing {
  const { stored } = standing;
  if (what === 'expire') {
    if (stored?.kind !== 'listed') return standing;
    return { ...standing, stored: expired(stored, NOW) ?? undefined };
  }
  const signed = what.startsWith('unsigned') ? undefined : t;
  const terms = { ...post(signed, body), source: HOME };
  const decision = what.endsWith('post')
    ? decideAdvertise(standing, terms)
    : decideWithdraw(standing, terms);
  return decision.next === undefined
    ? standing
    : { ...standing, stored: decision.next ?? undefined };
}

describe('any history', () => {
  const histories = fc.array(step, { maxLength: 30 });
  const fresh: Standing = { stored: undefined, highWaterMark: 0 };

  it('never takes a time back', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        let standing = fresh;
        for (const one of steps) {
          const before = standing.stored?.t ?? 0;
          standing = take(standing, one);
          assert.ok((standing.stored?.t ?? 0) >= before);
        }
      }),
    );
  });

  it('never gives a grant twice while the provider is remembered', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        let standing = fresh;
        for (const one of steps) {
          const before = standing.stored;
          standing = take(standing, one);
          const after = standing.stored;
          if (before === undefined || after === undefined || after === before) continue;
          if (after.kind === 'listed') assert.equal(after.grant, before.grant + 1);
          else assert.equal(after.grant, before.grant);
        }
      }),
    );
  });

  it('cannot raise a withdrawn provider by replaying any of it', () => {
    fc.assert(
      fc.property(histories, fc.array(fc.nat()), (steps, picks) => {
        const signed = steps.filter(({ what }) => what === 'post' || what === 'delete');
        const withdrawal: Step = { what: 'delete', t: 9, body: '' };
        let standing = [...signed, withdrawal].reduce(take, fresh);
        for (const pick of picks) {
          const replay = signed[pick % Math.max(1, signed.length)] ?? withdrawal;
          standing = take(standing, replay);
          assert.equal(standing.stored?.kind, 'remembered');
        }
      }),
    );
  });

  it('lets nobody without the key end, change or replace what a key has signed', () => {
    fc.assert(
      fc.property(histories, histories, (steps, forged) => {
        const signed = steps.filter(({ what }) => what === 'post' || what === 'delete');
        const standing = signed.reduce(take, fresh);
        if (standing.stored === undefined) return;
        const unsigned = forged.filter(({ what }) => what.startsWith('unsigned'));
        assert.equal(unsigned.reduce(take, standing), standing);
      }),
    );
  });
});
