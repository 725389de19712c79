/** Reads what is watched from a query string: requirements, and where to begin. */
import { AskedParameters } from './asked-parameters.js';
import { PAGE_PARAMETERS, readRequirementsAlone, refuseFaults } from './find-query.js';
import { FIND_PARAMETERS } from './find-parameters.js';
import { matching, wholeUpTo } from './query-grammars.js';
import type { Requirements } from './requirements.js';
import { accept, type Result } from './result.js';
import { descriptionOf } from './schema-description.js';
import { CURSOR_PATTERN, WAIT_SECONDS_MAX, WatchQuerySchema } from './watch-query-schema.js';

const cursor = matching(new RegExp(CURSOR_PATTERN));
const waitSeconds = wholeUpTo(WAIT_SECONDS_MAX);

/** Those of a page are known, to be refused by name. */
const KNOWN = {
  ...FIND_PARAMETERS,
  since: descriptionOf(WatchQuerySchema.properties.since),
  wait: descriptionOf(WatchQuerySchema.properties.wait),
};

/** What somebody watches. */
export interface WatchQuery {
  readonly requirements: Requirements;
  /** A cursor, well-formed; whether it can be resumed is for the hub to judge. */
  readonly since: string | undefined;
  /** How long a poll may wait. */
  readonly waitSeconds: number | undefined;
}

/** Reads a raw query string, without its `?`. ADV_002 as `parseRequirements`. */
export function parseWatchQuery(query: string): Result<WatchQuery> {
  const asked = new AskedParameters(query, KNOWN, PAGE_PARAMETERS);
  const watched = {
    requirements: readRequirementsAlone(asked),
    since: asked.read('since', cursor),
    waitSeconds: asked.read('wait', waitSeconds),
  };
  return asked.faults.length > 0 ? refuseFaults(asked) : accept(watched);
}
