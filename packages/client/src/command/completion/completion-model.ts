/** What a shell needs to know to complete words, read off the program itself, so that it is never out of date. */
import type { Command, Option } from 'commander';

/** An option, as a shell sees it. */
export interface CompletedOption {
  /** `--sort`, `-h`. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Whether a value follows, and which there are to choose from; files where none are named. */
  readonly value: readonly string[] | undefined;
}

/** A command, as a shell sees it. */
export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** What its first argument may be, where that is known. */
  readonly words: readonly string[];
}

/** Reads the commands of a program. */
export function completedCommands(program: Command): readonly CompletedCommand[] {
  return program.commands.map((command) => ({
    name: command.name(),
    summary: command.summary(),
    options: [...command.options.map(completedOption), HELP],
    words: command.registeredArguments[0]?.argChoices ?? [],
  }));
}

const HELP: CompletedOption = {
  flags: ['--help', '-h'],
  description: 'show what it does',
  value: undefined,
};

function completedOption({
  long,
  short,
  description,
  required,
  argChoices,
}: Option): CompletedOption {
  return {
    flags: [long, short].filter((flag) => flag !== undefined && flag !== null),
    description,
    value: required ? (argChoices ?? []) : undefined,
  };
}
