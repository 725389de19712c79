/** The market in numbers for people: bars and a line of the last days. In a pipe there are numbers alone. */
import type { Stats } from 'golem-vm-discovery-protocol';
import type { Output } from '../surroundings.js';
import { coresText, countText, gigabytesText } from './amounts.js';
import { countryLabel } from './country-label.js';
import { type Detail, detailsText } from './details.js';
import { barText, sparkText } from './graphs.js';
import { neutralText } from './neutral-text.js';
import type { Column } from './table.js';
import { tableText } from './table-text.js';

const BAR_COLUMNS = 16;
/** More groups than this are summed up: a screen is 24 lines. */
const GROUPS_SHOWN_MAX = 12;
/** Of the sparkline: two days, or half a line. */
const HOURS_SHOWN_MAX = 48;

/** Lines that end in a line feed. */
export function statsText(stats: Stats, out: Output): string {
  const isPiped = out.columns() === undefined;
  const countries = stats.countries.map((sum) => ({ name: countryLabel(sum.country), ...sum }));
  const platforms = stats.platforms.map((sum) => ({
    name: sum.platform === null ? '(not said)' : neutralText(sum.platform),
    ...sum,
  }));
  return [
    detailsText(totals(stats), out),
    tableText(priceColumns(), priceRows(stats), out),
    groupText('COUNTRY', countries, out, isPiped),
    groupText('PLATFORM', platforms, out, isPiped),
    detailsText(trafficDetails(stats, isPiped), out),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function totals({ providers, verified_share, resources }: Stats): readonly Detail[] {
  const share = Math.floor(verified_share * 1_000) / 10;
  const verified = providers === 0 ? '' : `, ${share}% of them verified`;
  return [
    ['providers', countText(providers) + verified],
    [
      'offer',
      `${coresText(resources.cpu)}, ${gigabytesText(resources.memory)} of memory, ${gigabytesText(resources.storage)} of storage`,
    ],
  ];
}

interface PriceRow {
  readonly what: string;
  readonly providers: number;
  readonly levels: Stats['prices']['usd_per_core_month'];
}

function priceRows({ priced, prices, shapes }: Stats): readonly PriceRow[] {
  const units: readonly PriceRow[] = [
    { what: 'a core', providers: priced, levels: prices.usd_per_core_month },
    { what: 'a GB of memory', providers: priced, levels: prices.usd_per_gb_ram_month },
    { what: 'a GB of storage', providers: priced, levels: prices.usd_per_gb_storage_month },
  ];
  const whole = shapes.map(
    ({ name, resources: { cpu, memory, storage }, providers, usd_per_month }) => ({
      what: `${neutralText(name)}: ${cpu} + ${memory} GB + ${storage} GB`,
      providers,
      levels: usd_per_month,
    }),
  );
  return [...units, ...whole].filter(({ levels }) => levels !== undefined);
}

function priceColumns(): readonly Column<PriceRow>[] {
  return [
    { title: '$/MONTH FOR', cell: ({ what }) => what },
    levelColumn('CHEAP', 'p10'),
    levelColumn('MEDIAN', 'median'),
    levelColumn('DEAR', 'p90'),
    { title: 'PROVIDERS', align: 'right', cell: ({ providers }) => countText(providers) },
  ];
}

function levelColumn(title: string, name: 'p10' | 'median' | 'p90'): Column<PriceRow> {
  return {
    title,
    align: 'right',
    cell: ({ levels }) => (levels === undefined ? '-' : String(levels[name])),
  };
}

type Group = Pick<Stats, 'providers' | 'verified' | 'resources'> & { readonly name: string };

function groupText(title: string, groups: readonly Group[], out: Output, isPiped: boolean): string {
  const most = Math.max(1, ...groups.map(({ providers }) => providers));
  const bar: Column<Group> = {
    title: '',
    cell: ({ providers }) => barText(providers / most, BAR_COLUMNS),
  };
  const shown = isPiped ? groups : groups.slice(0, GROUPS_SHOWN_MAX);
  const columns: readonly Column<Group>[] = [
    { title, cell: ({ name }) => name, widthMax: 24 },
    { title: 'PROVIDERS', align: 'right', cell: ({ providers }) => countText(providers) },
    ...(isPiped ? [] : [bar]),
    { title: 'CORES', align: 'right', cell: ({ resources }) => countText(resources.cpu) },
    { title: 'MEMORY', align: 'right', cell: ({ resources }) => gigabytesText(resources.memory) },
    { title: 'STORAGE', align: 'right', cell: ({ resources }) => gigabytesText(resources.storage) },
  ];
  const rest = groups.length - shown.length;
  return tableText(columns, shown, out) + (rest > 0 ? `and ${countText(rest)} more\n` : '');
}

function trafficDetails({ traffic }: Stats, isPiped: boolean): readonly Detail[] {
  const hours = traffic.slice(-HOURS_SHOWN_MAX);
  const arrived = hours.map((hour) => hour.arrived);
  const left = hours.map((hour) => hour.withdrawn + hour.expired);
  const span = hours.length === 1 ? 'this hour' : `the last ${hours.length} hours`;
  const line = (amounts: readonly number[]) => {
    const total = amounts.reduce((sum, amount) => sum + amount, 0);
    const text = `${countText(total)} in ${span}`;
    return isPiped ? text : `${sparkText(amounts)} ${text}`;
  };
  return [
    ['arrived', line(arrived)],
    ['left', line(left)],
  ];
}
