import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseProviderId, type ProviderId } from 'golem-vm-discovery-protocol';
import { ProviderNumbers } from '#src/matching/providers/provider-numbers.js';
import { createLeaseClock } from '#src/registry/lease-clock.js';
import { Ledger } from '#src/registry/ledger.js';
import { createFakeClock } from '../fake-clock.js';

describe('the ledger', () => {
  it('knows every id that there may be, the shortest too', () => {
    const clock = createFakeClock();
    const now = createLeaseClock(() => clock.monotonicMs()).now();
    const ledger = new Ledger(new ProviderNumbers());
    const ids = ['a', 'b', 'ab', 'provider-1', `0x${'0'.repeat(40)}`, 'x'.repeat(128)].map(idOf);
    for (const id of ids) ledger.add(id, now);
    assert.equal(ledger.size, ids.length);
    for (const id of ids) assert.equal(ledger.get(id)?.providerId, id);
    for (const entry of ids.map((id) => ledger.get(id))) {
      assert.ok(entry);
      ledger.delete(entry);
    }
    assert.equal(ledger.size, 0);
    assert.equal(ledger.get(idOf('a')), undefined);
  });
});

function idOf(text: string): ProviderId {
  const parsed = parseProviderId(text);
  assert.ok(parsed.ok);
  return parsed.value.id;
}
