/**
 * The columns of a pipe, for good: new ones are added before the last. No units in the cells and no
 * spaces, the last column apart, so that `awk '{print $1}'` means what it says.
 */
import type { Advertisement } from 'golem-vm-discovery-protocol';
import { type AdvertisementColumn, NOTHING, shownOr, shownPrice } from './advertisement-columns.js';
import { neutralText } from './neutral-text.js';

/** All of them. `nowMs` is Unix milliseconds, for ages. */
export function pipedColumns(nowMs: number): readonly AdvertisementColumn[] {
  return [
    wordColumn('PROVIDER', ({ provider_id }) => provider_id),
    wordColumn('ADDRESS', ({ ip_address }) => ip_address),
    wordColumn('COUNTRY', ({ country }) => country),
    numberColumn('CPU', ({ resources }) => resources.cpu),
    numberColumn('MEMORY_GB', ({ resources }) => resources.memory),
    numberColumn('STORAGE_GB', ({ resources }) => resources.storage),
    wordColumn('PLATFORM', ({ platform }) => platform),
    numberColumn('USD_PER_MONTH', (row) => shownPrice(row)?.usd_per_month),
    numberColumn('USD_PER_HOUR', (row) => shownPrice(row)?.usd_per_hour),
    wordColumn('VERIFIED', ({ verified }) => (verified ? 'yes' : 'no')),
    numberColumn('AGE_SECONDS', ({ created_at }) => ageSeconds(nowMs, created_at)),
    { title: 'NAME', cell: ({ provider_name }) => neutralText(provider_name ?? NOTHING) },
  ];
}

function wordColumn(
  title: string,
  value: (row: Advertisement) => string | undefined,
): AdvertisementColumn {
  return { title, cell: (row) => wordText(value(row)) };
}

function numberColumn(
  title: string,
  value: (row: Advertisement) => number | undefined,
): AdvertisementColumn {
  return { title, align: 'right', cell: (row) => shownOr(value(row), String) };
}

/** One word, whatever a hub says. */
function wordText(text: string | undefined): string {
  return text === undefined || text === '' ? NOTHING : neutralText(text).replaceAll(' ', '�');
}

function ageSeconds(nowMs: number, createdAt: string): number {
  return Math.max(0, Math.floor((nowMs - Date.parse(createdAt)) / 1_000));
}
