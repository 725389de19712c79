/** The command line as a whole: words in, how it ended out. What there is to do is listed in `commands.ts`. */
import { Command, CommanderError } from 'commander';
import { COMMANDS } from './commands.js';
import { environmentNotes } from './environment-notes.js';
import { errorText } from './error-text.js';
import { type Ended, DONE, exitCodesText } from './exit-codes.js';
import { coloursOf } from './rendering/colours.js';
import { neutralText } from './rendering/neutral-text.js';
import { helpAdvice } from './subcommand.js';
import type { Output, Surroundings } from './surroundings.js';

const DESCRIPTION = `Find providers of virtual machines, or be found.

Providers advertise what they have free to a discovery hub, signed with their
own key; requestors ask it for what fits, and can check every answer.`;

const AFTER = `
Environment:
  GOLEM_DISCOVERY_URL         the hub, or several separated by commas
  GOLEM_DISCOVERY_NETWORK     the network that signatures are made for
  GOLEM_DISCOVERY_KEY         the key file of this provider
  GOLEM_DISCOVERY_PASSPHRASE  its passphrase, where nobody can be asked
  NO_COLOR, FORCE_COLOR       no colours, or colours in a pipe too
  COLUMNS                     the width of a table in a pipe

Exit codes:
${exitCodesText()}

Start here:
  golem-discovery-server                   # a hub, in another terminal
  golem-discovery simulate --providers 25  # providers that come and go
  golem-discovery find --cpu 2 --memory 4 --storage 20 --sort price`;

/** Help never gets wider than is pleasant to read. */
const HELP_COLUMNS_MAX = 100;
const HELP_COLUMNS_DEFAULT = 80;

/** Makes the program; nothing runs yet. `done` is told how the command ended. */
export function createProgram(
  surroundings: Surroundings,
  version: string,
  done: (how: Ended) => void,
): Command {
  const program = new Command('golem-discovery')
    .description(DESCRIPTION)
    .version(version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show what can be done, and how')
    .helpCommand('help [command]', 'the same as <command> --help')
    .addHelpText('after', AFTER);
  for (const make of COMMANDS) program.addCommand(make(surroundings, done));
  for (const command of [program, ...program.commands]) settle(command, surroundings);
  return program;
}

/** The same manners for all: where text goes, how wide, and that a refusal is no exit. */
function settle(command: Command, { out, err }: Surroundings): void {
  command
    .exitOverride()
    .helpOption('-h, --help', 'show this')
    .showSuggestionAfterError()
    .configureHelp({
      styleTitle: (title) => coloursOf(out).strong(title),
      subcommandTerm: (each) => `${each.name()} ${argumentNames(each)}`.trimEnd(),
    })
    .configureOutput({
      writeOut: (text) => out.write(text),
      writeErr: (text) => err.write(text),
      outputError: (text, write) => write(usageText(text, command, err)),
      getOutHelpWidth: () => helpWidth(out),
      getErrHelpWidth: () => helpWidth(err),
      getOutHasColors: () => out.colour,
      getErrHasColors: () => err.colour,
    });
}

function argumentNames({ registeredArguments }: Command): string {
  return registeredArguments
    .map((each) => (each.required ? `<${each.name()}>` : `[${each.name()}]`))
    .join(' ');
}

function helpWidth(output: Output): number {
  return Math.min(output.columns() ?? HELP_COLUMNS_DEFAULT, HELP_COLUMNS_MAX);
}

/** The parser's complaint, in the form of our own. */
function usageText(text: string, command: Command, err: Output): string {
  return `${errorText(text.replace(/^error: /, '').trimEnd(), err)}
${helpAdvice(command)}
`;
}

/** `help fnd` is refused as `fnd` is: the parser would show the help of everything, and not say why. */
function withoutHelpOfNothing(words: readonly string[], { commands }: Command): readonly string[] {
  const [first, name] = words;
  if (first !== 'help' || name === undefined) return words;
  return commands.some((command) => command.name() === name) ? words : words.slice(1);
}

/** Runs what the words ask for. Refused words end with `usage` and were explained already. */
export async function runProgram(
  words: readonly string[],
  surroundings: Surroundings,
  version: string,
): Promise<Ended> {
  const { env, err } = surroundings;
  for (const note of environmentNotes(env)) err.write(`${neutralText(note)}\n`);
  let how = DONE;
  const program = createProgram(surroundings, version, (ending) => {
    how = ending;
  });
  try {
    if (words.length === 0) program.outputHelp();
    else await program.parseAsync(withoutHelpOfNothing(words, program), { from: 'user' });
    return how;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? DONE : { ending: 'usage' };
  }
}
