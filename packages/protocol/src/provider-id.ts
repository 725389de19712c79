/**
 * Who a provider is: an Ethereum address, an Ed25519 `did:key`, or (unsigned) a readable label.
 * Invariant: a `ProviderId` is canonical, so that equal providers are equal strings.
 * Cost: parsing is a regular expression and string comparisons; only an address with upper-case
 * digits costs a hash (EIP-55). The costly check of an Ed25519 key is `isPrimeOrderKey`, apart.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { base58 } from '@scure/base';
import { hasEip55Checksum } from './ethereum-address.js';
import { LIMITS } from './limits.js';
import { problem } from './problems.js';
import { quote } from './quoting.js';
import { accept, refuse, type Result } from './result.js';

declare const providerIdBrand: unique symbol;

/** A provider id in canonical form. Only this file makes one. */
export type ProviderId = string & { readonly [providerIdBrand]: true };

/** What speaks for a provider: a key of one of two kinds, or nothing at all. */
export type ProviderScheme = 'ethereum' | 'ed25519' | 'unsigned';

/** A provider id, and the kind of key that must sign for it. */
export interface ParsedProviderId {
  readonly scheme: ProviderScheme;
  /** Canonical: addresses in lower case, everything else as it was given. */
  readonly id: ProviderId;
}

const ETHEREUM = /^0x[0-9a-fA-F]{40}$/;
const UPPER_CASE_DIGIT = /[A-F]/;
const DID_KEY = /^did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/;
const LABEL = new RegExp(`^[A-Za-z0-9][A-Za-z0-9._-]{0,${LIMITS.providerIdCharsMax - 1}}$`);

/**
 * What a label must not begin with, in any case: `0XAB…` and `DID-key` would be mistaken for keys,
 * by people and by software that compares without case.
 */
const LOOKS_LIKE_A_KEY = /^(?:0x|did)/i;

/** Words that are routes where an id would stand. Routes have a case, so do these. */
const RESERVED_LABELS: ReadonlySet<string> = new Set(['watch', 'explain']);

/** Multicodec `ed25519-pub`, as the varint that precedes the 32 bytes of the key. */
const ED25519_MULTICODEC = [0xed, 0x01] as const;
const ED25519_KEY_BYTES = 32;

/*
 * The first and the last key there can be, as base58. The alphabet of base58btc is in ASCII order
 * and all keys have the same length, so an id lies between these two, as text, exactly when its
 * bytes begin with the multicodec: no decoding is needed to know it.
 */
const DID_KEY_FIRST = didKeyOf(new Uint8Array(ED25519_KEY_BYTES).fill(0x00));
const DID_KEY_LAST = didKeyOf(new Uint8Array(ED25519_KEY_BYTES).fill(0xff));

const ADVICE =
  'use an Ethereum address (0x and 40 hex digits) or an Ed25519 key (did:key:z6Mk…); a readable name goes into provider_name';

/**
 * Reads a provider id. Refused with AUTH_001: a malformed one, a wrong EIP-55 checksum, a `did:key`
 * of another key type. `unsigned` is a label such as `provider-1`; whether those are welcome is
 * for the caller to decide. Whether the bytes of an Ed25519 key are a usable key is not checked
 * here: see `isPrimeOrderKey`.
 */
export function parseProviderId(text: string): Result<ParsedProviderId> {
  if (text.startsWith('0x')) return parseEthereum(text);
  if (text.startsWith('did:')) return parseDidKey(text);
  if (isLabel(text)) return accept({ scheme: 'unsigned', id: text });
  return malformed(`${quote(text)} is not a provider id`);
}

function parseEthereum(text: string): Result<ParsedProviderId> {
  const id = ETHEREUM.test(text) ? text.toLowerCase() : '';
  if (!isEthereumId(id)) return malformed(`${quote(text)} is not an Ethereum address`);
  if (UPPER_CASE_DIGIT.test(text) && !hasEip55Checksum(text)) {
    return refuse(
      problem(
        'AUTH_001',
        'the upper-case digits of this Ethereum address are not its EIP-55 checksum: check it for a typing error, or send it in lower case',
      ),
    );
  }
  return accept({ scheme: 'ethereum', id });
}

function parseDidKey(text: string): Result<ParsedProviderId> {
  if (isDidKey(text)) return accept({ scheme: 'ed25519', id: text });
  return malformed(`${quote(text)} is not a did:key of an Ed25519 key`);
}

function malformed(reason: string): Result<never> {
  return refuse(problem('AUTH_001', `${reason}: ${ADVICE}`));
}

function isEthereumId(text: string): text is ProviderId {
  return ETHEREUM.test(text) && text === text.toLowerCase();
}

function isDidKey(text: string): text is ProviderId {
  return DID_KEY.test(text) && text >= DID_KEY_FIRST && text <= DID_KEY_LAST;
}

function isLabel(text: string): text is ProviderId {
  return LABEL.test(text) && !LOOKS_LIKE_A_KEY.test(text) && !RESERVED_LABELS.has(text);
}

function didKeyOf(publicKey: Uint8Array): string {
  return `did:key:z${base58.encode(Uint8Array.of(...ED25519_MULTICODEC, ...publicKey))}`;
}

/** Makes the provider id of an Ed25519 public key. Throws for anything but 32 bytes: that is a bug. */
export function didKeyProviderId(publicKey: Uint8Array): ProviderId {
  const text = didKeyOf(publicKey);
  if (!isDidKey(text)) throw new RangeError('an Ed25519 public key has 32 bytes');
  return text;
}

/** Makes the provider id of an Ethereum address, in any case. Throws for anything else: that is a bug. */
export function ethereumProviderId(address: string): ProviderId {
  const text = address.toLowerCase();
  if (!isEthereumId(text)) throw new RangeError('an Ethereum address has 0x and 40 hex digits');
  return text;
}

/** The 32 bytes of the key that a `did:key` id spells. Throws for other ids: that is a bug. */
export function ed25519PublicKey(id: ProviderId): Uint8Array {
  if (!isDidKey(id)) throw new RangeError(`not a did:key of an Ed25519 key: ${quote(id)}`);
  return base58.decode(id.slice('did:key:z'.length)).subarray(ED25519_MULTICODEC.length);
}

/**
 * Whether the bytes of a `did:key` id are a key that can be relied on: a canonical encoding of a
 * point in the prime-order subgroup, other than the identity. Anything else has signatures that
 * verify for any message, or about which implementations disagree. Costs about a millisecond, so
 * remember the answer. Throws for ids that are no `did:key`: that is a bug.
 */
export function isPrimeOrderKey(id: ProviderId): boolean {
  const publicKey = ed25519PublicKey(id);
  try {
    const point = ed25519.Point.fromBytes(publicKey);
    return !point.is0() && point.isTorsionFree();
  } catch {
    return false;
  }
}
