/**
 * What one write costs the address it came from: refusals and new listings one unit, everything
 * else nothing. Invariant: it is charged at most once.
 */
import { accept, refuse, type Problem, type Result } from 'golem-vm-discovery-protocol';
import { type HeaderList, NO_HEADERS } from './answer.js';
import type { AddressBudget, Charge } from './rate-limit.js';

/** Refusals that are the hub's doing, and the one that says the budget is used up. */
const UNCHARGED: ReadonlySet<Problem['code']> = new Set([
  'SYS_001',
  'SYS_002',
  'ADV_003',
  'RATE_001',
]);

/** Whether a refusal costs nothing. */
export function isUncharged({ code }: Problem): boolean {
  return UNCHARGED.has(code);
}

/** The bill of one write. */
export class WriteBill {
  readonly #budget: AddressBudget;
  readonly #network: string;
  #charge: Charge | undefined;

  constructor(budget: AddressBudget, network: string) {
    this.#budget = budget;
    this.#network = network;
  }

  /** What the address's budget says, where this write was counted or refused by it. */
  get headers(): HeaderList {
    return this.#charge?.headers ?? NO_HEADERS;
  }

  /** Refuses where nothing is left, charging nothing: for a write that nobody known speaks for. */
  refuseWhereExhausted(): Problem | undefined {
    const charge = this.#budget.peek(this.#network);
    if (charge.refusal !== undefined) this.#charge = charge;
    return charge.refusal;
  }

  /** Charges one unit, once. */
  charge(): Result<void> {
    this.#charge ??= this.#budget.charge(this.#network);
    return this.#charge.refusal === undefined ? accept(undefined) : refuse(this.#charge.refusal);
  }

  /** Charges a refusal. The answer is that refusal, or RATE_001 where the budget was used up before. */
  settle(refusal: Problem): Problem {
    if (isUncharged(refusal)) return refusal;
    const charged = this.charge();
    return charged.ok ? refusal : charged.problem;
  }
}
