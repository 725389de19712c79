import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { searchText } from '#src/words/search-text.js';

describe('a search in words', () => {
  it('says all that is asked for, in the order of the form', () => {
    const whole = {
      cpu: 1,
      memory: 2_048,
      storage: 20,
      platform: 'arm64',
      verified: true,
    } as const;
    assert.equal(
      searchText({ ...whole, country: ['FI', 'SE'], max_usd_per_month: 0 }),
      '1 core, 2,048 GB memory, 20 GB storage, Finland or Sweden, arm64, signed, at most $0.00 a month',
    );
  });

  it('counts countries where there are many, and says nothing where everything is asked for', () => {
    assert.equal(searchText({ country: ['DE', 'FI', 'SE'] }), 'Germany or Finland or Sweden');
    assert.equal(searchText({ country: ['DE', 'FI', 'SE', 'US'] }), '4 countries');
    assert.equal(searchText({}), '');
  });
});
