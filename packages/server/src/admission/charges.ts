/**
 * Which budget pays for an admitted write.
 *
 * Invariant: nobody can spend what is not theirs. A provider's budget is spent only by a
 * signature that has never been seen before, since every accepted one is public as a proof
 * and could be replayed by anyone; a repetition is paid by a budget apart, and that only
 * where it comes from the network that last renewed. Refusals are charged at the edge.
 * Memory: two tables, about 130 bytes for each provider that wrote in the last minute.
 */
import type { ProviderId, Result } from 'golem-vm-discovery-protocol';
import { accept, problem, refuse } from 'golem-vm-discovery-protocol';
import type { MonotonicMs } from '../telemetry/clock.js';
import type { BudgetTable } from './budget-table.js';
import { createBudgetTable } from './budget-table.js';
import type { KnownProvider, WriteRequest } from './contract.js';
import { isFromLastNetwork } from './ownership.js';

const WINDOW_MS = 60_000;

/** The pace up to which unsigned renewals are free: providers of the 0.1 generation stop for good at their first 429. */
const UNSIGNED_RENEWAL_MS_MIN = 10_000;

/** What the charges are made with. */
export interface ChargesOptions {
  /** Providers counted apart; as many as can be listed, or the ones beyond share one budget. */
  readonly providersMax: number;
  /** Verified writes a provider may make in a minute, and again as many repetitions; 0: any number. */
  readonly writesPerMinuteMax: number;
  readonly monotonicMs: () => MonotonicMs;
}

/** A write that is about to be admitted, as far as its price goes. `t` is `undefined` where it is unsigned. */
export interface Chargeable {
  readonly providerId: ProviderId;
  readonly t: number | undefined;
  readonly request: WriteRequest;
  readonly known: KnownProvider | undefined;
}

/** The budgets of providers. It holds no timer: there is nothing to close. */
export class Charges {
  readonly #writes: BudgetTable | undefined;
  readonly #repetitions: BudgetTable | undefined;

  constructor({ providersMax, writesPerMinuteMax, monotonicMs }: ChargesOptions) {
    if (writesPerMinuteMax === 0) return;
    const bounds = { limit: writesPerMinuteMax, windowMs: WINDOW_MS, monotonicMs };
    this.#writes = createBudgetTable({ ...bounds, entriesMax: providersMax });
    this.#repetitions = createBudgetTable({ ...bounds, entriesMax: providersMax });
  }

  /** Charges an advertisement: RATE_001 where its budget is used up. */
  advertisement(write: Chargeable): Result<void> {
    const { t, known, request } = write;
    if (known === undefined || !known.listed) return request.chargeAddress();
    if (t === undefined)
      return isFreeRenewal(request, known) ? accept(undefined) : request.chargeAddress();
    return this.#signed(write, t, known);
  }

  /**
   * Charges a withdrawal. An unsigned one is free, since each ends a listing that was paid for;
   * so is one that ends nothing, since its refusal is charged at the edge.
   */
  withdrawal(write: Chargeable): Result<void> {
    const { providerId, t, known } = write;
    if (t === undefined || known === undefined) return accept(undefined);
    if (known.listed) return this.#signed(write, t, known);
    return t === known.t ? take(this.#repetitions, providerId) : accept(undefined);
  }

  #signed({ providerId, request }: Chargeable, t: number, known: KnownProvider): Result<void> {
    if (known.t === undefined || t > known.t) return take(this.#writes, providerId);
    return isFromLastNetwork(request, known)
      ? take(this.#repetitions, providerId)
      : request.chargeAddress();
  }
}

function isFreeRenewal(request: WriteRequest, known: KnownProvider): boolean {
  return (
    isFromLastNetwork(request, known) && (known.sinceRenewalMs ?? 0) >= UNSIGNED_RENEWAL_MS_MIN
  );
}

function take(table: BudgetTable | undefined, providerId: ProviderId): Result<void> {
  if (table === undefined) return accept(undefined);
  const { allowed, limit, resetSeconds } = table.take(providerId);
  if (allowed) return accept(undefined);
  return refuse(
    problem(
      'RATE_001',
      `a provider may write ${limit} times a minute; try again in ${resetSeconds} s`,
      { retryAfterSeconds: resetSeconds },
    ),
  );
}
