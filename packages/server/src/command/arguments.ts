/** The command line: which command was given, with which settings. Everything about settings comes from their table. */
import { nearMiss } from '../config/near-miss.js';
import { quoteGiven } from '../config/redaction.js';
import { flagOf } from '../config/setting.js';
import { SETTING_LIST } from '../config/settings.js';
import { helpText } from '../config/show-settings.js';

/**
 * What was asked for: text for `stdout`, or to serve or to print the settings in force, with a
 * plain line for each word that was not understood. Nothing may be done while there are any.
 */
export type Asked =
  | {
      readonly kind: 'serve' | 'config';
      readonly flags: ReadonlyMap<string, string>;
      readonly faults: readonly string[];
    }
  | { readonly kind: 'migrate'; readonly from: string; readonly to: string }
  | { readonly kind: 'text'; readonly text: string };

const USAGE = `Usage: golem-discovery-server [settings]          run the hub
       golem-discovery-server config [settings]   print the settings in force
       golem-discovery-server migrate --from <url> --to <url>
                                                  move a file into a PostgreSQL
       golem-discovery-server --help | --version

Runs a hub where providers of virtual machines advertise what they have free
and requestors find what fits. All settings are optional; a flag overrides its
variable, a variable overrides a line of ./.env, and that a default.
`;

const EXAMPLES = `
Examples:
  golem-discovery-server
  golem-discovery-server --port 8080 --db-url sqlite:////var/lib/discovery.db
  DISCOVERY_NETWORK=testnet golem-discovery-server config
  golem-discovery-server migrate --from sqlite:///discovery.db \\
    --to postgresql://user:password@db/discovery
`;

const FLAGS: ReadonlySet<string> = new Set(SETTING_LIST.map(flagOf));

/** Flags by the words of their names, as near misses are looked for. */
const NAMES: ReadonlyMap<string, string> = new Map(
  [...FLAGS].map((flag) => [flag.slice(2).replaceAll('-', '_'), flag]),
);

/** What has been read of a command line. */
interface Reading {
  kind: 'serve' | 'config';
  readonly flags: Map<string, string>;
  readonly faults: string[];
}

/** Parses what follows the name of the command. Of a flag that is given twice the last one holds. */
export function parseArguments(words: readonly string[], version: string): Asked {
  if (words.includes('--help') || words.includes('-h')) {
    return { kind: 'text', text: `${USAGE}\n${helpText()}\n${EXAMPLES}` };
  }
  if (words.includes('--version')) return { kind: 'text', text: `${version}\n` };
  if (words[0] === 'migrate') return parseMigration(words.slice(1));
  const reading: Reading = { kind: 'serve', flags: new Map(), faults: [] };
  for (let at = 0; at < words.length; at += 1) {
    if (readWord(reading, words[at] ?? '', words[at + 1])) at += 1;
  }
  return reading;
}

/** `--from` and `--to`, each with its value, and nothing else. */
function parseMigration(words: readonly string[]): Asked {
  const given = new Map<string, string>();
  const faults: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [, flag = '', inline] = /^(--from|--to)(?:=(.*))?$/s.exec(words[at] ?? '') ?? [];
    if (flag === '')
      faults.push(`${quoteGiven(words[at] ?? '')} is no part of migrate; see --help`);
    else given.set(flag, inline ?? words[(at += 1)] ?? '');
  }
  const [from = '', to = ''] = [given.get('--from'), given.get('--to')];
  if (from === '' || to === '') faults.push('migrate needs --from <url> and --to <url>');
  return faults.length > 0
    ? { kind: 'serve', flags: new Map(), faults }
    : { kind: 'migrate', from, to };
}

/** Reads a word; `true` where it took the next one as its value. */
function readWord(reading: Reading, word: string, next: string | undefined): boolean {
  if (!word.startsWith('-')) {
    readCommand(reading, word);
    return false;
  }
  const [, flag = word, given] = /^([^=]*)=(.*)$/s.exec(word) ?? [];
  if (!FLAGS.has(flag)) return refuseFlag(reading, flag, given, next);
  const value = given ?? valueIn(next) ?? '';
  // `--debug` alone is `--debug true`; every other flag needs its value.
  if (given !== undefined || takesNext(flag, next)) reading.flags.set(flag, value);
  else if (flag === '--debug') reading.flags.set(flag, 'true');
  else reading.faults.push(`${flag} needs a value`);
  return given === undefined && takesNext(flag, next);
}

/** What may be a value: another flag is none. */
function valueIn(next: string | undefined): string | undefined {
  return next?.startsWith('--') === true ? undefined : next;
}

function takesNext(flag: string, next: string | undefined): boolean {
  const value = valueIn(next);
  return value !== undefined && !(flag === '--debug' && value === 'config');
}

function readCommand(reading: Reading, word: string): void {
  if (word === 'config' && reading.kind === 'serve') reading.kind = 'config';
  else reading.faults.push(`${quoteGiven(word)} is not a command; see --help`);
}

/** What follows an unknown flag was probably its value, and needs no complaint of its own. */
function refuseFlag(
  { faults }: Reading,
  flag: string,
  given: string | undefined,
  next: string | undefined,
): boolean {
  const shown = /^--?[\w-]{1,100}$/.test(flag) ? flag : quoteGiven(flag);
  const meant = nearMiss(flag.slice(2).replaceAll('-', '_'), [...NAMES.keys()]);
  const advice = meant === undefined ? 'see --help' : `did you mean ${NAMES.get(meant)}?`;
  faults.push(`${shown} is not a flag; ${advice}`);
  return given === undefined && valueIn(next) !== undefined && next !== 'config';
}
