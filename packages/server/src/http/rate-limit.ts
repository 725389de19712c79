/**
 * What one client address may ask a minute: N reads, and apart from them N chargeable writes.
 * Invariant: one address, whatever it does, costs the hub a bounded amount of work, and costs
 * others nothing. Memory: two tables of at most 100,000 addresses, about 13 MB each when full.
 */
import { problem, type Problem } from 'golem-vm-discovery-protocol';
import { type BudgetTable, createBudgetTable, type Verdict } from '../admission/budget-table.js';
import type { Clock } from '../telemetry/clock.js';
import { type HeaderList, NO_HEADERS } from './answer.js';

const WINDOW_SECONDS = 60;
const ADDRESSES_MAX = 100_000;

/** What counting said. `headers` tell the client, refused or not. */
export interface Charge {
  readonly refusal: Problem | undefined;
  readonly headers: HeaderList;
}

/** One of the two budgets of an address. A network is `Source.network`. */
export interface AddressBudget {
  /** Uses one unit. */
  charge(network: string): Charge;
  /** What `charge` would say, using nothing. */
  peek(network: string): Charge;
}

/** Both budgets. */
export interface RateLimit {
  readonly reads: AddressBudget;
  readonly writes: AddressBudget;
}

/** Nothing is counted, and nothing is said about it. */
const UNCOUNTED: Charge = { refusal: undefined, headers: NO_HEADERS };
const UNLIMITED: AddressBudget = { charge: () => UNCOUNTED, peek: () => UNCOUNTED };

/** Makes the budgets; a limit of 0 switches both off. There is nothing to close. */
export function createRateLimit(limitPerMinute: number, clock: Clock): RateLimit {
  if (limitPerMinute === 0) return { reads: UNLIMITED, writes: UNLIMITED };
  return {
    reads: createAddressBudget('read', limitPerMinute, clock),
    writes: createAddressBudget('write', limitPerMinute, clock),
  };
}

function createAddressBudget(
  name: 'read' | 'write',
  limitPerMinute: number,
  clock: Clock,
): AddressBudget {
  const table: BudgetTable = createBudgetTable({
    limit: limitPerMinute,
    windowMs: WINDOW_SECONDS * 1_000,
    entriesMax: ADDRESSES_MAX,
    monotonicMs: () => clock.monotonicMs(),
  });
  // Structured fields of draft-ietf-httpapi-ratelimit-headers-10.
  const policy = `"${name}";q=${limitPerMinute};w=${WINDOW_SECONDS}`;
  const asCharge = (verdict: Verdict): Charge => ({
    refusal: verdict.allowed ? undefined : tooMany(name, verdict),
    headers: [
      'RateLimit-Policy',
      policy,
      'RateLimit',
      `"${name}";r=${verdict.remaining};t=${verdict.resetSeconds}`,
    ],
  });
  return {
    charge: (network) => asCharge(table.take(network)),
    peek: (network) => asCharge(table.peek(network)),
  };
}

function tooMany(name: 'read' | 'write', { limit, resetSeconds }: Verdict): Problem {
  return problem(
    'RATE_001',
    `too many ${name}s from this address: it has ${limit} a minute; try again in ${resetSeconds} s`,
    { retryAfterSeconds: resetSeconds },
  );
}
