/** What a page does with the SDK, as its author would write it. Bundled for the browser by the test beside it. */
import {
  Advertiser,
  DiscoveryClient,
  DiscoveryError,
  type SignerSource,
  type VerifiedAdvertisement,
} from '#src/index.js';

/** What the page has seen. */
interface Visit {
  readonly providerId: string;
  readonly found: readonly VerifiedAdvertisement[];
  readonly got: VerifiedAdvertisement;
  readonly total: number;
  readonly afterWithdrawal: string;
}

const ADVERTISEMENT = {
  ip_address: '83.233.10.2',
  country: 'SE',
  resources: { cpu: 4, memory: 8, storage: 40 },
  pricing: { usd_per_core_month: 4, usd_per_gb_ram_month: 2, usd_per_gb_storage_month: 0.1 },
};

declare global {
  interface Window {
    visit: typeof visit;
  }
}

/** Creates a key that never leaves the browser, advertises, finds itself, checks the proof, withdraws. */
async function visit(hub: string): Promise<Visit> {
  const signer = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  const advertiser = await listed(hub, signer);
  const client = new DiscoveryClient({ hubs: hub });
  const wanted = { cpu: 2, memory: 4, storage: 20, country: 'SE', sort: 'price' } as const;
  const found = await client.find({ ...wanted, verify: true }).toArray();
  const total = await client.find(wanted).count();
  const got = await client.get(advertiser.providerId, { verify: true });
  await advertiser.close();
  const afterWithdrawal = await codeOf(client.get(advertiser.providerId));
  return { providerId: advertiser.providerId, found, got, total, afterWithdrawal };
}

/** Advertises, and waits until the hub has said yes. */
function listed(hub: string, signer: SignerSource): Promise<Advertiser> {
  return new Promise((resolve, reject) => {
    const advertiser = Advertiser.start({
      hubs: hub,
      signer,
      advertisement: ADVERTISEMENT,
      onEvent: (event) => {
        if (event.kind === 'listed') resolve(advertiser);
        else if ('failure' in event) reject(new Error(event.message));
      },
    });
    advertiser.catch(reject);
  });
}

async function codeOf(answer: Promise<unknown>): Promise<string> {
  try {
    await answer;
    return 'an answer';
  } catch (error) {
    return error instanceof DiscoveryError ? error.code : String(error);
  }
}

window.visit = visit;
