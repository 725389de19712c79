/** Completion for bash: one function, and nothing of the package `bash-completion`. */
import type { CompletedCommand } from './completion-model.js';

/** The script, to be sourced. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  return `# bash completion for golem-discovery
# for this shell:   source <(golem-discovery completion bash)
# for every shell:  golem-discovery completion bash >> ~/.bashrc
_golem_discovery() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} words=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${commands.map(({ name }) => name).join(' ')} help --help --version"
  else
    case "\${COMP_WORDS[1]} $before" in
${commands.flatMap(valueCases).join('\n')}
    *) case "\${COMP_WORDS[1]}" in
${commands.map(commandCase).join('\n')}
      esac ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _golem_discovery golem-discovery
`;
}

/** After an option with a value come its choices, or, with none, the files that bash offers by itself. */
function valueCases({ name, options }: CompletedCommand): string[] {
  return options.flatMap(({ flags, value }) =>
    value === undefined
      ? []
      : [
          `    ${flags.map((flag) => `"${name} ${flag}"`).join('|')}) words="${value.join(' ')}" ;;`,
        ],
  );
}

function commandCase({ name, options, words }: CompletedCommand): string {
  const all = [...words, ...options.flatMap(({ flags }) => flags[0] ?? [])];
  return `      ${name}) words="${all.join(' ')}" ;;`;
}
