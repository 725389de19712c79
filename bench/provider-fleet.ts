/**
 * All providers of a run: they list themselves once, and then renew in turns while new ones come.
 * Invariant: within a batch every provider speaks at most once, so that the times it signs rise
 * from batch to batch, in whatever order the requests of one batch arrive.
 */
import { randomAdvertisement } from './market.js';
import { type BenchProvider, createProvider, signedPost } from './provider-keys.js';
import { packRequests, type RequestBatch } from './request-batch.js';

/** Of ten requests, eight renew and change nothing, one renews with other resources, one lists a new provider. */
const KINDS = ['new', 'changed', 'same', 'same', 'same', 'same', 'same', 'same', 'same', 'same'];

/** The providers that have spoken so far. */
export interface ProviderFleet {
  readonly size: number;
  /** Signs a first advertisement for each of so many new providers. */
  signNew(count: number): RequestBatch;
  /** Signs a mix of renewals and new ones; at most as many as there are providers. */
  signMix(count: number): RequestBatch;
}

/** Makes a fleet that nobody knows yet. */
export function createProviderFleet(random: () => number): ProviderFleet {
  const providers: BenchProvider[] = [];
  let turn = 0;

  function addProvider(): BenchProvider {
    const provider = createProvider(providers.length, randomAdvertisement(random));
    providers.push(provider);
    return provider;
  }

  function nextSpeaker(kind: string | undefined, fleetSize: number): BenchProvider {
    if (kind === 'new') return addProvider();
    turn = (turn + 1) % fleetSize;
    const provider = providers[turn];
    if (provider === undefined) throw new RangeError('no provider has spoken yet');
    if (kind !== 'changed') return provider;
    const { resources } = randomAdvertisement(random);
    return (providers[turn] = {
      ...provider,
      advertisement: { ...provider.advertisement, resources },
    });
  }

  return {
    get size() {
      return providers.length;
    },
    signNew: (count) =>
      packRequests(Array.from({ length: count }, () => signedPost(addProvider(), Date.now()))),
    signMix(count) {
      const fleetSize = providers.length;
      return packRequests(
        Array.from({ length: Math.min(count, fleetSize) }, (_, index) =>
          signedPost(nextSpeaker(KINDS[index % KINDS.length], fleetSize), Date.now()),
        ),
      );
    },
  };
}
