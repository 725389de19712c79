/** A real registry on a real SQLite store, with clocks and timers that a test turns. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  accept,
  advertisementPath,
  ADVERTISEMENTS_PATH,
  createEd25519Signer,
  parseFindQuery,
  signRequest,
  type Result,
  type Signer,
} from 'golem-vm-discovery-protocol';
import { createAdmission } from '#src/admission/admission.js';
import type { Admission, WriteRequest } from '#src/admission/contract.js';
import { createIndex } from '#src/matching/advertisement-index.js';
import type { Found, Granted } from '#src/registry/contract.js';
import { openRegistry, type HubRegistry } from '#src/registry/registry.js';
import type { StoreHealth } from '#src/store/contract.js';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.js';
import { createFakeClock, createFakeSchedule, type FakeClock } from '../fake-clock.js';

/** The TTL of every registry here. */
export const TTL_MS = 300_000;

/** What a test holds in its hands. */
export interface RegistryUnderTest {
  readonly registry: HubRegistry;
  readonly clock: FakeClock;
  /** Lets time pass in steps that are no stall, with the timers ringing. */
  live(ms: number): Promise<void>;
  /** Rings every timer once, without letting time pass. */
  ring(): Promise<void>;
  readonly timersSet: () => number;
  readonly health: StoreHealth[];
  advertise(signer: Signer, cpu: number, t?: number): Promise<Result<Granted>>;
  /** Advertises as the 0.1 generation does; resolves with how often its address was charged. */
  advertiseUnsigned(label: string): Promise<number>;
  withdraw(signer: Signer, t?: number): Promise<Result<void>>;
  listed(query?: string): string[];
  close(): Promise<void>;
}

/** What a test may choose. */
export interface Choices {
  readonly path?: string;
  readonly clock?: FakeClock;
  readonly listedMax?: number;
  readonly writeTimeoutMs?: number;
  readonly auth?: 'required' | 'optional';
  /** Bytes that every body carries beyond what it says, up to the bound of a body. */
  readonly padding?: number;
}

/** A new provider. */
export function createProvider(): Signer {
  return createEd25519Signer(randomBytes(32));
}

/** Opens and loads; the test closes it. */
export async function openRegistryUnderTest(choices: Choices = {}): Promise<RegistryUnderTest> {
  const clock = choices.clock ?? createFakeClock();
  const schedule = createFakeSchedule();
  const health: StoreHealth[] = [];
  const admission = createAdmission({
    auth: choices.auth ?? 'required',
    network: 'mainnet',
    ipPolicy: 'any',
    clock,
  });
  const opened = await openRegistry({
    admission,
    index: createIndex(),
    clock,
    schedule,
    ttlMs: TTL_MS,
    cleanupIntervalMs: 60_000,
    listedMax: choices.listedMax ?? 1_000,
    openStore: (listener) =>
      openSqliteStore({
        path: choices.path ?? ':memory:',
        listener,
        clock,
        ...(choices.writeTimeoutMs !== undefined && { writeTimeoutMs: choices.writeTimeoutMs }),
      }),
    onHealth: (changed) => void health.push(changed),
  });
  assert.ok(opened.ok, opened.ok ? '' : opened.problem);
  const registry = opened.value;
  await loadWhileTimePasses(registry, clock);
  return {
    registry,
    clock,
    health,
    ring: () => schedule.ring(),
    timersSet: () => schedule.set,
    async live(ms) {
      for (let passed = 0; passed < ms; passed += 1_000) {
        clock.pass(Math.min(1_000, ms - passed));
        await schedule.ring();
      }
    },
    advertise: async (signer, cpu, t = clock.wallMs()) =>
      registry.advertise(await signedAdvertisement(signer, cpu, t, choices.padding ?? 0)),
    advertiseUnsigned: (label) => advertiseUnsigned(registry, label),
    withdraw: async (signer, t = clock.wallMs()) =>
      registry.withdraw(await signedWithdrawal(signer, t), signer.providerId),
    listed: (query = '') => providerIdsIn(found(registry, query)),
    close: () => closeBoth(registry, admission),
  };
}

/** Loading takes its time on every clock: a millisecond for each turn of the event loop. */
async function loadWhileTimePasses(registry: HubRegistry, clock: FakeClock): Promise<void> {
  const isLoaded = registry.load().then(() => true);
  const turn = (): Promise<false> => new Promise((resolve) => setImmediate(() => resolve(false)));
  while (!(await Promise.race([isLoaded, turn()]))) clock.pass(1);
}

async function closeBoth(registry: HubRegistry, admission: Admission): Promise<void> {
  await registry.close();
  await admission.close();
}

function found(registry: HubRegistry, query: string): Found {
  const parsed = parseFindQuery(query);
  assert.ok(parsed.ok);
  const answer = registry.find(parsed.value);
  assert.ok(answer.ok);
  return answer.value;
}

function providerIdsIn({ list }: Found): string[] {
  const records: unknown = JSON.parse(list.bytes.toString('latin1'));
  assert.ok(Array.isArray(records));
  return records.map((record: unknown) => {
    assert.ok(typeof record === 'object' && record !== null && 'provider_id' in record);
    return String(record.provider_id);
  });
}

async function signedAdvertisement(
  signer: Signer,
  cpu: number,
  t: number,
  padding: number,
): Promise<WriteRequest> {
  const body = Buffer.from(
    JSON.stringify({
      ip_address: '192.168.1.100',
      country: 'SE',
      resources: { cpu, memory: 8, storage: 40 },
      ...(padding > 0 && { note: 'x'.repeat(padding) }),
    }),
  );
  const path = ADVERTISEMENTS_PATH;
  return fromLoopback(
    body,
    await signRequest(signer, { network: 'mainnet', method: 'POST', path, t, body }),
  );
}

async function signedWithdrawal(signer: Signer, t: number): Promise<WriteRequest> {
  const body = new Uint8Array();
  const path = advertisementPath(signer.providerId);
  return fromLoopback(
    body,
    await signRequest(signer, { network: 'mainnet', method: 'DELETE', path, t, body }),
  );
}

async function advertiseUnsigned(registry: HubRegistry, label: string): Promise<number> {
  let charges = 0;
  const body = Buffer.from(
    '{"ip_address":"192.168.1.100","country":"SE","resources":{"cpu":4,"memory":8,"storage":40}}',
  );
  const headers = { 'X-Provider-ID': label, 'X-Provider-Signature': 'signature' };
  const answer = await registry.advertise({
    ...fromLoopback(body, headers),
    chargeAddress() {
      charges += 1;
      return accept(undefined);
    },
  });
  assert.ok(answer.ok);
  return charges;
}

function fromLoopback(
  body: Uint8Array,
  headers: { 'X-Provider-ID': string; 'X-Provider-Signature': string },
): WriteRequest {
  return {
    providerIdHeader: headers['X-Provider-ID'],
    signatureHeader: headers['X-Provider-Signature'],
    body,
    source: { address: '127.0.0.1', network: '127.0.0.1' },
    chargeAddress: () => accept(undefined),
  };
}
