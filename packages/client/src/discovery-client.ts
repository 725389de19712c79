/**
 * For requestors: what can be asked of a discovery hub. Each question has a file in `asking/`; this
 * one only puts them where people look. It holds nothing open, so there is nothing to close.
 */
import type {
  Advertisement,
  Explanation,
  Info,
  ProviderStatus,
  Stats,
} from 'golem-vm-discovery-protocol';
import { checkNetwork } from './transport/check-network.js';
import { explain, type Needed } from './asking/explain.js';
import type { Findings } from './asking/findings.js';
import { find } from './asking/find.js';
import { findVerified } from './asking/find-verified.js';
import { get, getVerified } from './asking/get.js';
import { askInfo } from './asking/info.js';
import type { Trust } from './asking/judge.js';
import type { FindOptions } from './asking/page-source.js';
import { askStats } from './asking/stats.js';
import { askStatus } from './asking/status.js';
import { parseHubUrls } from './transport/hub-urls.js';
import { Transport, type SendOptions, type TransportOptions } from './transport/transport.js';
import { PROOF_AGE_MS_MAX } from './verification/plausible-times.js';
import { watch, type WatchOptions } from './watching/watch.js';
import type { WatchEvent } from './watching/watch-event.js';
import type { Rejection, VerifiedAdvertisement } from './verification/verified-advertisement.js';

/** Which hubs, which network, and what to make of proofs. */
export interface DiscoveryClientOptions extends TransportOptions {
  /** The network that proofs must be signed for. Default `mainnet`. */
  readonly network?: string | undefined;
  /**
   * Milliseconds since signing after which a proof is not believed. Default 660,000: a hub takes what was signed
   * up to 300 s before, lists it for 300 s, and two clocks may differ by 60 s. Raise it for hubs with longer leases.
   */
  readonly maxProofAgeMs?: number | undefined;
}

/** What to do about proofs, for one question. */
export interface VerifyOptions {
  /** Check each advertisement on this machine, and answer with what was signed. */
  readonly verify: true;
  /** Milliseconds; default: that of the client. */
  readonly maxProofAgeMs?: number | undefined;
}

/** A search in which every advertisement is checked. */
export interface FindVerifiedOptions extends FindOptions, VerifyOptions {
  /**
   * Told of each advertisement that does not hold, which is then left out. Without it, the first one
   * ends the search with UNVERIFIABLE: a hub that altered one record can't be trusted with the order of the others.
   */
  readonly onRejected?: ((rejection: Rejection) => void) | undefined;
}

/** A search that believes the hub. */
export interface FindUnverifiedOptions extends FindOptions {
  readonly verify?: false | undefined;
}

/** A question about one provider that believes the hub. */
export interface GetUnverifiedOptions extends SendOptions {
  readonly verify?: false | undefined;
}

/**
 * Finds providers. Every method rejects with a `DiscoveryError`, whose `code` is one of the hub's or
 * UNREACHABLE, TIMED_OUT, UNREADABLE, UNVERIFIABLE, ABORTED.
 */
export class DiscoveryClient {
  readonly #transport: Transport;
  readonly #trust: Trust;

  /** Throws a `TypeError` or `RangeError` for options that can't be meant; asks nobody anything. */
  constructor(options: DiscoveryClientOptions) {
    const { network = 'mainnet', maxProofAgeMs = PROOF_AGE_MS_MAX, ...transport } = options;
    checkNetwork(network);
    this.#transport = new Transport(transport);
    this.#trust = { network, maxProofAgeMs: checkedAge(maxProofAgeMs) };
  }

  /** Where the hubs are, in order of preference. */
  get hubs(): readonly string[] {
    return this.#transport.hubs;
  }

  /**
   * Finds who fits. Nothing is asked before the findings are read: by `for await`, page by page, as
   * a list, or as a count. With `verify: true` only the verified are asked for, each proof is checked
   * here, and what comes out is what was signed. Requirements that are not acceptable are ADV_002, in the hub's words.
   */
  find(options: FindVerifiedOptions): Findings<VerifiedAdvertisement>;
  find(options?: FindUnverifiedOptions): Findings<Advertisement>;
  find(
    options: FindVerifiedOptions | FindUnverifiedOptions,
  ): Findings<VerifiedAdvertisement> | Findings<Advertisement>;
  find(
    options: FindVerifiedOptions | FindUnverifiedOptions = {},
  ): Findings<VerifiedAdvertisement> | Findings<Advertisement> {
    if (options.verify !== true) {
      const { verify: _no, ...wanted } = options;
      return find(this.#transport, wanted);
    }
    const { verify: _yes, maxProofAgeMs, onRejected, ...wanted } = options;
    return findVerified(this.#transport, wanted, this.#trustWithin(maxProofAgeMs), onRejected);
  }

  /** Gets the advertisement of one provider, by any form of its id. ADV_004 where it is not listed. */
  get(providerId: string, options: SendOptions & VerifyOptions): Promise<VerifiedAdvertisement>;
  get(providerId: string, options?: GetUnverifiedOptions): Promise<Advertisement>;
  get(
    providerId: string,
    options: (SendOptions & VerifyOptions) | GetUnverifiedOptions = {},
  ): Promise<VerifiedAdvertisement | Advertisement> {
    if (options.verify !== true) return get(this.#transport, providerId, options);
    const trust = this.#trustWithin(options.maxProofAgeMs);
    return getVerified(this.#transport, providerId, options, trust);
  }

  /**
   * Explains why requirements match what they match: what each of them rules out, who comes nearest and,
   * where nothing matches, the smallest change of one of them that gives a match.
   */
  explain(requirements: Needed, options: SendOptions = {}): Promise<Explanation> {
    return explain(this.#transport, requirements, options);
  }

  /**
   * Watches what changes for requirements: first what is listed, a `bookmark` behind it, and then
   * whatever comes, changes and leaves, for as long as it is read. It comes back by itself when a
   * connection or a hub is lost, and goes on where it was; only where that can't be, it tells a `reset`,
   * after which everything that was known is void and told anew. Leaving the loop ends it.
   */
  watch(options: WatchOptions = {}): AsyncGenerator<WatchEvent, void, undefined> {
    const { hubs, surroundings } = this.#transport;
    return watch(
      options.hub === undefined ? hubs : parseHubUrls(options.hub),
      surroundings,
      options,
    );
  }

  /** Asks a hub how a provider stands there, by any form of its id: is it listed, until when, and if not, why not. */
  status(providerId: string, options: SendOptions = {}): Promise<ProviderStatus> {
    return askStatus(this.#transport, providerId, options);
  }

  /** Asks a hub for the market in numbers: totals, by country and platform, prices, arrivals and departures. */
  stats(options: SendOptions = {}): Promise<Stats> {
    return askStats(this.#transport, options);
  }

  /** Asks a hub about itself: network, lease, limits, time, version. */
  info(options: SendOptions = {}): Promise<Info> {
    return askInfo(this.#transport, options);
  }

  #trustWithin(maxProofAgeMs = this.#trust.maxProofAgeMs): Trust {
    return { ...this.#trust, maxProofAgeMs: checkedAge(maxProofAgeMs) };
  }
}

function checkedAge(maxProofAgeMs: number): number {
  if (maxProofAgeMs >= 0) return maxProofAgeMs;
  throw new RangeError(`maxProofAgeMs is ${maxProofAgeMs}, and must be at least 0`);
}
