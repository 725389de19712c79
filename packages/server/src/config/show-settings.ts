/** How settings are shown: the help of the command, the effective settings, the reference page. All three come from the table. */
import { quoteGiven, redactSecrets } from './redaction.js';
import type { GivenSetting } from './read-settings.js';
import { flagOf, SETTING_GROUPS } from './setting.js';
import { type AnySetting, SETTING_LIST } from './settings.js';

/** A terminal has 80 columns, and the last one is left free. */
const COLUMNS = 79;
const INDENT = ' '.repeat(6);

/** The settings as `--help` shows them: grouped, each with its flag, variable, default and what is allowed; at most 79 columns. */
export function helpText(): string {
  const groups = SETTING_GROUPS.map((group) => {
    const settings = SETTING_LIST.filter((setting) => setting.group === group);
    return [`${group}:`, ...settings.flatMap(helpOf)].join('\n');
  });
  return groups.join('\n\n');
}

function helpOf(setting: AnySetting): string[] {
  return [
    `  ${flagOf(setting)} <value>  (or ${setting.variable})`,
    ...wrap(`${setting.summary} (default: ${shownDefault(setting)})`),
    ...wrap(`allowed: ${setting.allowed}`),
  ];
}

function shownDefault({ defaultText }: AnySetting): string {
  return defaultText === '' ? 'nothing' : defaultText;
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && INDENT.length + longer.length > COLUMNS) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line].map((content) => INDENT + content);
}

/** The settings in force, a line each, as a shell would take them, with where each came from. Passwords are not shown. */
export function effectiveText(given: readonly GivenSetting[]): string {
  return given
    .map(({ setting, text, origin }) => `${setting.variable}=${shellWord(text)}  # ${origin}`)
    .join('\n');
}

function shellWord(text: string): string {
  const shown = redactSecrets(text);
  return /^[\w./:,@*-]*$/.test(shown) ? shown : quoteGiven(shown);
}

/** docs/settings.md, whole. */
export function referencePage(): string {
  const head = [
    '# Settings',
    '',
    '<!-- Made from packages/server/src/config/settings.ts by `npm run docs`; a test compares the two. -->',
    '',
    'All settings are optional. A flag overrides its variable, a variable overrides the same line of a',
    '`.env` file in the working directory, and that overrides the default. A value that is not allowed, or a',
    '`DISCOVERY_` variable that does not exist, refuses the start, and every fault is named at once.',
    '`golem-discovery-server config` prints what is in force and where it came from.',
  ];
  const groups = SETTING_GROUPS.flatMap((group) => [
    '',
    `## ${group}`,
    ...SETTING_LIST.filter((setting) => setting.group === group).flatMap(sectionOf),
  ]);
  return `${[...head, ...groups].join('\n')}\n`;
}

function sectionOf(setting: AnySetting): string[] {
  const initial = setting.defaultText === '' ? 'nothing' : `\`${setting.defaultText}\``;
  return [
    '',
    `### \`${setting.variable}\``,
    '',
    `${capitalised(setting.summary)}.`,
    '',
    `- Flag: \`${flagOf(setting)}\``,
    `- Default: ${initial}`,
    `- Allowed: ${setting.allowed}`,
    '',
    setting.trade,
  ];
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
