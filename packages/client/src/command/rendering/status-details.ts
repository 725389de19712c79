/** What `status` shows: how a provider stands, all harmless. */
import type { ProviderStatus } from 'golem-vm-discovery-protocol';
import type { Output } from '../surroundings.js';
import { ageText, countText, usdPerMonthText } from './amounts.js';
import { coloursOf } from './colours.js';
import type { Detail } from './details.js';
import { neutralText } from './neutral-text.js';

/** `nowMs` is Unix milliseconds. */
export function statusDetails(
  answer: ProviderStatus,
  out: Output,
  nowMs: number,
): readonly Detail[] {
  const { good, bad } = coloursOf(out);
  const { provider_id, state, message, verified, last_refusal } = answer;
  const isListed = state === 'listed';
  return [
    ['provider', neutralText(provider_id)],
    ['state', (isListed ? good : bad)(`${isListed ? '✓' : '✗'} ${neutralText(state)}`)],
    ['', ...sentences(message)],
    ['listed', ...listedLines(answer, nowMs)],
    ['ended', ...(answer.ended_at === undefined ? [] : [agoText(answer.ended_at, nowMs)])],
    ['signed', ...(verified === undefined ? [] : [verified ? '✓ by its key' : 'no'])],
    ['price', ...priceLines(answer)],
    [
      'refused',
      ...(last_refusal === undefined
        ? []
        : [
            neutralText(
              `${last_refusal.code}, ${agoText(last_refusal.at, nowMs)}: ${last_refusal.message}`,
            ),
          ]),
    ],
  ];
}

/** A line each: a paragraph would wrap below its label. */
function sentences(message: string): readonly string[] {
  return neutralText(message)
    .split(/(?<=[.!?]) (?=[A-Z])/)
    .filter((text) => text !== '');
}

function listedLines({ since, renewed_at, until }: ProviderStatus, nowMs: number): string[] {
  if (since === undefined || renewed_at === undefined || until === undefined) return [];
  const seconds = Math.max(0, Math.round((Date.parse(until) - nowMs) / 1_000));
  const age = ageText(nowMs - Date.parse(since));
  return [
    `for ${age}, renewed ${agoText(renewed_at, nowMs)}, its lease lasts another ${countText(seconds)} s`,
  ];
}

/** How that ranks is among the sentences of the hub. */
function priceLines({ price_rank }: ProviderStatus): string[] {
  if (price_rank === undefined) return [];
  return [`$${usdPerMonthText(price_rank.usd_per_month)} a month for all of it`];
}

function agoText(time: string, nowMs: number): string {
  return `${ageText(nowMs - Date.parse(time))} ago`;
}
