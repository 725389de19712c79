/** Honestly signed providers of a market that is the same in each run. */
import { createHash, createPrivateKey } from 'node:crypto';
import { signerFrom } from 'golem-vm-discovery-client';
import {
  ADVERTISEMENTS_PATH,
  advertisementPath,
  type AdvertisementBody,
  createEthereumSigner,
  signRequest,
  type Signer,
} from 'golem-vm-discovery-protocol';

/** A signer that is the same for the same number; every second one is an Ethereum key. */
export async function numberedSigner(number: number): Promise<Signer> {
  const seed = createHash('sha256').update(`dashboard ${number}`).digest();
  if (number % 2 === 1) return createEthereumSigner(seed);
  return signerFrom(ed25519Key(seed));
}

/** By OpenSSL, which signs thirty times as fast as JavaScript does. */
function ed25519Key(seed: Buffer): ReturnType<typeof createPrivateKey> {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  return createPrivateKey({ key: Buffer.concat([prefix, seed]), format: 'der', type: 'pkcs8' });
}

const COUNTRIES = ['DE', 'DE', 'DE', 'SE', 'FI', 'US', 'US', 'BR', 'SG', 'NL'];
const CORES = [1, 2, 4, 8, 16, 32];

/** What the provider of a number offers. */
export function numberedOffer(number: number): AdvertisementBody {
  const cpu = CORES[number % CORES.length] ?? 1;
  const country = COUNTRIES[number % COUNTRIES.length] ?? 'DE';
  return {
    ip_address: `198.51.100.${number % 250}`,
    country,
    resources: { cpu, memory: cpu * 4, storage: cpu * 25 },
    platform: number % 5 === 0 ? 'arm64' : 'x86_64',
    provider_name: `Rack ${number}`,
    pricing: {
      usd_per_core_month: 2 + (number % 37) / 10,
      usd_per_gb_ram_month: 1,
      usd_per_gb_storage_month: 0.05,
    },
  };
}

let lastT = 0;

/** Rises from request to request. */
function nextT(): number {
  lastT = Math.max(Date.now(), lastT + 1);
  return lastT;
}

/** Lists a provider. Throws when the hub refuses. */
export async function list(hub: string, signer: Signer, offer: AdvertisementBody): Promise<void> {
  const body = new TextEncoder().encode(JSON.stringify(offer));
  const path = ADVERTISEMENTS_PATH;
  const what = { network: 'mainnet', method: 'POST', path, t: nextT(), body } as const;
  const response = await fetch(hub + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(await signRequest(signer, what)) },
    body,
  });
  if (!response.ok) throw new Error(await response.text());
}

/** Withdraws a provider. Throws when the hub refuses. */
export async function withdraw(hub: string, signer: Signer): Promise<void> {
  const path = advertisementPath(signer.providerId);
  const body = new Uint8Array();
  const what = { network: 'mainnet', method: 'DELETE', path, t: nextT(), body } as const;
  const headers = { ...(await signRequest(signer, what)) };
  const response = await fetch(hub + path, { method: 'DELETE', headers });
  if (!response.ok) throw new Error(await response.text());
}

/** Requests that are under way at once. */
const CONCURRENT = 64;

/** Lists the providers of the numbers from `first` on. */
export async function listMany(hub: string, first: number, count: number): Promise<void> {
  let next = first;
  const work = async (): Promise<void> => {
    while (next < first + count) {
      const number = next++;
      await list(hub, await numberedSigner(number), numberedOffer(number));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, work));
}
