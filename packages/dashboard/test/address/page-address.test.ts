import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseFindQuery } from 'golem-vm-discovery-protocol';
import { formatPanel, parsePageAddress, type Panel } from '#src/address/page-address.js';
import { edited, EVERYTHING, formatSearch, type Search, SORTS } from '#src/search/search.js';

const amount = fc.option(fc.integer({ min: 1, max: 1_024 }), { nil: undefined });

const anySearch: fc.Arbitrary<Search> = fc
  .record({
    edits: fc.record({
      cpu: amount,
      memory: amount,
      storage: amount,
      country: fc.option(fc.uniqueArray(fc.constantFrom('DE', 'FI', 'SE', 'US')), {
        nil: undefined,
      }),
      platform: fc.option(fc.constantFrom('x86_64', 'arm64'), { nil: undefined }),
      verified: fc.constantFrom(true as const, undefined),
      max_usd_per_month: fc.option(
        fc.integer({ min: 0, max: 1_000_000 }).map((cents) => cents / 100),
        { nil: undefined },
      ),
    }),
    sort: fc.constantFrom(...SORTS),
  })
  .map(({ edits: { country, ...edits }, sort }) =>
    edited({ ...EVERYTHING, sort }, { ...edits, country: country?.toSorted() }),
  );

const anyPanel: fc.Arbitrary<Panel> = fc.oneof(
  fc.constant<Panel>({ kind: 'none' }),
  fc.string({ minLength: 1 }).map((providerId): Panel => ({ kind: 'provider', providerId })),
  fc.string().map((providerId): Panel => ({ kind: 'visibility', providerId })),
);

describe('the address of the page', () => {
  it('says any search, and is one that a hub takes', () => {
    fc.assert(
      fc.property(anySearch, (search) => {
        const query = formatSearch(search);
        assert.deepEqual(parsePageAddress(`?${query}`, '').search, { ok: true, value: search });
        assert.ok(parseFindQuery(query).ok);
      }),
    );
  });

  it('says any panel, whatever the id has in it', () => {
    fc.assert(
      fc.property(anyPanel, (panel) => {
        assert.deepEqual(parsePageAddress('', formatPanel(panel)).panel, panel);
      }),
    );
  });

  it('that was typed wrongly is refused by name, never taken for a search for everything', () => {
    const { search } = parsePageAddress('?cores=4', '#provider/%zz');
    assert.ok(!search.ok);
    assert.match(search.problem.message, /did you mean cpu/);
  });

  it('is the same search behind a link that was shared where links are tracked', () => {
    const { search } = parsePageAddress('?cpu=2&utm_source=news&fbclid=x%zz&utm_term', '');
    assert.deepEqual(search, { ok: true, value: { requirements: { cpu: 2 }, sort: 'uptime' } });
    assert.ok(!parsePageAddress('?cpu=2&utm=x', '').search.ok);
  });

  it('keeps to the search, and leaves to the page how much of the answer it shows', () => {
    const { search } = parsePageAddress('?cpu=2&limit=5&count=true', '#results');
    assert.deepEqual(search, { ok: true, value: { requirements: { cpu: 2 }, sort: 'uptime' } });
  });
});

describe('a search that is edited', () => {
  it('loses what only a whole machine has, as soon as it asks for none', () => {
    const whole = edited(EVERYTHING, { cpu: 1, memory: 1, storage: 1, max_usd_per_month: 5 });
    const cut = edited({ ...whole, sort: 'price' }, { memory: undefined });
    assert.deepEqual(cut, { requirements: { cpu: 1, storage: 1 }, sort: 'uptime' });
  });
});
