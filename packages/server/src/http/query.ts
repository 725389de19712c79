/** The question mark and what follows it, for routes other than find. */
import { accept, problem, refuse, type Result } from 'golem-vm-discovery-protocol';

/** The raw query string, without the question mark. */
export function rawQueryOf(url: string | undefined): string {
  const mark = url?.indexOf('?') ?? -1;
  return mark === -1 || url === undefined ? '' : url.slice(mark + 1);
}

/** Names that can be repeated in a message as they are. */
const PLAIN_NAME = /^[\w.[\]-]{1,64}$/;

/**
 * Reads a query of flags, each exactly `name=true` and at most once. ADV_002 names what is not
 * known here: a parameter that is not understood must not be taken for granted.
 */
export function parseFlags<Flag extends string>(
  query: string,
  known: readonly Flag[],
): Result<ReadonlySet<Flag>> {
  const given = new Set<Flag>();
  for (const [name, value] of new URLSearchParams(query)) {
    const flag = known.find((candidate) => candidate === name);
    if (flag === undefined) return refuse(unknownParameter(name, known));
    if (given.has(flag)) return refuse(faultyFlag(flag, 'must be given once'));
    if (value !== 'true') return refuse(faultyFlag(flag, 'must be exactly true'));
    given.add(flag);
  }
  return accept(given);
}

function unknownParameter(name: string, known: readonly string[]) {
  const shown = PLAIN_NAME.test(name) ? name : 'a parameter';
  const advice = known.length === 0 ? 'none is taken' : `only ${known.join(', ')} is taken`;
  const message = `is not known here: ${advice}`;
  return problem('ADV_002', `${shown} ${message}`, { details: [{ field: shown, message }] });
}

function faultyFlag(flag: string, message: string) {
  return problem('ADV_002', `${flag} ${message}`, { details: [{ field: flag, message }] });
}
