/** What is looked for, in a line that people can read. Pure. */
import type { Requirements } from 'golem-vm-discovery-protocol';
import { countryLabel } from './countries.js';
import { formatUsd } from './formats.js';
import { WORDS } from './words.js';

/** So many countries are told by their names. */
const NAMED_MAX = 3;

/** `4 cores, 8 GB memory, Finland or Sweden`; empty where everything is looked for. */
export function searchText(requirements: Requirements): string {
  const { amount, signed, atMost } = WORDS.search;
  const { cpu, memory, storage, country, platform, verified, max_usd_per_month } = requirements;
  const parts = [
    cpu && amount.cpu(cpu),
    memory && amount.memory(memory),
    storage && amount.storage(storage),
    country && countriesText(country),
    platform,
    verified && signed,
    max_usd_per_month !== undefined && atMost(formatUsd(max_usd_per_month)),
  ];
  return parts.filter((part) => typeof part === 'string').join(', ');
}

function countriesText(codes: readonly string[]): string {
  const { or, countries } = WORDS.search;
  return codes.length > NAMED_MAX ? countries(codes.length) : codes.map(countryLabel).join(or);
}
