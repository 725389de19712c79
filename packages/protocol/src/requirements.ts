/** What a requestor asks, as values. How a query string is read into them is in `find-query.ts`. */
import type { Pricing, Resources } from './advertisement.js';
import type { SORTS } from './find-parameters.js';

/** What an advertisement must satisfy; what is absent is not asked for. */
export interface Requirements {
  /** At least that many cores. */
  readonly cpu?: number;
  /** At least that many GB. */
  readonly memory?: number;
  /** At least that many GB. */
  readonly storage?: number;
  /** One of these; upper case, sorted, without doubles. */
  readonly country?: readonly string[];
  readonly platform?: string;
  readonly verified?: true;
  /** Dollars; only together with all three resources: it bounds the price of that shape. */
  readonly max_usd_per_month?: number;
}

/** The part of an advertisement that requirements look at. */
export interface Terms {
  readonly country: string;
  readonly resources: Resources;
  readonly platform?: string;
  readonly pricing?: Pricing;
  readonly verified: boolean;
}

/** How an answer is ordered, behind "the verified first". */
export type Sort = (typeof SORTS)[number];

/** A whole question. */
export interface FindQuery {
  /** Its fields come in the order of the interface, whatever order they were asked in. */
  readonly requirements: Requirements;
  readonly sort: Sort;
  readonly limit: number;
  /** The page token of an earlier answer, well-formed; what it says is for the index to judge. */
  readonly after: string | undefined;
  readonly count: boolean;
  readonly proof: boolean;
}
