/** What takes part in the comparison: something that holds a market and answers questions about it. */
import type { FindQuery } from 'golem-vm-discovery-protocol';
import type { MarketEntry } from './market.js';

/** A question, ready for everyone. */
export interface Question {
  /** With the page token that the index gave. */
  readonly query: FindQuery;
  /** The last listing of the page before; `undefined` for the first page. */
  readonly after: MarketEntry | undefined;
}

/** Who is found, best first, and how many match in all where the question asked for that. */
export interface Answer {
  readonly ids: readonly string[];
  readonly total: number | undefined;
}

/** One who answers. Whoever makes one closes it. */
export interface Contender {
  readonly name: string;
  /** Takes the whole market in, once. */
  load(market: readonly MarketEntry[]): Promise<void>;
  /** Answers a question; what is asked first may prepare a statement, which is not measured. */
  ask(question: Question): Answer | Promise<Answer>;
  close(): Promise<void>;
}
