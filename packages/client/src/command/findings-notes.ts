/** What is said besides a table, on standard error: how many there are, what a sign means, what to do next. */
import type { DiscoveryClient } from '../discovery-client.js';
import type { Rejection } from '../verification/verified-advertisement.js';
import { requirementsText } from './options/requirement-options.js';
import { coresText, countText, providersText } from './rendering/amounts.js';
import { coloursOf } from './rendering/colours.js';
import { neutralText } from './rendering/neutral-text.js';
import type { Search } from './searching.js';
import type { Output } from './surroundings.js';
import { tryText } from './try-text.js';

/** What is known when everything was shown. */
export interface Tally {
  /** How many were shown. */
  readonly shown: number;
  /** How many match, by the word of the hub. */
  readonly matching: number;
  /** How many were left out, since their proofs don't hold. */
  readonly rejected: number;
  readonly hub: string;
  readonly warming: boolean;
}

const ORDERS: Readonly<Record<Search['sort'], string>> = {
  uptime: 'longest listed first',
  price: 'cheapest first',
  cpu: 'most cores first',
  memory: 'most memory first',
  storage: 'most storage first',
};

/** Lines below a table; each ends in a line feed. */
export function notesText(search: Search, tally: Tally, err: Output): string {
  const { faint } = coloursOf(err);
  const notes = [summary(search, tally), prices(search), rest(search, tally), absences(tally)];
  const lines = notes.filter((note) => note !== '').map((note) => `${faint(note)}\n`);
  return (err.isTerminal ? '\n' : '') + lines.join('');
}

function summary({ sort, verify }: Search, { shown, matching }: Tally): string {
  const count =
    matching > shown ? `${countText(shown)} of ${providersText(matching)}` : providersText(shown);
  const sign = verify
    ? 'checked here against what its provider signed'
    : 'signed by its provider, says the hub';
  return `${count}, ${ORDERS[sort]}. ✓ ${sign}.`;
}

function prices({ requirements: { cpu, memory, storage } }: Search): string {
  return cpu === undefined || memory === undefined || storage === undefined
    ? 'Prices are for all that is offered; for a shape give --cpu, --memory and --storage.'
    : `Prices are for ${coresText(cpu)}, ${memory} GB of memory and ${storage} GB of storage.`;
}

function rest({ limit }: Search, { shown, matching }: Tally): string {
  return limit !== undefined && matching > shown ? '--all shows the rest.' : '';
}

function absences({ warming }: Tally): string {
  return warming ? 'This hub started a short while ago: some providers may not be back yet.' : '';
}

/** Why there is nothing to show, and what would help. Rejects as the client does. */
export async function noMatchText(
  client: DiscoveryClient,
  { requirements: given, verify }: Search,
  tally: Tally,
): Promise<string> {
  // Who signed nothing can't be checked, and was not asked for.
  const requirements = verify ? { ...given, verified: true as const } : given;
  const asked = requirementsText(requirements);
  const found =
    asked === ''
      ? `No provider is listed at ${tally.hub}.`
      : `No provider that is listed at ${tally.hub} has ${asked}.`;
  const lines = [found, ...(await adviceLines(client, requirements)), absences(tally)];
  return lines.filter((line) => line !== '').join('\n');
}

async function adviceLines(
  client: DiscoveryClient,
  requirements: Search['requirements'],
): Promise<readonly string[]> {
  const { listed, relaxation, nearest } = await client.explain(requirements);
  if (listed === 0) return ['For some who come and go: golem-discovery simulate --providers 25'];
  const why = `Why: golem-discovery explain ${requirementsText(requirements)}`.trimEnd();
  if (relaxation === undefined) {
    const fewest = nearest[0]?.missing.length ?? 0;
    return [
      `${countText(listed)} listed, but no change of one requirement is enough: even the nearest misses ${fewest}.`,
      why,
    ];
  }
  return [neutralText(relaxation.message), tryText(relaxation.query), why];
}

/** An advertisement that does not hold, on a line. */
export function rejectionText({ providerId, reason }: Rejection): string {
  return neutralText(`left out ${providerId}: ${reason}`);
}

/** What to make of a hub that answered with such. */
export function unprovenText({ rejected, hub }: Tally): string {
  const what =
    rejected === 1
      ? '1 advertisement does not hold, and is left out'
      : `${countText(rejected)} advertisements do not hold, and are left out`;
  return `${what}: do not rely on what ${hub} says.\nIs --network the network of this hub? Ask another with --hub, and tell whoever runs this one.`;
}
