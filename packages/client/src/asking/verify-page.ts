/**
 * Checks every proof of a page, and its order. Invariant: what comes out was verified here, one record
 * for each provider. Cost: up to a third of a second for a hundred proofs, in slices, so that a page in
 * a browser stays alive.
 */
import type { Advertisement, Sort } from 'golem-vm-discovery-protocol';
import { DiscoveryError } from '../discovery-error.js';
import { aborted } from '../transport/attempt.js';
import { pause, type Surroundings } from '../transport/surroundings.js';
import { sortOut } from '../verification/order.js';
import type { Rejection, VerifiedAdvertisement } from '../verification/verified-advertisement.js';
import type { Verdict } from '../verification/verify-advertisement.js';
import type { Judge } from './judge.js';
import type { Page } from './page.js';
import { unverifiable } from './unverifiable.js';

/** How a page is checked. */
export interface Checking {
  /** In which order they were asked for. */
  readonly sort: Sort | undefined;
  readonly judge: Judge;
  /** Told of each advertisement that does not hold, which is then left out; without it, the first one is thrown. */
  readonly onRejected: ((rejection: Rejection) => void) | undefined;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal | undefined;
}

/** Some twenty milliseconds of arithmetic. */
const PROOFS_AT_ONCE = 8;

/** Checks a page. Rejects with UNVERIFIABLE where a proof does not hold and nobody wants to be told instead. */
export async function verifyPage(
  page: Page,
  checking: Checking,
): Promise<Page<VerifiedAdvertisement>> {
  const { hub } = page;
  const held = new Map<string, VerifiedAdvertisement>();
  for (const [at, answered] of page.advertisements.entries()) {
    if (at % PROOFS_AT_ONCE === PROOFS_AT_ONCE - 1) await takeBreath(hub, checking);
    const verdict = held.has(answered.provider_id) ? twice(answered) : checking.judge(answered);
    if (verdict.ok) held.set(answered.provider_id, verdict.value);
    else reject({ ...verdict.rejection, hub }, checking);
  }
  const { inOrder, misplaced } = sortOut([...held.values()], checking.sort);
  for (const { provider_id: providerId } of misplaced) {
    const reason = `it stands before one that sort=${checking.sort} puts first`;
    reject({ providerId, reason, details: [], hub }, checking);
  }
  return { ...page, advertisements: inOrder };
}

async function takeBreath(hub: string, { surroundings, signal }: Checking): Promise<void> {
  if (!(await pause(surroundings, 0, signal))) throw new DiscoveryError(aborted(hub, signal));
}

function twice({ provider_id: providerId }: Advertisement): Verdict {
  const reason = 'it is on the same page twice';
  return { ok: false, rejection: { providerId, reason, details: [] } };
}

function reject(rejection: Rejection, { onRejected }: Checking): void {
  if (onRejected === undefined) throw new DiscoveryError(unverifiable(rejection));
  onRejected(rejection);
}
