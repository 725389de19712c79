/**
 * The parameters of a question, in words: the messages of the parser are made from them, and so is
 * the schema. They stand apart from it because a page that reads questions needs no schemas, which
 * would be a third of all its code. A description completes the sentence "must be …".
 */
import { grouped } from './grouped-digits.js';
import { LIMITS } from './limits.js';
import { PLATFORM_DESCRIPTION } from './platform.js';

/** The orders of an answer, behind "the verified first". */
export const SORTS = ['uptime', 'price', 'cpu', 'memory', 'storage'] as const;

/** A page token, whatever it says; ours are much shorter than 512 characters. */
export const PAGE_TOKEN_PATTERN = '^[A-Za-z0-9_-]{1,512}$';

/** 10^15: beyond it a double has no cents, and nobody pays it. */
export const MONTHLY_USD_MAX = 1e15;

const EXACTLY_TRUE = 'exactly true';

function integerTo(maximum: number): string {
  return `an integer from 1 to ${grouped(maximum)}`;
}

function atLeast(maximum: number): string {
  return `${integerTo(maximum)}, without leading zeros`;
}

/** What the value of each parameter of `GET /advertisements` must be. */
export const FIND_PARAMETERS = {
  cpu: atLeast(LIMITS.cpuCoresMax),
  memory: atLeast(LIMITS.memoryGbMax),
  storage: atLeast(LIMITS.storageGbMax),
  country: 'one or several ISO 3166-1 alpha-2 country codes, such as SE or SE,DE',
  platform: PLATFORM_DESCRIPTION,
  verified: EXACTLY_TRUE,
  max_usd_per_month: `a decimal number from 0 to ${grouped(MONTHLY_USD_MAX)} with at most 6 decimals`,
  sort: `one of ${SORTS.join(', ')}`,
  limit: `${integerTo(LIMITS.pageMax)}, with proof=true to ${LIMITS.proofPageMax}`,
  after: 'the page token from the Link header of the page before',
  count: EXACTLY_TRUE,
  proof: EXACTLY_TRUE,
} as const;
