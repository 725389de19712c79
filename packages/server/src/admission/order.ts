/**
 * The early look at the order of `t`: it saves the verification of what the store would
 * refuse. The store decides again, in the commit, so whenever this look is in doubt it lets
 * through.
 *
 * Pure. Two doubts: a write that may be a retry, and a remembered time so far ahead of the
 * clock that the store will lower it.
 */
import type { Result, SignedMethod } from 'golem-vm-discovery-protocol';
import { accept, LIMITS, refuse } from 'golem-vm-discovery-protocol';
import type { WallMs } from '../telemetry/clock.js';
import type { KnownProvider } from './contract.js';
import { notNewer } from './refusals.js';

/** What the order of one write is checked against. */
export interface OrderFacts {
  readonly known: KnownProvider | undefined;
  /** The largest `t` ever purged: nothing at or below it is accepted. */
  readonly highWaterMark: number;
  readonly nowMs: WallMs;
}

/** Refuses a `t` that is surely not greater than the last accepted one: ADV_005 with that one in `details`. */
export function checkOrder(method: SignedMethod, t: number, facts: OrderFacts): Result<void> {
  if (mayBeRetry(method, t, facts.known)) return accept(undefined);
  const lastT = Math.max(
    trusted(facts.known?.t ?? 0, facts.nowMs),
    trusted(facts.highWaterMark, facts.nowMs),
  );
  return t > lastT ? accept(undefined) : refuse(notNewer(lastT));
}

/** A POST repeats what listed it; a DELETE repeats what ended its listing. */
function mayBeRetry(method: SignedMethod, t: number, known: KnownProvider | undefined): boolean {
  return known !== undefined && known.t === t && known.listed === (method === 'POST');
}

/** A time that the store is about to lower refuses nobody: the clock was wrong, not the provider. */
function trusted(rememberedT: number, nowMs: WallMs): number {
  return rememberedT > nowMs + LIMITS.signatureLeadMsMax ? 0 : rememberedT;
}
