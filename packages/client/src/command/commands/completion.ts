/** `golem-discovery completion`: prints a script that completes words in a shell. */
import { Argument, type Command } from 'commander';
import { bashCompletion } from '../completion/bash-completion.js';
import { completedCommands, type CompletedCommand } from '../completion/completion-model.js';
import { fishCompletion } from '../completion/fish-completion.js';
import { zshCompletion } from '../completion/zsh-completion.js';
import { DONE, ended } from '../exit-codes.js';
import { subcommand } from '../subcommand.js';

const SHELLS: Readonly<Record<string, (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

export const completion = subcommand({
  name: 'completion',
  summary: 'print a script that completes words in your shell',
  description: 'Prints a script that completes commands, options and their values.',
  examples: [
    ['for this shell', 'source <(golem-discovery completion bash)'],
    ['for every new one', 'golem-discovery completion bash >> ~/.bashrc'],
    ['the same for fish', 'golem-discovery completion fish | source'],
  ],
  configure(command: Command) {
    command.addArgument(new Argument('<shell>', 'your shell').choices(Object.keys(SHELLS)));
  },
  async run(_options, { out }, { words: [shell = ''], program }) {
    const script = SHELLS[shell];
    if (script === undefined) return ended('usage', `there is no completion for ${shell}`);
    out.write(script(completedCommands(program)));
    return DONE;
  },
});
