/**
 * What there is to know about the market beside who is in it: numbers, explanations, and where a price
 * stands. It is told of each slot that is taken or left, which is all that it keeps up with.
 */
import type { Requirements } from 'golem-vm-discovery-protocol';
import { Attendance } from './attendance.js';
import type { MarketStats, PriceRank, Survey } from './contract.js';
import { MarketSurvey } from './explain/market-survey.js';
import { createDescription } from './explain/neighbours.js';
import { Yardstick } from './explain/yardstick.js';
import type { Names } from './rows/names.js';
import { rankPrice } from './price-rank.js';
import type { ProviderSlots } from './providers/provider-slots.js';
import type { Rows } from './rows/rows.js';
import type { Sections } from './sections/sections.js';
import type { RequiredNumbers } from './finding/sieve.js';
import { MarketTally } from './stats/market-tally.js';

/** What is known about. */
export interface InsightParts {
  readonly slots: ProviderSlots;
  readonly rows: Rows;
  readonly sections: Sections;
  readonly platforms: Names;
  readonly countries: Names;
}

/** See the head of this file. */
export class Insight {
  readonly #parts: InsightParts;
  readonly #attendance = new Attendance();
  readonly #tally: MarketTally;

  constructor(parts: InsightParts) {
    this.#parts = parts;
    this.#tally = new MarketTally(parts.rows);
  }

  /** A slot was taken: its row is written, and stays as it is until it is left. */
  arrive(slot: number, verified: boolean): void {
    this.#attendance.arrive(slot, verified);
    this.#tally.count(slot, verified, 1);
  }

  /** A slot is about to be left. */
  leave(slot: number): void {
    this.#tally.count(slot, this.#attendance.isVerified(slot), -1);
    this.#attendance.leave(slot);
  }

  stats(): MarketStats {
    return this.#tally.stats(this.#parts.countries, this.#parts.platforms);
  }

  /** Begins to explain; the numbers leave out names that nobody bears. */
  explain(requirements: Requirements, numbers: RequiredNumbers): Survey {
    const { rows } = this.#parts;
    const attendance = this.#attendance;
    const yardstick = new Yardstick(requirements, numbers);
    const describe = createDescription({ ...this.#parts, attendance, yardstick });
    return new MarketSurvey(rows, attendance, yardstick, describe);
  }

  priceRank(slot: number): PriceRank | undefined {
    return rankPrice(this.#parts, slot);
  }
}
