/**
 * Keeps one advertisement alive at every given hub. Owns what is advertised, and the life of the
 * lines to the hubs; when to say what is for each line to decide.
 */
import type { AdvertisementBody } from 'golem-vm-discovery-protocol';
import { checkMilliseconds, HubLines, type SpeakerOptions } from './hub-lines.js';
import { watchForJumps } from './jump-watch.js';

/** What an advertiser needs to know. */
export interface AdvertiserOptions extends SpeakerOptions {
  /** What to say. Fields that no hub knows are signed and handed on. At most 8 KiB as JSON. */
  readonly advertisement: AdvertisementBody;
}

/** How to close. */
export interface CloseOptions {
  /** Default `true`. `false` leaves the listing to its lease, for a restart that takes less long than that. */
  readonly withdraw?: boolean | undefined;
  /** Milliseconds that withdrawing may take, at all hubs together. Default 5,000. */
  readonly timeoutMs?: number | undefined;
}

/** How it stands with one hub. */
export interface HubState {
  readonly hub: string;
  /** What was heard from it last; `new` until something was. */
  readonly condition: 'new' | 'listed' | 'refused' | 'unreachable' | 'withdrawn';
  /** Milliseconds for which the hub lists the advertisement still, at least; 0: it is not known to. */
  readonly listedForMs: number;
}

type OptionalField = 'platform' | 'pricing' | 'provider_name';

/** The fields that change. An optional one that is `undefined` is taken away. */
export type AdvertisementChange = Partial<Omit<AdvertisementBody, OptionalField>> & {
  readonly [Field in OptionalField]?: AdvertisementBody[Field] | undefined;
};

const CLOSE_TIMEOUT_MS = 5_000;

/** Keeps one advertisement listed, from `start` to `close`. */
export class Advertiser {
  readonly #lines: HubLines;
  readonly #callOffWatch: () => void;
  #advertisement: object;
  #closed: Promise<void> | undefined;

  private constructor(lines: HubLines, advertisement: AdvertisementBody) {
    this.#lines = lines;
    this.#advertisement = advertisement;
    this.#callOffWatch = watchForJumps(lines.surroundings, (jumpMs) => {
      lines.tell({ kind: 'jumped', jumpMs });
    });
  }

  /**
   * Starts to advertise. Resolves when the signer is known and the hubs are being asked, not when
   * they list it: that, and everything that goes wrong at a hub, is told to `onEvent`, and tried
   * again for as long as it is open. It keeps the process alive; close it.
   *
   * Rejects with a `TypeError` for URLs that can't be those of hubs, a name that is no network, and no advertisement,
   * with a `RangeError` for bounds that are none and an advertisement of over 8 KiB, with
   * `UnusableSignerError` for what can't sign, and with what a browser wallet says when its owner
   * refuses.
   */
  static async start(options: AdvertiserOptions): Promise<Advertiser> {
    checkAdvertisement(options.advertisement);
    const lines = await HubLines.open(options);
    lines.desk.write(options.advertisement);
    const advertiser = new Advertiser(lines, options.advertisement);
    lines.tell({ kind: 'changed', version: lines.desk.version });
    return advertiser;
  }

  /** Who is advertised: an Ethereum address in lower case, or a `did:key`. */
  get providerId(): string {
    return this.#lines.desk.providerId;
  }

  /** How it stands with each hub, in the order in which they were given. */
  get hubs(): readonly HubState[] {
    const nowMs = this.#lines.surroundings.monotonicMs();
    return Array.from(this.#lines, ({ hub, standing: { condition, leaseEndsMs } }) => {
      return { hub, condition, listedForMs: Math.max(0, leaseEndsMs - nowMs) };
    });
  }

  /**
   * Changes the advertisement: the given fields replace those that it has, and the hubs are told
   * at once (at most every 1.2 s; of several changes in between, the last counts). Throws a
   * `RangeError` when it becomes longer than 8 KiB as JSON, and an `Error` after `close`.
   */
  update(change: AdvertisementChange): void {
    if (this.#closed !== undefined) throw new Error('this advertiser is closed: start another one');
    const advertisement = { ...this.#advertisement, ...change };
    this.#lines.desk.write(advertisement);
    this.#advertisement = advertisement;
    this.#lines.tell({ kind: 'changed', version: this.#lines.desk.version });
  }

  /**
   * Withdraws the advertisement from every hub, and lets go of everything. Resolves when all have
   * answered or the time is over, and never rejects for what a hub does: what could not be
   * withdrawn ends with its lease, and `onEvent` was told. Closing again waits for the same end.
   * Rejects with a `RangeError` for a time that is none, and then is as open as before.
   */
  async close({ withdraw = true, timeoutMs = CLOSE_TIMEOUT_MS }: CloseOptions = {}): Promise<void> {
    checkMilliseconds('timeoutMs', timeoutMs);
    this.#closed ??= this.#close(withdraw, timeoutMs);
    return this.#closed;
  }

  async #close(withdraw: boolean, timeoutMs: number): Promise<void> {
    this.#callOffWatch();
    if (withdraw) await this.#lines.withdraw(timeoutMs);
    else this.#lines.drop();
  }
}

/** Without one, every hub would refuse an empty body for ever; JavaScript does not look at types. */
function checkAdvertisement(advertisement: unknown): void {
  if (typeof advertisement === 'object' && advertisement !== null) return;
  throw new TypeError('there is no advertisement: give ip_address, country and resources');
}
