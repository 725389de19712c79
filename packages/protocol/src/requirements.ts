/**
 * What a requestor needs, read from a query string.
 * Invariant: a parameter that is not understood is refused, never ignored: a typing error must not
 * mean "match everything". Cost: a few microseconds; it runs for every question.
 */
import { COUNTRIES_COUNT, isCountryCode } from './countries.js';
import {
  FindQuerySchema,
  MONTHLY_USD_MAX,
  PAGE_TOKEN_CHARS_MAX,
  SORTS,
} from './find-query-schema.js';
import { LIMITS } from './limits.js';
import { nearestName } from './near-miss.js';
import { problem, type ProblemDetail } from './problems.js';
import { splitQuery } from './query-string.js';
import { printable, quote } from './quoting.js';
import { accept, refuse, type Result } from './result.js';

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

/** How an answer is ordered, behind "the verified first". */
export type Sort = (typeof SORTS)[number];

/** A whole question. */
export interface FindQuery {
  readonly requirements: Requirements;
  readonly sort: Sort;
  readonly limit: number;
  /** The page token of an earlier answer, well-formed; what it says is for the index to judge. */
  readonly after: string | undefined;
  readonly count: boolean;
  readonly proof: boolean;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** A question while it is read. */
interface Draft {
  readonly requirements: Mutable<Requirements>;
  sort: Sort;
  limit: number | undefined;
  after: string | undefined;
  count: boolean;
  proof: boolean;
}

type Parameter = keyof typeof FindQuerySchema.properties;

/** Takes a value into the draft; `false` where the value is not acceptable. */
type Reader = (value: string, draft: Draft) => boolean;

const READERS: Record<Parameter, Reader> = {
  cpu: (value, { requirements }) => {
    const cpu = integer(value, LIMITS.cpuCoresMax);
    if (cpu !== undefined) requirements.cpu = cpu;
    return cpu !== undefined;
  },
  memory: (value, { requirements }) => {
    const memory = integer(value, LIMITS.memoryGbMax);
    if (memory !== undefined) requirements.memory = memory;
    return memory !== undefined;
  },
  storage: (value, { requirements }) => {
    const storage = integer(value, LIMITS.storageGbMax);
    if (storage !== undefined) requirements.storage = storage;
    return storage !== undefined;
  },
  country: (value, { requirements }) => {
    const codes = value.split(',', COUNTRIES_COUNT + 1).map(countryCode);
    const all = [...(requirements.country ?? []), ...codes.filter((code) => code !== undefined)];
    requirements.country = all;
    return !codes.includes(undefined) && all.length <= COUNTRIES_COUNT;
  },
  platform: (value, { requirements }) => {
    requirements.platform = value;
    return PLATFORM.test(value);
  },
  verified: (value, { requirements }) => {
    requirements.verified = true;
    return value === 'true';
  },
  max_usd_per_month: (value, { requirements }) => {
    requirements.max_usd_per_month = Number(value);
    return DECIMAL.test(value) && requirements.max_usd_per_month <= MONTHLY_USD_MAX;
  },
  sort: (value, draft) => {
    const sort = SORTS.find((known) => known === value);
    if (sort !== undefined) draft.sort = sort;
    return sort !== undefined;
  },
  limit: (value, draft) => {
    draft.limit = integer(value, LIMITS.pageMax);
    return draft.limit !== undefined;
  },
  after: (value, draft) => {
    draft.after = value;
    return value.length <= PAGE_TOKEN_CHARS_MAX && PAGE_TOKEN.test(value);
  },
  count: (value, draft) => {
    draft.count = true;
    return value === 'true';
  },
  proof: (value, draft) => {
    draft.proof = true;
    return value === 'true';
  },
};

const INTEGER = /^[1-9][0-9]{0,15}$/;
const DECIMAL = /^(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,6})?$/;
const PLATFORM = new RegExp(`^[a-z0-9_]{1,${LIMITS.platformCharsMax}}$`);
const PAGE_TOKEN = /^[A-Za-z0-9_-]+$/;
const COUNTRY = /^[A-Za-z]{2}$/;

function integer(text: string, maximum: number): number | undefined {
  if (!INTEGER.test(text)) return undefined;
  const number = Number(text);
  return number <= maximum ? number : undefined;
}

/** The grammar comes first: upper-casing makes two letters of some single ones. */
function countryCode(text: string): string | undefined {
  if (!COUNTRY.test(text)) return undefined;
  const code = text.toUpperCase();
  return isCountryCode(code) ? code : undefined;
}

const PARAMETERS: ReadonlyMap<string, { readonly read: Reader; readonly expected: string }> =
  new Map(
    Object.entries(READERS).map(([name, read]) => [name, { read, expected: expectedOf(name) }]),
  );

function expectedOf(name: string): string {
  const schema: object = Reflect.get(FindQuerySchema.properties, name);
  return 'description' in schema ? String(schema.description) : '';
}

const NAMES = [...PARAMETERS.keys()];

/** More faults than that are not listed: an answer must not grow with a hostile question. */
const DETAILS_MAX = 16;

/**
 * Reads a raw query string, without its `?`. ADV_002 names every parameter that is unknown,
 * repeated (only `country` may be), malformed or out of bounds, up to 16 of them.
 */
export function parseFindQuery(query: string): Result<FindQuery> {
  const draft: Draft = {
    requirements: {},
    sort: 'uptime',
    limit: undefined,
    after: undefined,
    count: false,
    proof: false,
  };
  const seen = new Set<string>();
  const details: ProblemDetail[] = [];
  for (const { name, value } of splitQuery(query)) {
    const message = readParameter(name, value, draft, seen);
    if (message === undefined) continue;
    details.push({ field: printable(name), message });
    if (details.length === DETAILS_MAX) break;
  }
  details.push(...contradictions(draft, seen));
  return details.length === 0 ? accept(finish(draft)) : refuse(refusal(details));
}

function readParameter(
  name: string,
  value: string | undefined,
  draft: Draft,
  seen: Set<string>,
): string | undefined {
  const parameter = PARAMETERS.get(name);
  if (parameter === undefined) return unknownParameter(name);
  if (seen.has(name) && name !== 'country') return 'is given twice: give it once';
  seen.add(name);
  if (value === undefined) return 'is not percent-encoded UTF-8';
  return parameter.read(value, draft)
    ? undefined
    : `must be ${parameter.expected}, not ${quote(value)}`;
}

function unknownParameter(name: string): string {
  const meant = nearestName(name, NAMES);
  return meant === undefined
    ? `is not a parameter: there are ${NAMES.join(', ')}`
    : `is not a parameter: did you mean ${meant}?`;
}

function contradictions(draft: Draft, seen: ReadonlySet<string>): ProblemDetail[] {
  const details: ProblemDetail[] = [];
  const shaped = seen.has('cpu') && seen.has('memory') && seen.has('storage');
  const message = 'needs cpu, memory and storage: it is about the price of that shape';
  if (!shaped && seen.has('max_usd_per_month'))
    details.push({ field: 'max_usd_per_month', message });
  if (!shaped && draft.sort === 'price')
    details.push({ field: 'sort', message: `price ${message}` });
  if (draft.proof && draft.limit !== undefined && draft.limit > LIMITS.proofPageMax) {
    details.push({
      field: 'limit',
      message: `must be at most ${LIMITS.proofPageMax} with proof=true`,
    });
  }
  return details;
}

function finish({ requirements, sort, limit, after, count, proof }: Draft): FindQuery {
  if (requirements.country !== undefined) {
    requirements.country = [...new Set(requirements.country)].toSorted();
  }
  const limitDefault = proof ? LIMITS.proofPageMax : LIMITS.pageDefault;
  return { requirements, sort, limit: limit ?? limitDefault, after, count, proof };
}

function refusal(details: readonly ProblemDetail[]) {
  const faults = details.map(({ field, message }) => `${field} ${message}`).join('; ');
  return problem('ADV_002', `the requirements are not acceptable: ${faults}`, { details });
}
