/**
 * How many there are and what they offer in all, for each of some numbered names.
 * Cost: an advertisement is five additions, a name 40 bytes.
 */
import type { Resources } from 'golem-vm-discovery-protocol';
import type { MarketSum } from '../contract.js';

const FIELDS = 5;

export class Totals {
  readonly #sums: Float64Array;

  /** For the numbers below `count`. */
  constructor(count: number) {
    this.#sums = new Float64Array(count * FIELDS);
  }

  /** `by`: 1 for one that comes, -1 for one that goes. */
  change(number: number, verified: boolean, { cpu, memory, storage }: Resources, by: 1 | -1): void {
    this.#add(number, 0, by);
    this.#add(number, 1, verified ? by : 0);
    this.#add(number, 2, cpu * by);
    this.#add(number, 3, memory * by);
    this.#add(number, 4, storage * by);
  }

  /** The sum of one number. */
  sum(number: number): MarketSum {
    return {
      providers: this.#field(number, 0),
      verified: this.#field(number, 1),
      resources: {
        cpu: this.#field(number, 2),
        memory: this.#field(number, 3),
        storage: this.#field(number, 4),
      },
    };
  }

  /** The numbers that anybody bears, and their sums. */
  present(): readonly (readonly [number: number, sum: MarketSum])[] {
    return Array.from({ length: this.#sums.length / FIELDS }, (_, number) => number)
      .filter((number) => this.#field(number, 0) > 0)
      .map((number) => [number, this.sum(number)] as const);
  }

  #add(number: number, field: number, amount: number): void {
    const at = number * FIELDS + field;
    this.#sums[at] = (this.#sums[at] ?? 0) + amount;
  }

  #field(number: number, field: number): number {
    return this.#sums[number * FIELDS + field] ?? 0;
  }
}

/** Several sums in one. */
export function addUp(sums: readonly MarketSum[]): MarketSum {
  return sums.reduce(
    (all, { providers, verified, resources }) => ({
      providers: all.providers + providers,
      verified: all.verified + verified,
      resources: {
        cpu: all.resources.cpu + resources.cpu,
        memory: all.resources.memory + resources.memory,
        storage: all.resources.storage + resources.storage,
      },
    }),
    { providers: 0, verified: 0, resources: { cpu: 0, memory: 0, storage: 0 } },
  );
}
