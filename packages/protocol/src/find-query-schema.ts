/**
 * The parameters of a question, as a schema: OpenAPI and the messages of the parser are made from
 * it. A description completes the sentence "must be …".
 */
import Type from 'typebox';
import { PlatformSchema } from './advertisement.js';
import { COUNTRIES_COUNT } from './countries.js';
import { grouped } from './grouped-digits.js';
import { LIMITS } from './limits.js';

/** The orders of an answer, behind "the verified first". */
export const SORTS = ['uptime', 'price', 'cpu', 'memory', 'storage'] as const;

/** A page token, whatever it says; ours are much shorter than 512 characters. */
export const PAGE_TOKEN_PATTERN = '^[A-Za-z0-9_-]{1,512}$';

/** 10^15: beyond it a double has no cents, and nobody pays it. */
export const MONTHLY_USD_MAX = 1e15;

const optionalTrue = () => Type.Optional(Type.Literal(true, { description: 'exactly true' }));

function atLeast(maximum: number) {
  const description = `an integer from 1 to ${grouped(maximum)}, without leading zeros`;
  return Type.Optional(Type.Integer({ minimum: 1, maximum, description }));
}

/** The parameters of `GET /advertisements`. */
export const FindQuerySchema = Type.Object({
  cpu: atLeast(LIMITS.cpuCoresMax),
  memory: atLeast(LIMITS.memoryGbMax),
  storage: atLeast(LIMITS.storageGbMax),
  country: Type.Optional(
    Type.Array(Type.String({ pattern: '^[A-Za-z]{2}$' }), {
      minItems: 1,
      maxItems: COUNTRIES_COUNT,
      description: 'one or several ISO 3166-1 alpha-2 country codes, such as SE or SE,DE',
    }),
  ),
  platform: Type.Optional(PlatformSchema),
  verified: optionalTrue(),
  max_usd_per_month: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: MONTHLY_USD_MAX,
      description: `a decimal number from 0 to ${grouped(MONTHLY_USD_MAX)} with at most 6 decimals`,
    }),
  ),
  sort: Type.Optional(
    Type.Enum(SORTS, { default: 'uptime', description: `one of ${SORTS.join(', ')}` }),
  ),
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: LIMITS.pageMax,
      default: LIMITS.pageDefault,
      description: `an integer from 1 to ${grouped(LIMITS.pageMax)}, with proof=true to ${LIMITS.proofPageMax}`,
    }),
  ),
  after: Type.Optional(
    Type.String({
      pattern: PAGE_TOKEN_PATTERN,
      description: 'the page token from the Link header of the page before',
    }),
  ),
  count: optionalTrue(),
  proof: optionalTrue(),
});
