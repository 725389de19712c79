/**
 * Finds variables that were probably meant for this command and are read by nobody: with a mistyped URL it would
 * speak to a hub on this machine, with a mistyped network sign for another one, without a word.
 */
import { editsBetween } from 'golem-vm-discovery-protocol';

const PREFIX = 'GOLEM_DISCOVERY_';

/** What the commands read, behind the prefix. */
const READ = ['URL', 'NETWORK', 'KEY', 'PASSPHRASE'] as const;

/** What the option is called, and the variable is not. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['HUB', 'URL'],
  ['HUBS', 'URL'],
]);

/** More letters than these are another word: the Python hub has variables with this prefix too. */
const EDITS_MAX = 2;
/** A longer name is none of ours, and comparing costs the product of the lengths. */
const COMPARED_CHARS_MAX = 32;

/** One line for each that was set. */
export function environmentNotes(
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return Object.keys(env).flatMap((name) => {
    const own = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : '';
    const meant = env[name] === '' ? undefined : meantBy(own);
    return meant === undefined
      ? []
      : [`${name} is read by nobody; did you mean ${PREFIX}${meant}?`];
  });
}

function meantBy(own: string): string | undefined {
  if (own === '' || own.length > COMPARED_CHARS_MAX || READ.some((name) => name === own)) return;
  return SYNONYMS.get(own) ?? READ.find((name) => editsBetween(own, name) <= editsMax(name));
}

/** Of three letters two would be nearly all. */
function editsMax(name: string): number {
  return name.length > 3 ? EDITS_MAX : 1;
}
