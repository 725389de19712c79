/** Providers whose changes are watched: each is in one country, and changes its cores whenever it speaks. */
import { type BenchProvider, createProvider, signedPost } from './provider-keys.js';
import { packRequests, type RequestBatch } from './request-batch.js';

/** They speak in turns, so that the times that each of them signs rise. */
export class WatchedProviders {
  readonly #providers: BenchProvider[] = [];
  #turn = 0;

  constructor(count: number, countries: readonly string[]) {
    for (let n = 0; n < count; n += 1) {
      const country = countries[n % countries.length] ?? 'SE';
      this.#providers.push(
        createProvider(n, {
          ip_address: '203.0.113.10',
          country,
          resources: { cpu: 4, memory: 8, storage: 100 },
          pricing: {
            usd_per_core_month: 3,
            usd_per_gb_ram_month: 1.5,
            usd_per_gb_storage_month: 0.05,
          },
        }),
      );
    }
  }

  /** A first advertisement of each. */
  signFirst(): RequestBatch {
    const t = Date.now() - 60_000;
    return packRequests(this.#providers.map((provider) => signedPost(provider, t)));
  }

  /** So many changes, to be sent within the next minutes. */
  signChanges(count: number): RequestBatch {
    const t = Date.now();
    return packRequests(Array.from({ length: count }, (_, n) => this.#change(t + n / 100)));
  }

  #change(t: number): Buffer {
    const place = this.#turn % this.#providers.length;
    this.#turn += 1;
    const provider = this.#providers[place];
    if (provider === undefined) throw new RangeError('no provider');
    const { advertisement } = provider;
    const resources = {
      ...advertisement.resources,
      cpu: advertisement.resources.cpu === 4 ? 8 : 4,
    };
    const changed = { ...provider, advertisement: { ...advertisement, resources } };
    this.#providers[place] = changed;
    return signedPost(changed, Math.floor(t));
  }
}
