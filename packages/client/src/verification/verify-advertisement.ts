/**
 * Checks one advertisement of an answer against its proof. Invariant: what comes out says what a
 * key signed for this network and nothing else; whatever the hub altered, swapped, invented or
 * dug up is rejected. Loaded apart from the rest, since most of its weight is curves.
 */
import type {
  Advertisement,
  AdvertisementBody,
  Estimate,
  ProblemDetail,
  Proof,
} from 'golem-vm-discovery-protocol';
import {
  estimatePrice,
  parseProviderId,
  quote,
  readProof,
  type SignedAdvertisement,
} from 'golem-vm-discovery-protocol/proof';
import { disagreements } from './disagreement.js';
import { contradiction, staleness } from './plausible-times.js';
import { unmet, type Asked } from './satisfaction.js';
import type { Rejection, VerifiedAdvertisement } from './verified-advertisement.js';

/** Against what an answer is checked. */
export interface Expectation {
  readonly network: string;
  readonly maxAgeMs: number;
  /** Unix milliseconds. */
  readonly nowMs: number;
  readonly asked: Asked;
  /** The provider that was asked for, in any form of its id, where it was one alone. */
  readonly providerId?: string;
}

/** An advertisement that holds, or why it does not. */
export type Verdict =
  | { readonly ok: true; readonly value: VerifiedAdvertisement }
  | { readonly ok: false; readonly rejection: Omit<Rejection, 'hub'> };

/** Checks one advertisement. Never throws, whatever the hub answered. Costs two to four milliseconds. */
export function verifyAdvertisement(answered: Advertisement, expected: Expectation): Verdict {
  const { proof } = answered;
  if (proof === undefined) return rejected(answered, NO_PROOF);
  const read = readProof(expected.network, { providerId: answered.provider_id, ...proof });
  if (!read.ok) return rejected(answered, read.problem.message);
  const details = differences(answered, read.value, expected);
  if (details.length > 0) {
    const list = details.map(({ field, message }) => `${field} ${message}`).join('; ');
    return rejected(answered, `its proof is of something else: ${list}`, details);
  }
  const reason = doubt(answered, read.value, expected);
  if (reason !== undefined) return rejected(answered, reason);
  return { ok: true, value: verified(answered, read.value, proof, expected) };
}

const NO_PROOF = 'it came without a proof: either no key has signed it, or the hub keeps it back';

function rejected(
  { provider_id }: Advertisement,
  reason: string,
  details: readonly ProblemDetail[] = [],
): Verdict {
  return { ok: false, rejection: { providerId: provider_id, reason, details } };
}

/** What the hub says otherwise than the provider, the price that it computed included. */
function differences(
  answered: Advertisement,
  { providerId, advertisement }: SignedAdvertisement,
  { asked }: Expectation,
): readonly ProblemDetail[] {
  const own = { field: 'provider_id', message: 'is not written in its canonical form' };
  return [
    ...(answered.provider_id === providerId ? [] : [own]),
    ...disagreements(answered, advertisement),
    ...wrongPrices(answered.estimate ?? {}, priceOf(advertisement, asked) ?? {}),
  ];
}

/** A price that was computed elsewhere may differ in the last digit that is shown. */
const ROUNDING = 2e-6;

/** What was answered as a price and is none; a hub may leave prices out. */
function wrongPrices(said: Partial<Estimate>, due: Partial<Estimate>): readonly ProblemDetail[] {
  return (['usd_per_month', 'usd_per_hour', 'glm_per_month'] as const)
    .filter((name) => said[name] !== undefined)
    .filter((name) => !(Math.abs((said[name] ?? 0) - (due[name] ?? Infinity)) <= ROUNDING))
    .map((name) => ({
      field: `estimate.${name}`,
      message: `is ${said[name]} in the answer, and ${due[name] ?? 'absent'} by what was signed`,
    }));
}

/** Why what is truly signed is still not to be relied upon. */
function doubt(
  answered: Advertisement,
  { providerId, t, advertisement }: SignedAdvertisement,
  { asked, nowMs, maxAgeMs, providerId: wanted = providerId }: Expectation,
): string | undefined {
  if (canonical(wanted) !== providerId) return 'another provider was asked for';
  const missing = unmet(asked, advertisement);
  if (missing !== undefined) {
    return `it does not satisfy ${missing}=${quote(String(asked[missing]))}`;
  }
  if (!answered.verified) return 'the hub calls it unverified, though a key speaks for it';
  return staleness(t, nowMs, maxAgeMs) ?? contradiction(answered, t);
}

function canonical(providerId: string): string | undefined {
  const parsed = parseProviderId(providerId);
  return parsed.ok ? parsed.value.id : undefined;
}

/** The price of the asked shape by the signed prices, where a whole shape was asked for. */
function priceOf(
  { pricing }: AdvertisementBody,
  { cpu, memory, storage }: Asked,
): Estimate | undefined {
  if (cpu === undefined || memory === undefined || storage === undefined) return undefined;
  return estimatePrice({ cpu, memory, storage }, pricing);
}

function verified(
  { created_at, updated_at, expires_at }: Advertisement,
  { providerId, t, advertisement }: SignedAdvertisement,
  proof: Proof,
  { asked }: Expectation,
): VerifiedAdvertisement {
  const estimate = priceOf(advertisement, asked);
  return {
    provider_id: providerId,
    ...advertisement,
    signed_at: new Date(t).toISOString(),
    verified: true,
    ...(estimate !== undefined && { estimate }),
    proof: { signature: proof.signature, body: proof.body },
    unproven: { created_at, updated_at, expires_at },
  };
}
