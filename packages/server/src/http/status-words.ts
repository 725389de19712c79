/** How a provider stands, as people read it: each sentence says what is the case, and what to do. */
import {
  countryName,
  parseProviderId,
  PROBLEMS,
  type PriceRank as ToldRank,
  type ProviderId,
  type ProviderStatus,
} from 'golem-vm-discovery-protocol';
import type { Refusal } from '../admission/contract.js';
import type { PriceRank } from '../matching/contract.js';
import type { ListedStanding, ProviderStanding } from '../registry/provider-standing.js';

/** What a sentence may have to say of the hub. */
export interface HubCircumstances {
  readonly network: string;
  readonly isWritable: boolean;
  /** Whether it lists providers that sign nothing. */
  readonly listsUnsigned: boolean;
}

/** The answer, from how a provider stands. */
export function statusOf(
  providerId: ProviderId,
  standing: ProviderStanding,
  hub: HubCircumstances,
): ProviderStatus {
  const { state, refusal } = standing;
  return {
    provider_id: providerId,
    state,
    message: messageOf(providerId, standing, hub),
    ...(state === 'listed' && listedFields(standing)),
    ...('endedMs' in standing && { ended_at: timeOf(standing.endedMs) }),
    ...(refusal && {
      last_refusal: { code: refusal.code, message: refusal.message, at: timeOf(refusal.atMs) },
    }),
  };
}

function listedFields({ verified, sinceMs, renewedMs, untilMs, priceRank }: ListedStanding) {
  return {
    verified,
    since: timeOf(sinceMs),
    renewed_at: timeOf(renewedMs),
    until: timeOf(untilMs),
    ...(priceRank && { price_rank: rankOf(priceRank) }),
  };
}

function rankOf({ usdPerMonth, ...rest }: PriceRank): ToldRank {
  return { ...rest, usd_per_month: Math.round(usdPerMonth * 1e6) / 1e6 };
}

function messageOf(
  providerId: ProviderId,
  standing: ProviderStanding,
  { network, isWritable, listsUnsigned }: HubCircumstances,
): string {
  const mayBeListed = listsUnsigned || isKey(providerId);
  const sentences = [
    ...sentencesOf(standing, network),
    ...(mayBeListed
      ? []
      : ['Only keys are listed here: an id is an Ethereum address or begins with did:key.']),
    ...(isWritable
      ? []
      : ['This hub can take no writes at the moment; until it can, nobody loses a lease.']),
  ];
  return sentences.join(' ');
}

function sentencesOf(standing: ProviderStanding, network: string): readonly string[] {
  const { refusal } = standing;
  const refused =
    refusal && `Its last refused request was ${refusal.code}: ${sentence(refusal.message)}`;
  switch (standing.state) {
    case 'listed':
      return listedSentences(standing);
    case 'withdrawn':
      return [`It was withdrawn at ${timeOf(standing.endedMs)}. Advertise again to be listed.`];
    case 'expired':
      return [
        `Its lease ran out, and was seen to at ${timeOf(standing.endedMs)}: no renewal was accepted in time.`,
        refused ?? 'Check that the provider runs and reaches this hub.',
        'Advertise again to be listed.',
      ];
    case 'unknown':
      return [
        'This hub does not list it, and remembers no listing of it.',
        refused ??
          `Check that it advertises to this hub, on the network ${network} and under exactly this id, and read what it is answered.`,
      ];
  }
}

function listedSentences(standing: ListedStanding & ProviderStanding): readonly string[] {
  const { untilMs, renewedMs, verified, priceRank, refusal } = standing;
  const until = timeOf(untilMs);
  const isInTrouble = refusal !== undefined && refusal.atMs > renewedMs;
  return [
    isInTrouble
      ? `It is listed until ${until}, but a request since its last renewal was refused, ${refusal.code}: ${sentence(refusal.message)} ${remedyOf(refusal)}`
      : `It is listed, until ${until} at least; each renewal extends that.`,
    ...(verified
      ? []
      : [
          'No key speaks for it: it comes after all that are verified, and is passed over where verified=true is asked for. Sign to change that.',
        ]),
    priceRank === undefined
      ? 'It does not give all three prices in dollars: it comes last by price, and is passed over where there is a cap.'
      : priceSentence(priceRank),
  ];
}

function isKey(providerId: ProviderId): boolean {
  const parsed = parseProviderId(providerId);
  return parsed.ok && parsed.value.scheme !== 'unsigned';
}

/** Some refusals are nobody's fault. */
function remedyOf({ code }: Refusal): string {
  return PROBLEMS[code].retry === 'later'
    ? 'It has to try again before then.'
    : 'Put that right before then.';
}

function priceSentence({ country, rank, of }: PriceRank): string {
  const place = countryName(country) ?? country;
  if (of === 1) return `Nobody else in ${place} could serve its shape at a price.`;
  return `By price it is number ${rank} of ${of} in ${place} that could serve its shape.`;
}

/** A message as a sentence that others may follow. */
function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

function timeOf(wallMs: number): string {
  return new Date(wallMs).toISOString();
}
