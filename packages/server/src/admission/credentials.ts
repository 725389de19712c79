/**
 * Reads the two headers of a write into credentials: who claims to speak, and the signature
 * that has yet to be verified.
 *
 * Invariant: a signature that comes out is well-formed, of the scheme of its provider id, and
 * inside the time window. Cost: a few microseconds; nothing is hashed or verified here.
 */
import type { ParsedSignature, ProviderId, Result } from 'golem-vm-discovery-protocol';
import {
  accept,
  checkSignatureTime,
  parseProviderId,
  parseSignatureHeader,
  problem,
  refuse,
} from 'golem-vm-discovery-protocol';
import type { WallMs } from '../telemetry/clock.js';
import type { WriteRequest } from './contract.js';

/** Whether every write must be signed (DISCOVERY_AUTH). */
export type Auth = 'required' | 'optional';

/** A provider id with a signature that has not been verified yet. */
export interface SignedCredentials {
  readonly kind: 'signed';
  readonly providerId: ProviderId;
  readonly signature: ParsedSignature;
}

/** A provider id that nothing speaks for; only under `optional`. */
export interface UnsignedCredentials {
  readonly kind: 'unsigned';
  readonly providerId: ProviderId;
}

/** Who claims to speak. */
export type Credentials = SignedCredentials | UnsignedCredentials;

/** What every signature begins with. Under `optional`, a value that does not begin so is no signature, and only such a one. */
const SIGNATURE_BEGINNING = 't=';

/** Reads the headers of a write. Problems: AUTH_003, then AUTH_001, then AUTH_002. */
export function readCredentials(
  request: WriteRequest,
  auth: Auth,
  nowMs: WallMs,
): Result<Credentials> {
  const { providerIdHeader, signatureHeader } = request;
  if (!providerIdHeader) return refuse(missing('X-Provider-ID'));
  if (!signatureHeader) return refuse(missing('X-Provider-Signature'));
  const parsed = parseProviderId(providerIdHeader);
  if (!parsed.ok) return parsed;
  const { scheme, id: providerId } = parsed.value;
  if (auth === 'optional' && !signatureHeader.startsWith(SIGNATURE_BEGINNING)) {
    return accept({ kind: 'unsigned', providerId });
  }
  if (scheme === 'unsigned') return refuse(labelCannotSign());
  return readSignature(providerId, signatureHeader, scheme, nowMs);
}

function readSignature(
  providerId: ProviderId,
  header: string,
  scheme: ParsedSignature['scheme'],
  nowMs: WallMs,
): Result<Credentials> {
  const signature = parseSignatureHeader(header, scheme);
  if (!signature.ok) return signature;
  const timely = checkSignatureTime(signature.value.t, nowMs);
  if (!timely.ok) return timely;
  return accept({ kind: 'signed', providerId, signature: signature.value });
}

function missing(header: string) {
  return problem(
    'AUTH_003',
    `${header} is missing: a write needs X-Provider-ID and X-Provider-Signature`,
  );
}

function labelCannotSign() {
  return problem(
    'AUTH_001',
    'a label cannot sign: use an Ethereum address (0x and 40 hex digits) or an Ed25519 did:key ' +
      '(did:key:z6Mk…) as X-Provider-ID, and put the label into provider_name',
  );
}
