/** Requests as bytes, and the signed ones among them. */
import { randomBytes } from 'node:crypto';
import {
  advertisementPath,
  ADVERTISEMENTS_PATH,
  createEthereumSigner,
  signRequest,
  type Signer,
} from 'golem-vm-discovery-protocol';

/** Header names and values. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** A new provider. */
export function createProvider(): Signer {
  return createEthereumSigner(randomBytes(32));
}

/** An acceptable advertisement. */
export const BODY = JSON.stringify({
  ip_address: '83.233.10.2',
  country: 'SE',
  resources: { cpu: 4, memory: 8, storage: 40 },
});

/** A request, with `Host` in front and the length of its body behind. */
export function requestBytes(
  method: string,
  target: string,
  fields: Fields = [],
  body?: string,
): string {
  const length = body === undefined ? [] : [['Content-Length', String(Buffer.byteLength(body))]];
  const lines = [['Host', 'hub.example'], ...fields, ...length].map((pair) => pair.join(': '));
  const latin1 = body === undefined ? '' : Buffer.from(body).toString('latin1');
  return `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${latin1}`;
}

/** The header fields of a signed POST. */
export async function advertiseFields(signer: Signer, t: number, body = BODY): Promise<Fields> {
  const headers = await signRequest(signer, {
    network: 'mainnet',
    method: 'POST',
    path: ADVERTISEMENTS_PATH,
    t,
    body: Buffer.from(body),
  });
  return [['Content-Type', 'application/json'], ...Object.entries(headers)];
}

/** A signed POST. */
export async function advertiseBytes(signer: Signer, t: number, body = BODY): Promise<string> {
  return requestBytes('POST', ADVERTISEMENTS_PATH, await advertiseFields(signer, t, body), body);
}

/** The header fields of a signed DELETE; of another's advertisement, where an owner is given. */
export async function withdrawFields(
  signer: Signer,
  t: number,
  owner: Signer = signer,
): Promise<Fields> {
  const path = advertisementPath(owner.providerId);
  const request = {
    network: 'mainnet',
    method: 'DELETE',
    path,
    t,
    body: new Uint8Array(),
  } as const;
  return Object.entries(await signRequest(signer, request));
}

/** A signed DELETE. */
export async function withdrawBytes(signer: Signer, t: number): Promise<string> {
  return requestBytes(
    'DELETE',
    advertisementPath(signer.providerId),
    await withdrawFields(signer, t),
  );
}

/** A POST to the advertisements, with whatever headers and body. */
export function postBytes(fields: Fields, body?: string): string {
  return requestBytes('POST', ADVERTISEMENTS_PATH, fields, body);
}

/** A POST whose body comes in chunks. */
export function chunkedPostBytes(fields: Fields, chunks: readonly string[]): string {
  const framed = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`);
  return `${postBytes([...fields, ['Transfer-Encoding', 'chunked']])}${framed.join('')}0\r\n\r\n`;
}

/** A question. */
export function findBytes(query: string): string {
  return requestBytes('GET', `${ADVERTISEMENTS_PATH}?${query}`);
}

/** So many headers that say nothing. */
export function manyFields(count: number): Fields {
  return Array.from({ length: count }, (_, i) => [`X${i}`, 'y']);
}

/** The fields but one. */
export function without(fields: Fields, name: string): Fields {
  return fields.filter(([other]) => other !== name);
}

/** The value of a field; empty where it is not there. */
export function valueOf(fields: Fields, name: string): string {
  return fields.find(([other]) => other === name)?.[1] ?? '';
}
