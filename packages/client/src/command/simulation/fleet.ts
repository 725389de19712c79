/**
 * Providers that are simulated, each with a key of its own and honestly signed: nothing about them
 * is made up but what they offer. Owns their advertisers. Memory and timers grow with their number.
 */
import type { AdvertisementBody } from 'golem-vm-discovery-protocol';
import type { AdvertiserEvent } from '../../advertising/advertiser-event.js';
import { Advertiser } from '../../advertising/advertiser.js';
import { generateKey } from '../../keys/index.js';
import { shortId } from '../rendering/short-id.js';
import type { Connection } from '../options/client-options.js';
import { changedOffer, type Random, randomOffer } from './market.js';

/** What a fleet is made with. */
export interface FleetOptions extends Connection {
  readonly random: Random;
  /** Is told whatever any of them hears. */
  readonly onEvent: (event: AdvertiserEvent) => void;
}

/** One of them. */
export interface SimulatedProvider {
  /** For people. */
  readonly name: string;
  readonly offer: AdvertisementBody;
  readonly advertiser: Advertiser;
}

/** One in so many has an Ed25519 key; the others have wallets. */
const ED25519_SHARE = 0.3;

/** All of them. Whoever made it closes it. */
export class Fleet {
  readonly #options: FleetOptions;
  #providers: readonly SimulatedProvider[] = [];

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  /** How many there are, listed or not yet. */
  get size(): number {
    return this.#providers.length;
  }

  /** How many a hub lists, as far as they know. */
  get listed(): number {
    return this.#providers.filter(({ advertiser }) => isListed(advertiser)).length;
  }

  /** A new provider comes. Resolves with what it heard first: that it is listed, or why not. */
  async welcome(): Promise<{
    readonly provider: SimulatedProvider;
    readonly heard: AdvertiserEvent;
  }> {
    const { random, onEvent, hubs, network } = this.#options;
    const key = generateKey(random() < ED25519_SHARE ? 'ed25519' : 'ethereum');
    const offer = randomOffer(random);
    const ear: { hear?: (event: AdvertiserEvent) => void } = {};
    const first = new Promise<AdvertiserEvent>((resolve) => {
      ear.hear = resolve;
    });
    const advertiser = await Advertiser.start({
      hubs,
      network,
      signer: key,
      advertisement: offer,
      onEvent(event) {
        ear.hear?.(event);
        onEvent(event);
      },
    });
    const name = offer.provider_name ?? shortId(key.providerId);
    const provider = { name, offer, advertiser };
    this.#providers = [...this.#providers, provider];
    return { provider, heard: await first };
  }

  /** One of them changes what it offers. */
  change(): SimulatedProvider {
    const { random } = this.#options;
    const before = this.#pick();
    const provider = { ...before, offer: changedOffer(before.offer, random) };
    before.advertiser.update(provider.offer);
    this.#providers = this.#providers.map((each) => (each === before ? provider : each));
    return provider;
  }

  /** One of them leaves, as providers should: it withdraws. */
  async dismiss(): Promise<SimulatedProvider> {
    const provider = this.#pick();
    this.#providers = this.#providers.filter((each) => each !== provider);
    await provider.advertiser.close();
    return provider;
  }

  /** All of them leave, and those that are listed withdraw. Safe to call twice. */
  async close(): Promise<void> {
    await Promise.all(
      this.#providers.map(({ advertiser }) => advertiser.close({ withdraw: isListed(advertiser) })),
    );
  }

  #pick(): SimulatedProvider {
    const at = Math.floor(this.#options.random() * this.#providers.length);
    const provider = this.#providers[at];
    if (provider === undefined) throw new RangeError('there is nobody');
    return provider;
  }
}

function isListed({ hubs }: Advertiser): boolean {
  return hubs.some(({ listedForMs }) => listedForMs > 0);
}
