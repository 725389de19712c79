/**
 * What a command of `golem-discovery` is: a file of its own, registered in `commands.ts`. It says
 * how it is called and with which examples, and how it runs; how words become options, and what
 * `--help` looks like, is for `program.ts`.
 */
import { Command, type OptionValues } from 'commander';
import { type Ended, ended } from './exit-codes.js';
import type { Surroundings } from './surroundings.js';

/** What a command is made of. */
export interface SubcommandParts<Options extends OptionValues> {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What it does, in a few sentences, for its own `--help`. */
  readonly description: string;
  /** Lines that can be pasted, each below a line that says what for. */
  readonly examples: readonly (readonly [purpose: string, line: string])[];
  /** Adds options and arguments. */
  configure(command: Command): void;
  run(options: Options, surroundings: Surroundings, call: Call): Promise<Ended>;
}

/** How a command was called, apart from its options. */
export interface Call {
  /** The arguments that are no options. */
  readonly words: readonly string[];
  /** The whole program that the command belongs to. */
  readonly program: Command;
}

/** Makes the command for one run of the program; `done` is told how it ended. */
export type Subcommand = (surroundings: Surroundings, done: (how: Ended) => void) => Command;

/** Makes a subcommand of its parts. */
export function subcommand<Options extends OptionValues>(
  parts: SubcommandParts<Options>,
): Subcommand {
  return (surroundings, done) => {
    const command = new Command(parts.name).summary(parts.summary).description(parts.description);
    parts.configure(command);
    command.addHelpText('after', `\nExamples:\n${examplesText(parts.examples)}`);
    return command.action(async () => {
      const call = { words: command.args, program: command.parent ?? command };
      done(explained(await parts.run(command.opts<Options>(), surroundings, call), command));
    });
  };
}

/** Whoever called it wrongly is told where to read how it is called. */
function explained({ ending, message }: Ended, command: Command): Ended {
  return ending === 'usage'
    ? ended(ending, `${message}\n${helpAdvice(command)}`)
    : { ending, message };
}

/** `Try: golem-discovery find --help`. */
export function helpAdvice(command: Command): string {
  const names = [command.parent?.name(), command.name()].filter((name) => name !== undefined);
  return `Try: ${names.join(' ')} --help`;
}

function examplesText(examples: SubcommandParts<OptionValues>['examples']): string {
  return examples.map(([purpose, line]) => `  # ${purpose}\n  ${line}`).join('\n');
}
