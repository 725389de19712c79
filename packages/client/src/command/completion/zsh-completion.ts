/** Completion for zsh, with a line of explanation for each word. */
import type { CompletedCommand, CompletedOption } from './completion-model.js';

/** The script: sourced, or put as `_golem_discovery` into a folder of `$fpath`. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  return `#compdef golem-discovery
# zsh completion for golem-discovery
# for this shell:   source <(golem-discovery completion zsh)
# for every shell:  golem-discovery completion zsh > "\${fpath[1]}/_golem_discovery"
_golem_discovery() {
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${commands.map(commandCase).join('\n')}
  esac
}
if [ "$funcstack[1]" = "_golem_discovery" ]; then
  _golem_discovery "$@"
else
  compdef _golem_discovery golem-discovery
fi
`;
}

function commandCase({ name, options, words }: CompletedCommand): string {
  const specs = options.flatMap(optionSpecs);
  const argument = words.length > 0 ? [quoted(`1:what:(${words.join(' ')})`)] : [];
  return `    ${name}) _arguments ${[...specs, ...argument].join(' \\\n      ')} ;;`;
}

function optionSpecs({ flags, description, value }: CompletedOption): string[] {
  return flags.map((flag) => {
    const text = `${flag}[${description.replaceAll(/[[\]:\\]/g, String.raw`\$&`)}]`;
    if (value === undefined) return quoted(text);
    return quoted(`${text}:value:${value.length > 0 ? `(${value.join(' ')})` : '_files'}`);
  });
}

/** A word in single quotes, as every shell of that family takes it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
