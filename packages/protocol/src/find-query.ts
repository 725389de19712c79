/**
 * Reads a question from a query string.
 * Invariant: a parameter that is not understood is refused, never ignored: a typing error must not
 * mean "match everything". Cost: a microsecond or two; it runs for every question.
 */
import { AskedParameters } from './asked-parameters.js';
import { FIND_PARAMETERS, MONTHLY_USD_MAX, PAGE_TOKEN_PATTERN, SORTS } from './find-parameters.js';
import { LIMITS } from './limits.js';
import { PLATFORM_PATTERN } from './platform.js';
import { problem } from './problems.js';
import { countryCodes, decimalUpTo, exactlyTrue } from './query-grammars.js';
import { integerUpTo, matching, oneOf } from './query-grammars.js';
import type { FindQuery, Requirements, Sort } from './requirements.js';
import { accept, refuse, type Result } from './result.js';

const cores = integerUpTo(LIMITS.cpuCoresMax);
const memoryGb = integerUpTo(LIMITS.memoryGbMax);
const storageGb = integerUpTo(LIMITS.storageGbMax);
const platformName = matching(new RegExp(PLATFORM_PATTERN));
const monthlyUsd = decimalUpTo(MONTHLY_USD_MAX);
const pageLength = integerUpTo(LIMITS.pageMax);
const pageToken = matching(new RegExp(PAGE_TOKEN_PATTERN));
const sortName = oneOf(SORTS);

/**
 * Reads a raw query string, without its `?`. ADV_002 names every parameter that is unknown,
 * repeated (only `country` may be), malformed or out of bounds, up to 16 of them.
 */
export function parseFindQuery(query: string): Result<FindQuery> {
  const asked = new AskedParameters(query);
  const requirements = readRequirements(asked);
  const sort = asked.read('sort', sortName) ?? 'uptime';
  const proof = asked.read('proof', exactlyTrue) ?? false;
  const limit = readLimit(asked, proof);
  const after = asked.read('after', pageToken);
  const count = asked.read('count', exactlyTrue) ?? false;
  checkShape(asked, sort);
  if (asked.faults.length > 0) return refuseFaults(asked);
  return accept({ requirements, sort, limit, after, count, proof });
}

/**
 * Reads requirements alone, for routes that answer with something other than a page. ADV_002 as
 * `parseFindQuery`, and for the parameters of a page too: what they ask for is not given here.
 */
export function parseRequirements(query: string): Result<Requirements> {
  const asked = new AskedParameters(query, FIND_PARAMETERS, PAGE_PARAMETERS);
  const requirements = readRequirementsAlone(asked);
  return asked.faults.length > 0 ? refuseFaults(asked) : accept(requirements);
}

/** Reads the requirements, and refuses the parameters of a page. */
export function readRequirementsAlone(asked: AskedParameters): Requirements {
  const requirements = readRequirements(asked);
  for (const name of PAGE_PARAMETERS) {
    if (asked.has(name)) asked.refuse(name, 'is not taken here: the answer is no page of a list');
  }
  checkShape(asked, 'uptime');
  return requirements;
}

/** What only a list takes. */
export const PAGE_PARAMETERS = ['sort', 'limit', 'after', 'count', 'proof'] as const;

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

function readRequirements(asked: AskedParameters): Requirements {
  const cpu = asked.read('cpu', cores);
  const memory = asked.read('memory', memoryGb);
  const storage = asked.read('storage', storageGb);
  const country = asked.read('country', countryCodes);
  const platform = asked.read('platform', platformName);
  const verified = asked.read('verified', exactlyTrue);
  const max_usd_per_month = asked.read('max_usd_per_month', monthlyUsd);
  // Assigned one by one: spreading what may be absent takes twice as long as all the reading.
  const requirements: Mutable<Requirements> = {};
  if (cpu !== undefined) requirements.cpu = cpu;
  if (memory !== undefined) requirements.memory = memory;
  if (storage !== undefined) requirements.storage = storage;
  if (country !== undefined) requirements.country = country;
  if (platform !== undefined) requirements.platform = platform;
  if (verified !== undefined) requirements.verified = verified;
  if (max_usd_per_month !== undefined) requirements.max_usd_per_month = max_usd_per_month;
  return requirements;
}

/** A page with proofs is smaller: a proof may be as large as a body. */
function readLimit(asked: AskedParameters, proof: boolean): number {
  const limit =
    asked.read('limit', pageLength) ?? (proof ? LIMITS.proofPageMax : LIMITS.pageDefault);
  if (proof && limit > LIMITS.proofPageMax) {
    asked.refuse('limit', `must be at most ${LIMITS.proofPageMax} with proof=true`);
  }
  return limit;
}

/** A price is the price of a shape, so whoever asks for one must give all of it. */
function checkShape(asked: AskedParameters, sort: Sort): void {
  if (asked.has('cpu') && asked.has('memory') && asked.has('storage')) return;
  const advice = 'needs cpu, memory and storage: it is about the price of that shape';
  if (asked.has('max_usd_per_month')) asked.refuse('max_usd_per_month', advice);
  if (sort === 'price') asked.refuse('sort', `price ${advice}`);
}

/** ADV_002 for everything that is wrong with what was asked. */
export function refuseFaults({ faults }: AskedParameters): Result<never> {
  const list = faults.map(({ field, message }) => `${field} ${message}`).join('; ');
  return refuse(
    problem('ADV_002', `the requirements are not acceptable: ${list}`, { details: faults }),
  );
}
