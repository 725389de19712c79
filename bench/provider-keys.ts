/** Providers with keys of their own, the same in every run, and their signed requests. Signing one takes some 50 µs: it is done before anything is measured. */
import { createHash } from 'node:crypto';
import {
  ADVERTISEMENTS_PATH,
  type AdvertisementBody,
  composeSignedText,
  ethereumAddress,
  ethereumMessageHash,
  formatSignatureHeader,
  parseProviderId,
  type ProviderId,
} from 'golem-vm-discovery-protocol';
import { addon } from './native-addon.js';

/** The network that signatures are made for: the default of a hub. */
export const BENCH_NETWORK = 'mainnet';

/** A provider that can sign, and what it says. */
export interface BenchProvider {
  readonly id: ProviderId;
  readonly key: Uint8Array;
  readonly advertisement: AdvertisementBody;
}

/** The nth provider. */
export function createProvider(index: number, advertisement: AdvertisementBody): BenchProvider {
  const key = createHash('sha256').update(`bench provider ${index}`).digest();
  const id = parseProviderId(ethereumAddress(addon.publicKeyCreate(key, false)));
  if (!id.ok) throw new Error(id.problem.message);
  return { id: id.value.id, key, advertisement };
}

/** A whole POST as it goes over the wire, signed at `t` (Unix milliseconds). */
export function signedPost({ id, key, advertisement }: BenchProvider, t: number): Buffer {
  const body = JSON.stringify(advertisement);
  const signedText = composeSignedText({
    network: BENCH_NETWORK,
    method: 'POST',
    path: ADVERTISEMENTS_PATH,
    providerId: id,
    t,
    bodySha256Hex: createHash('sha256').update(body).digest('hex'),
  });
  const { signature, recid } = addon.ecdsaSign(ethereumMessageHash(signedText), key);
  const v1 = `0x${Buffer.from(signature).toString('hex')}${recid === 0 ? '1b' : '1c'}`;
  return Buffer.from(
    `POST ${ADVERTISEMENTS_PATH} HTTP/1.1\r\n` +
      'Host: 127.0.0.1\r\n' +
      'Content-Type: application/json\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n` +
      `X-Provider-ID: ${id}\r\n` +
      `X-Provider-Signature: ${formatSignatureHeader(t, v1)}\r\n\r\n${body}`,
  );
}
