/**
 * What a watch tells, as a line: for people what happened, to whom and what that is, within the width of the
 * terminal; in a pipe the name of the event and the columns of a pipe.
 */
import type { Advertisement } from 'golem-vm-discovery-protocol';
import type { WatchEvent } from '../../watching/watch-event.js';
import type { Output } from '../surroundings.js';
import { shownPrice } from './advertisement-columns.js';
import { coresText, gigabytesText, usdPerMonthText } from './amounts.js';
import { coloursOf } from './colours.js';
import { countryLabel } from './country-label.js';
import { neutralText } from './neutral-text.js';
import { pipedColumns } from './piped-columns.js';
import { shortId } from './short-id.js';
import { shortenText } from './text-width.js';

/** What can be told; bookmarks are for programs. */
export type Change = Exclude<WatchEvent, { readonly event: 'bookmark' }>;

/** Wide enough for the longest name of an event, and for the longest short id. */
const NAME_CHARS = 10;
const ID_CHARS = 11;

/** A line without its line feed; `nowMs` is Unix milliseconds. */
export function changeLine(change: Change, out: Output, nowMs: number): string {
  const columns = out.columns();
  return columns === undefined ? pipedLine(change, nowMs) : spokenLine(change, out, columns, nowMs);
}

function pipedLine(change: Change, nowMs: number): string {
  if (change.event === 'reset') return 'reset';
  const name = change.event.padEnd(NAME_CHARS);
  if ('providerId' in change) return `${name} ${neutralText(change.providerId)}`;
  const cells = pipedColumns(nowMs).map((column) => column.cell(change.advertisement));
  return [name, ...cells].join(' ');
}

function spokenLine(change: Change, out: Output, columns: number, nowMs: number): string {
  const { good, bad, strong } = coloursOf(out);
  const time = new Date(nowMs).toTimeString().slice(0, 8);
  const name = change.event.padEnd(NAME_CHARS);
  const rest = shortenText(aboutText(change), columns - time.length - NAME_CHARS - 4);
  const paint = change.event === 'advertised' ? good : 'advertisement' in change ? strong : bad;
  return `${time}  ${paint(name)}  ${rest}`.trimEnd();
}

function aboutText(change: Change): string {
  if (change.event === 'reset') return 'what was known is void, and told anew';
  if ('providerId' in change) return shortId(change.providerId);
  const { provider_id, provider_name } = change.advertisement;
  const id = shortId(provider_id).padEnd(ID_CHARS);
  const words = [id, ...offerWords(change.advertisement), neutralText(provider_name ?? '')];
  return words.join('  ').trimEnd();
}

function offerWords(advertisement: Advertisement): readonly string[] {
  const { country, resources } = advertisement;
  const { cpu, memory, storage } = resources;
  const price = shownPrice(advertisement)?.usd_per_month;
  return [
    countryLabel(country),
    [coresText(cpu), gigabytesText(memory), gigabytesText(storage)].join(', '),
    ...(price === undefined ? [] : [`$${usdPerMonthText(price)} a month`]),
  ];
}
