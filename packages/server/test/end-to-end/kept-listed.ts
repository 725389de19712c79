/** Strangers whose advertisements are kept by the SDK, with their own wallets. */
import { Advertiser } from 'golem-vm-discovery-client';
import type { AdvertisementBody } from 'golem-vm-discovery-protocol';
import type { Stranger } from './strangers.js';

/** Starts to advertise, and resolves when the hub has listed it; rejects at the first trouble. Whoever started it closes it. */
export function keepListed(
  hub: string,
  { wallet }: Stranger,
  advertisement: AdvertisementBody,
): Promise<Advertiser> {
  return new Promise((resolve, reject) => {
    const advertiser = Advertiser.start({
      hubs: hub,
      signer: wallet,
      advertisement,
      onEvent: (event) => {
        if (event.kind === 'listed') resolve(advertiser);
        else if ('failures' in event) reject(new Error(event.message));
      },
    });
    advertiser.catch(reject);
  });
}
