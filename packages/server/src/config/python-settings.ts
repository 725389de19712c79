/**
 * Finds settings of the Python hub that somebody brought along: they have another prefix, so they are no typing
 * errors, and without a word the hub would listen on another port than it was told. Owns the list of them.
 */
import { SETTINGS } from './settings.js';

/** What each is called here. */
const SUCCESSORS: ReadonlyMap<string, string> = new Map([
  ['GOLEM_DISCOVERY_HOST', SETTINGS.host.variable],
  ['GOLEM_DISCOVERY_PORT', SETTINGS.port.variable],
  ['GOLEM_DISCOVERY_DEBUG', SETTINGS.debug.variable],
  ['GOLEM_DISCOVERY_DATABASE_DIR', SETTINGS.store.variable],
  ['GOLEM_DISCOVERY_DATABASE_NAME', SETTINGS.store.variable],
  ['GOLEM_DISCOVERY_DATABASE_URL', SETTINGS.store.variable],
  ['GOLEM_DISCOVERY_RATE_LIMIT_PER_MINUTE', SETTINGS.rateLimitPerMinute.variable],
]);

/**
 * One plain line for each that is given while its successor is not: who sets both runs both hubs and knows.
 * `isGiven` says whether a variable of ours is.
 */
export function pythonSettingNotices(
  names: Iterable<string>,
  isGiven: (variable: string) => boolean,
): readonly string[] {
  return [...new Set(names)].flatMap((name) => {
    const successor = SUCCESSORS.get(name);
    if (successor === undefined || isGiven(successor)) return [];
    return [
      `${name} is a setting of the Python hub and has no effect here: ${successor} is what it is called now`,
    ];
  });
}
