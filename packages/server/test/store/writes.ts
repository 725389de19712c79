/** Writes as admission would pass them on, for tests of stores: everything has a default. */
import {
  type AdvertisementBody,
  parseProviderId,
  type ProviderId,
} from 'golem-vm-discovery-protocol';
import type { AdvertiseWrite, WithdrawWrite } from '#src/store/contract.js';

/** The time at which these tests play. */
export const NOW = 1_790_000_000_000;

export const TTL_MS = 300_000;

export const HOME = '203.0.113.10';

/** The n-th provider. */
export function provider(n: number): ProviderId {
  const parsed = parseProviderId(`0x${n.toString(16).padStart(40, '0')}`);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.value.id;
}

/** What the n-th provider offers: every known field, or only those that must be there. */
export function offer(cpu: number): AdvertisementBody {
  return { ip_address: '203.0.113.10', country: 'SE', resources: { cpu, memory: 8, storage: 100 } };
}

export function signature(t: number): string {
  return `t=${t},v1=0x${'ab'.repeat(64)}1b`;
}

interface Said {
  readonly t?: number | undefined;
  readonly advertisement?: AdvertisementBody;
  readonly body?: string;
  readonly signature?: string;
  readonly source?: string;
  readonly receivedAtMs?: number;
}

/** A signed advertisement with the time `t`; unsigned where `t` is given as `undefined`. */
export function advertising(providerId: ProviderId, said: Said = {}): AdvertiseWrite {
  const { advertisement = offer(4), source = HOME, receivedAtMs = NOW } = said;
  const t = 't' in said ? said.t : NOW;
  const signed = t === undefined ? undefined : { t, signature: said.signature ?? signature(t) };
  const body = said.body ?? JSON.stringify(advertisement);
  return { providerId, advertisement, body, signed, source, receivedAtMs, ttlMs: TTL_MS };
}

/** A signed withdrawal with the time `t`; unsigned where `t` is given as `undefined`. */
export function withdrawing(
  providerId: ProviderId,
  said: Pick<Said, 't' | 'source' | 'receivedAtMs'> = {},
): WithdrawWrite {
  const { source = HOME, receivedAtMs = NOW } = said;
  return { providerId, t: 't' in said ? said.t : NOW, source, receivedAtMs };
}
