/** Completion for fish: a line for each word that there is. */
import type { CompletedCommand, CompletedOption } from './completion-model.js';

/** The script, to be sourced or put into `~/.config/fish/completions/`. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  return `# fish completion for golem-discovery
# for this shell:   golem-discovery completion fish | source
# for every shell:  golem-discovery completion fish > ~/.config/fish/completions/golem-discovery.fish
complete -c golem-discovery -f
${commands.flatMap(commandLines).join('\n')}
`;
}

function commandLines({ name, summary, options, words }: CompletedCommand): string[] {
  const inside = `complete -c golem-discovery -n '__fish_seen_subcommand_from ${name}'`;
  return [
    `complete -c golem-discovery -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ...(words.length > 0 ? [`${inside} -a ${quoted(words.join(' '))}`] : []),
    ...options.map((option) => `${inside} ${optionWords(option)}`),
  ];
}

function optionWords({ flags, description, value }: CompletedOption): string {
  const names = flags.map((flag) =>
    flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
  );
  return [...names, ...valueWords(value), '-d', quoted(description)].join(' ');
}

function valueWords(value: CompletedOption['value']): string[] {
  if (value === undefined) return [];
  return value.length > 0 ? ['-x', '-a', quoted(value.join(' '))] : ['-r', '-F'];
}

/** Fish knows two escapes inside single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}
