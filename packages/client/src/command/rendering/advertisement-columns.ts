/** The columns that an advertisement can be shown in. Each cell is harmless text, whatever the hub said. */
import { type Advertisement, type Estimate, estimatePrice } from 'golem-vm-discovery-protocol';
import { ageText, gigabytesText, usdPerHourText, usdPerMonthText } from './amounts.js';
import type { Colours } from './colours.js';
import { countryLabel } from './country-label.js';
import { neutralText } from './neutral-text.js';
import { shortId } from './short-id.js';
import type { Column } from './table.js';

/** A column of a table of advertisements. */
export type AdvertisementColumn = Column<Advertisement>;

/** What stands where there is no value. */
export const NOTHING = '-';

/** The price of the asked shape or, where no whole shape was asked for, of all that is offered. */
export function shownPrice(advertisement: Advertisement): Estimate | undefined {
  return advertisement.estimate ?? estimatePrice(advertisement.resources, advertisement.pricing);
}

/** Whether a key speaks for it. */
export function markColumn(colours: Colours): AdvertisementColumn {
  return {
    title: '',
    cell: ({ verified }) => (verified ? '✓' : '·'),
    look: ({ verified }) => (verified ? colours.good : colours.faint),
  };
}

/** Code and name. */
export function countryColumn(widthMax: number): AdvertisementColumn {
  return { title: 'COUNTRY', cell: ({ country }) => countryLabel(country), widthMax };
}

export const COUNTRY_CODE_COLUMN: AdvertisementColumn = {
  title: 'COUNTRY',
  cell: ({ country }) => neutralText(country),
};

/** Cores, memory and storage: with their units for people. */
export const SIZE_COLUMNS: readonly AdvertisementColumn[] = [
  { title: 'CPU', align: 'right', cell: ({ resources }) => String(resources.cpu) },
  { title: 'MEMORY', align: 'right', cell: ({ resources }) => gigabytesText(resources.memory) },
  { title: 'STORAGE', align: 'right', cell: ({ resources }) => gigabytesText(resources.storage) },
];

export function monthColumn(colours: Colours): AdvertisementColumn {
  return {
    title: '$/MONTH',
    align: 'right',
    cell: (row) => shownOr(shownPrice(row)?.usd_per_month, usdPerMonthText),
    look: () => colours.strong,
  };
}

export const HOUR_COLUMN: AdvertisementColumn = {
  title: '$/HOUR',
  align: 'right',
  cell: (row) => shownOr(shownPrice(row)?.usd_per_hour, usdPerHourText),
};

/** A number as text, or what stands for none. */
export function shownOr(amount: number | undefined, text: (amount: number) => string): string {
  return amount === undefined ? NOTHING : text(amount);
}

/** How long it has been listed without a break. */
export function ageColumn(nowMs: number, colours: Colours): AdvertisementColumn {
  return {
    title: 'AGE',
    align: 'right',
    cell: ({ created_at }) => ageText(nowMs - Date.parse(created_at)),
    look: () => colours.faint,
  };
}

export const ADDRESS_COLUMN: AdvertisementColumn = {
  title: 'ADDRESS',
  cell: ({ ip_address }) => neutralText(ip_address),
};

export const PROVIDER_COLUMN: AdvertisementColumn = {
  title: 'PROVIDER',
  cell: ({ provider_id }) => neutralText(provider_id),
};

/** Addresses whole, and of the longer did:keys what tells them apart. */
export const WHOLE_ADDRESS_COLUMN: AdvertisementColumn = {
  title: 'PROVIDER',
  cell: ({ provider_id }) =>
    provider_id.startsWith('0x') ? neutralText(provider_id) : shortId(provider_id),
  widthMax: 42,
};

export const SHORT_PROVIDER_COLUMN: AdvertisementColumn = {
  title: 'PROVIDER',
  cell: ({ provider_id }) => shortId(provider_id),
};

/** What the provider calls itself: the only column that anybody can write anything in, and so the last. */
export function nameColumn(widthMax: number): AdvertisementColumn {
  return {
    title: 'NAME',
    cell: ({ provider_name }) => neutralText(provider_name ?? ''),
    widthMax,
  };
}
