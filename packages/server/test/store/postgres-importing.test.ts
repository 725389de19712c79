import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { systemClock } from '#src/telemetry/clock.js';
import type { InheritedListing, StoredProof } from '#src/store/contract.js';
import { importIntoPostgres } from '#src/store/postgres/importing.js';
import { UnreadableStore } from '#src/store/unreadable-store.js';
import { openPostgresStore } from '#src/store/postgres/postgres-store.js';
import { type PostgresServer, startPostgres } from './postgres-server.js';
import { View } from './view.js';
import { HOME, NOW, offer, provider, signature, TTL_MS } from './writes.js';

/** More than go in one statement. */
const LISTINGS = 2_500;

const listings: readonly InheritedListing[] = Array.from({ length: LISTINGS }, (_, index) => ({
  providerId: provider(index + 1),
  advertisement: offer(4),
  signed: { t: NOW + index },
  source: HOME,
  createdAtMs: NOW,
  updatedAtMs: NOW,
  expiresAtMs: NOW + TTL_MS,
  grant: 1 + (index % 3),
}));

const inheritance = {
  lastAliveMs: NOW,
  highWaterMark: 0,
  damagedRows: 0,
  history: { position: { epoch: 'e', revision: 7 }, earlier: [], changes: [], changesAfter: 7 },
  traffic: [],
  notices: [],
};

describe('an import', () => {
  let server: PostgresServer;

  before(async () => {
    server = await startPostgres();
  });

  after(() => server.stop());

  it('that is broken off leaves nothing behind, and can be begun again', async () => {
    const url = await server.createDatabase();
    let slices = 0;
    let breaksOff = true;
    async function proofs(
      providerIds: readonly InheritedListing['providerId'][],
    ): Promise<ReadonlyMap<InheritedListing['providerId'], StoredProof>> {
      slices += 1;
      if (breaksOff && slices === 2) {
        await server.query(
          url,
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'golem-discovery migrate'`,
        );
      }
      return new Map(
        listings
          .filter(({ providerId }) => providerIds.includes(providerId))
          .map(({ providerId, grant, signed }) => [
            providerId,
            { grant, body: JSON.stringify(offer(4)), signature: signature(signed?.t ?? 0) },
          ]),
      );
    }
    const holdings = { listings, memories: [], inheritance, proofs };
    const broken = await importIntoPostgres(url, holdings, () => undefined);
    assert.ok(!broken.ok, 'it was not broken off');
    assert.match(broken.problem, /nothing was moved, begin again/u);
    const left = await server.query(url, `SELECT to_regnamespace('golem_discovery') AS schema`);
    assert.deepEqual(left, [{ schema: null }]);

    breaksOff = false;
    const whole = await importIntoPostgres(url, holdings, () => undefined);
    assert.ok(whole.ok, whole.ok ? '' : whole.problem);
    const view = new View();
    const opened = await openPostgresStore({ url, listener: view, clock: systemClock });
    assert.ok(opened.ok);
    await view.load(opened.value);
    await opened.value.close();
    assert.equal(view.listings.size, LISTINGS);
    assert.equal(view.timeOf(provider(LISTINGS)), NOW + LISTINGS - 1);
    assert.equal(view.position.revision, 7);
  });

  it('does not blame the database for a file that can not be read', async () => {
    const lost = () => Promise.reject(new UnreadableStore('the file could not be read'));
    const holdings = { listings, memories: [], inheritance, proofs: lost };
    const url = await server.createDatabase();
    const imported = await importIntoPostgres(url, holdings, () => undefined);
    assert.match(imported.ok ? '' : imported.problem, /^the file could not be read; nothing was/u);
  });
});
