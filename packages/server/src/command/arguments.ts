/** The command line: which command was given, with which settings. Everything about settings comes from their table. */
import { Command, CommanderError, Option } from 'commander';
import { flagOf } from '../config/setting.js';
import { SETTING_LIST } from '../config/settings.js';
import { helpText } from '../config/show-settings.js';

/** What was asked for: to serve, to print the settings in force, or only for text that is for `stdout` or, with a code other than 0, for `stderr`. */
export type Asked =
  | { readonly kind: 'serve' | 'config'; readonly flags: ReadonlyMap<string, string> }
  | { readonly kind: 'text'; readonly text: string; readonly exitCode: number };

/** What a shell takes for "you called me wrongly". */
const EXIT_CODE_MISUSE = 2;

const USAGE = `Usage: golem-discovery-server [settings]          run the hub
       golem-discovery-server config [settings]   print the settings in force
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
`;

/** Parses what follows the name of the command. */
export function parseArguments(words: readonly string[], version: string): Asked {
  let kind: 'serve' | 'config' = 'serve';
  let said = '';
  const program = new Command('golem-discovery-server')
    .version(version, '--version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => (said += text),
      writeErr: (text) => (said += text),
    })
    .helpCommand(false)
    .action(() => {
      kind = 'serve';
    });
  for (const setting of SETTING_LIST) program.addOption(optionOf(flagOf(setting)));
  program.command('config').action(() => {
    kind = 'config';
  });
  program.helpInformation = () => `${USAGE}\n${helpText()}\n${EXAMPLES}`;
  try {
    program.parse(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const exitCode = error.exitCode === 0 ? 0 : EXIT_CODE_MISUSE;
    return { kind: 'text', text: exitCode === 0 ? said : `${said}See --help.\n`, exitCode };
  }
  return { kind, flags: flagsOf(program) };
}

/** `--debug` alone is `--debug true`; every other flag needs its value. */
function optionOf(flag: string): Option {
  return flag === '--debug'
    ? new Option(`${flag} [value]`).preset('true')
    : new Option(`${flag} <value>`);
}

function flagsOf(program: Command): Map<string, string> {
  const flags = new Map<string, string>();
  for (const option of program.options) {
    const value: unknown = program.getOptionValue(option.attributeName());
    if (typeof value === 'string' && option.long) flags.set(option.long, value);
  }
  return flags;
}
