/**
 * Rows as they travel from the worker at start, written and read side by side. The main thread
 * makes listings and memories of them: a few microseconds each.
 */
import type { AdvertisementBody, ProviderId } from 'golem-vm-discovery-protocol';
import type { InheritedListing, Memory, StoredProof, StoreLoader } from '../contract.js';
import { type FlatMessage, FlatReader, type FlatWriter } from './flat-message.js';
import { isEndKind, type ListingRow, type MemoryRow } from './rows.js';

export function writeListing(out: FlatWriter, row: ListingRow): void {
  const [providerId, ipAddress, country, resources, createdAt, updatedAt, ...more] = row;
  const [platform, pricing, providerName, , , t, expiresAtMs, source, grant] = more;
  out.text(providerId);
  out.text(ipAddress);
  out.text(country);
  out.text(resources);
  out.number(Date.parse(createdAt));
  out.number(Date.parse(updatedAt));
  out.text(platform);
  out.text(pricing);
  out.text(providerName);
  out.number(t);
  out.number(expiresAtMs);
  out.text(source);
  out.number(grant);
}

/** Gives some rows to whoever loads. */
export function handOver(
  kind: 'listings' | 'memories',
  rows: FlatMessage,
  loader: StoreLoader,
): void {
  const input = new FlatReader(rows);
  if (kind === 'listings') loader.listings(readListings(input));
  else loader.memories(readMemories(input));
}

/** Reads rows of listings until the message ends. */
function readListings(input: FlatReader): InheritedListing[] {
  const listings: InheritedListing[] = [];
  while (!input.finished) listings.push(readListing(input));
  return listings;
}

/** The proof in a row of a listing that is signed. */
export function writeProof(out: FlatWriter, row: ListingRow, signature: string): void {
  const [providerId, , , , , , , , , body, , , , , grant] = row;
  out.text(providerId);
  out.number(grant);
  out.text(body);
  out.text(signature);
}

/** Reads proofs until the message ends. */
export function readProofs(input: FlatReader): ReadonlyMap<ProviderId, StoredProof> {
  const proofs = new Map<ProviderId, StoredProof>();
  while (!input.finished) {
    const providerId = asProviderId(input.text());
    proofs.set(providerId, {
      grant: input.number(),
      body: input.text(),
      signature: input.text(),
    });
  }
  return proofs;
}

export function writeMemory(out: FlatWriter, row: MemoryRow): void {
  const [providerId, t, ended, endedAtMs] = row;
  out.text(providerId);
  out.number(t);
  out.text(ended);
  out.number(endedAtMs);
}

/** Reads rows of memories until the message ends. */
function readMemories(input: FlatReader): Memory[] {
  const memories: Memory[] = [];
  while (!input.finished) memories.push(readMemory(input));
  return memories;
}

/**
 * Renews the brand that a provider id had when it was stored. The checksum of its row has vouched
 * for it since; anything else here is a bug.
 */
export function asProviderId(text: string): ProviderId {
  if (!isStoredProviderId(text)) throw new TypeError('not a stored provider id');
  return text;
}

function isStoredProviderId(text: string): text is ProviderId {
  return text !== '';
}

function readListing(input: FlatReader): InheritedListing {
  const providerId = asProviderId(input.text());
  const known = {
    ip_address: input.text(),
    country: input.text(),
    resources: input.text(),
  };
  const createdAtMs = input.number();
  const updatedAtMs = input.number();
  const advertisement = readAdvertisement(known, input);
  const t = input.optionalNumber();
  const signed = t === undefined ? undefined : { t };
  const expiresAtMs = input.number();
  const source = input.text();
  const grant = input.number();
  const lease = { source, createdAtMs, updatedAtMs, expiresAtMs, grant };
  return { providerId, advertisement, signed, ...lease };
}

/** The JSON texts are those that `requests` made of a parsed advertisement. */
function readAdvertisement(
  known: { ip_address: string; country: string; resources: string },
  input: FlatReader,
): AdvertisementBody {
  const platform = input.optionalText();
  const pricing = input.optionalText();
  const providerName = input.optionalText();
  return {
    ip_address: known.ip_address,
    country: known.country,
    resources: parseAs(isResources, known.resources),
    ...(platform !== null && { platform }),
    ...(pricing !== null && { pricing: parseAs(isPricing, pricing) }),
    ...(providerName !== null && { provider_name: providerName }),
  };
}

/** Parses JSON that was made of a value of this type. */
export function parseAs<Value>(isValue: (value: unknown) => value is Value, text: string): Value {
  const value: unknown = JSON.parse(text);
  if (!isValue(value)) throw new TypeError(`not what was stored: ${text}`);
  return value;
}

function isResources(value: unknown): value is AdvertisementBody['resources'] {
  return (
    typeof value === 'object' &&
    value !== null &&
    'cpu' in value &&
    'memory' in value &&
    'storage' in value
  );
}

function isPricing(value: unknown): value is NonNullable<AdvertisementBody['pricing']> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readMemory(input: FlatReader): Memory {
  const providerId = asProviderId(input.text());
  const t = input.number();
  const ended = input.text();
  if (!isEndKind(ended)) throw new TypeError(`not an end of a listing: ${ended}`);
  return { providerId, t, ended, endedAtMs: input.number() };
}
