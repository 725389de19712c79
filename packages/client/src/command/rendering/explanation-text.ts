/** An explanation for people: what each requirement rules out, and who comes nearest. In a pipe there are no bars. */
import type { Explanation, NearMiss, Requirements } from 'golem-vm-discovery-protocol';
import { requirementText } from '../options/requirement-options.js';
import type { Output } from '../surroundings.js';
import { countText, gigabytesText, usdPerMonthText } from './amounts.js';
import { type Colours, coloursOf } from './colours.js';
import { barText } from './graphs.js';
import { neutralText } from './neutral-text.js';
import { shortId } from './short-id.js';
import type { Column } from './table.js';
import { tableText } from './table-text.js';

const BAR_COLUMNS = 16;

/** Lines that end in a line feed. */
export function explanationText(
  explanation: Explanation,
  requirements: Requirements,
  out: Output,
): string {
  const colours = coloursOf(out);
  const { message, listed, requirements: effects, nearest } = explanation;
  const isPiped = out.columns() === undefined;
  return [
    `${neutralText(message)}\n`,
    tableText(effectColumns(listed, requirements, colours, isPiped), effects, out),
    nearest.length === 0 ? '' : `${colours.faint('What comes nearest without matching:')}\n`,
    tableText(nearColumns(isPiped), nearest, out),
  ]
    .filter((part) => part !== '')
    .join('\n')
    .replace(':\n\n', ':\n');
}

type Effect = Explanation['requirements'][number];

function effectColumns(
  listed: number,
  requirements: Requirements,
  { bad }: Colours,
  isPiped: boolean,
): readonly Column<Effect>[] {
  const share: Column<Effect> = {
    title: 'RULES OUT',
    cell: ({ rules_out }) => barText(listed === 0 ? 0 : rules_out / listed, BAR_COLUMNS),
    look: ({ matching_without }) => (matching_without > 0 ? bad : (text) => text),
  };
  return [
    {
      title: 'REQUIREMENT',
      cell: ({ requirement }) => neutralText(requirementText(requirement, requirements)),
    },
    ...(isPiped ? [] : [share]),
    { title: isPiped ? 'RULES_OUT' : 'OF ALL', ...count(({ rules_out }) => rules_out) },
    { title: 'ALONE', ...count(({ rules_out_alone }) => rules_out_alone) },
    { title: 'WITHOUT_IT', ...count(({ matching_without }) => matching_without) },
  ];
}

function count(amount: (effect: Effect) => number) {
  return { align: 'right', cell: (effect: Effect) => countText(amount(effect)) } as const;
}

function nearColumns(isPiped: boolean): readonly Column<NearMiss>[] {
  return [
    {
      title: 'PROVIDER',
      cell: ({ provider_id }) => (isPiped ? neutralText(provider_id) : shortId(provider_id)),
    },
    { title: 'COUNTRY', cell: ({ country }) => neutralText(country) },
    { title: 'CPU', align: 'right', cell: ({ resources }) => String(resources.cpu) },
    { title: 'MEMORY', align: 'right', cell: ({ resources }) => gigabytesText(resources.memory) },
    { title: 'STORAGE', align: 'right', cell: ({ resources }) => gigabytesText(resources.storage) },
    {
      title: '$/MONTH',
      align: 'right',
      cell: ({ usd_per_month }) =>
        usd_per_month === undefined ? '-' : usdPerMonthText(usd_per_month),
    },
    {
      title: 'LACKS',
      cell: ({ missing }) => neutralText(missing.map(({ message }) => message).join('; ')),
    },
  ];
}
