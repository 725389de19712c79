/** Providers that are listed by requests of the bare wire, so that a test of the requestor's side needs nothing else of this package. */
import { createHash } from 'node:crypto';
import {
  ADVERTISEMENTS_PATH,
  createEd25519Signer,
  createEthereumSigner,
  signRequest,
  type AdvertisementBody,
  type Signer,
} from 'golem-vm-discovery-protocol';

/** A signer that is the same for the same number; every second one is an Ethereum key. */
export function createNumberedSigner(number: number): Signer {
  const seed = createHash('sha256').update(`provider ${number}`).digest();
  return number % 2 === 0 ? createEd25519Signer(seed) : createEthereumSigner(seed);
}

/** An advertisement that grows with its number. */
export function numberedBody(number: number): AdvertisementBody {
  return {
    ip_address: `83.233.${number >> 8}.${number & 255}`,
    country: number % 3 === 0 ? 'SE' : 'DE',
    resources: { cpu: 1 + (number % 16), memory: 2 + number, storage: 20 + number },
    pricing: {
      usd_per_core_month: 1 + number / 7,
      usd_per_gb_ram_month: 0.5,
      usd_per_gb_storage_month: 0.01,
    },
    ...(number % 4 === 0 && { platform: 'arm64', provider_name: `Rack ${number}` }),
  };
}

/** Lists a provider. Throws when the hub refuses. */
export async function list(
  hub: string,
  signer: Signer,
  advertisement: object,
  t = Date.now(),
): Promise<void> {
  const body = new TextEncoder().encode(JSON.stringify(advertisement));
  const what = { network: 'mainnet', method: 'POST', path: ADVERTISEMENTS_PATH, t, body } as const;
  const response = await fetch(hub + ADVERTISEMENTS_PATH, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(await signRequest(signer, what)) },
    body,
  });
  if (!response.ok) throw new Error(await response.text());
}

/** Lists providers 0, 1, … and so on. */
export async function listMany(hub: string, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, number) => number);
  await Promise.all(
    numbers.map((number) => list(hub, createNumberedSigner(number), numberedBody(number))),
  );
}
