/**
 * Keeps one advertisement alive at every given hub. Owns the lines to them, one each, which know
 * nothing of each other: a hub that is away, slow or wrong changes nothing at the others.
 */
import type { AdvertisementBody } from 'golem-vm-discovery-protocol';
import { isNetworkName } from 'golem-vm-discovery-protocol/vocabulary';
import { signerFrom, type SignerSource } from '../signers/signer-from.js';
import { parseHubUrls } from '../transport/hub-urls.js';
import { pause, SYSTEM, type Surroundings } from '../transport/surroundings.js';
import type { AdvertiserEvent } from './advertiser-event.js';
import { HubLine } from './hub-line.js';
import { watchForJumps } from './jump-watch.js';
import { SigningDesk } from './signing-desk.js';

/** What an advertiser needs to know. */
export interface AdvertiserOptions {
  /** The URL of a hub, or of up to 16, all of one network. The advertisement is listed at each of them. */
  readonly hubs: string | readonly string[];
  /** Whoever signs: a wallet, an Ed25519 key, or a signer; see `signerFrom`. */
  readonly signer: SignerSource;
  /** What to say. Fields that no hub knows are signed and handed on. At most 8 KiB as JSON. */
  readonly advertisement: AdvertisementBody;
  /** Is told everything that happens. Every event has a `message`, so that `({ message }) => console.log(message)` is a beginning. */
  readonly onEvent: (event: AdvertiserEvent) => void;
  /** The network of the hubs, 1 to 32 of `a-z`, `0-9` and `-`. Default `mainnet`. */
  readonly network?: string | undefined;
  /**
   * By how many milliseconds a hub may correct the clock of this machine. More lets a machine work
   * whose clock is further off; less lets a hub that lies obtain words signed for a future that is
   * less far. Default one day; 0 trusts this machine alone.
   */
  readonly clockCorrectionMsMax?: number | undefined;
  /** The world around; a test turns it by hand. */
  readonly surroundings?: Surroundings | undefined;
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

const DAY_MS = 86_400_000;
const CLOSE_TIMEOUT_MS = 5_000;

/** Keeps one advertisement listed, from `start` to `close`. */
export class Advertiser {
  readonly #desk: SigningDesk;
  readonly #lines: readonly HubLine[];
  readonly #surroundings: Surroundings;
  readonly #callOffWatch: () => void;
  #advertisement: object;
  #closed: Promise<void> | undefined;

  private constructor(desk: SigningDesk, lines: readonly HubLine[], options: AdvertiserOptions) {
    this.#desk = desk;
    this.#lines = lines;
    this.#surroundings = options.surroundings ?? SYSTEM;
    this.#advertisement = options.advertisement;
    this.#callOffWatch = watchForJumps(this.#surroundings, (jumpMs) => {
      for (const line of lines) line.tell({ kind: 'jumped', jumpMs });
    });
  }

  /**
   * Starts to advertise. Resolves when the signer is known and the hubs are being asked, not when
   * they list it: that, and everything that goes wrong at a hub, is told to `onEvent`, and tried
   * again for as long as it is open. It keeps the process alive; close it.
   *
   * Rejects with a `TypeError` for URLs that can't be those of hubs or a name that is no network,
   * with a `RangeError` for bounds that are none and an advertisement of over 8 KiB, with
   * `UnusableSignerError` for what can't sign, and with what a browser wallet says when its owner
   * refuses.
   */
  static async start(options: AdvertiserOptions): Promise<Advertiser> {
    const { network = 'mainnet', surroundings = SYSTEM, onEvent } = options;
    const hubs = parseHubUrls(options.hubs);
    const correctionMsMax = options.clockCorrectionMsMax ?? DAY_MS;
    checkNetwork(network);
    checkMilliseconds('clockCorrectionMsMax', correctionMsMax);
    const signer = await signerFrom(options.signer);
    const desk = new SigningDesk({ signer, network, surroundings });
    desk.write(options.advertisement);
    const lines = hubs.map(
      (hub) => new HubLine({ hub, desk, surroundings, correctionMsMax, onEvent }),
    );
    const advertiser = new Advertiser(desk, lines, options);
    for (const line of lines) line.tell({ kind: 'changed', version: desk.version });
    return advertiser;
  }

  /** Who is advertised: an Ethereum address in lower case, or a `did:key`. */
  get providerId(): string {
    return this.#desk.providerId;
  }

  /** How it stands with each hub, in the order in which they were given. */
  get hubs(): readonly HubState[] {
    const nowMs = this.#surroundings.monotonicMs();
    return this.#lines.map(({ hub, standing: { condition, leaseEndsMs } }) => {
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
    this.#desk.write(advertisement);
    this.#advertisement = advertisement;
    for (const line of this.#lines) line.tell({ kind: 'changed', version: this.#desk.version });
  }

  /**
   * Withdraws the advertisement from every hub, and lets go of everything. Resolves when all have
   * answered or the time is over, and never rejects for what a hub does: what could not be
   * withdrawn ends with its lease, and `onEvent` was told. Closing again waits for the same end.
   */
  close(options: CloseOptions = {}): Promise<void> {
    this.#closed ??= this.#close(options);
    return this.#closed;
  }

  async #close({ withdraw = true, timeoutMs = CLOSE_TIMEOUT_MS }: CloseOptions): Promise<void> {
    checkMilliseconds('timeoutMs', timeoutMs);
    this.#callOffWatch();
    if (withdraw) await this.#withdraw(timeoutMs);
    for (const line of this.#lines) line.drop();
  }

  async #withdraw(timeoutMs: number): Promise<void> {
    for (const line of this.#lines) line.tell({ kind: 'closing' });
    const done = new AbortController();
    const ended = Promise.all(this.#lines.map((line) => line.ended));
    await Promise.race([ended, pause(this.#surroundings, timeoutMs, done.signal)]);
    done.abort();
    for (const line of this.#lines) line.tell({ kind: 'gave_up' });
  }
}

function checkNetwork(network: string): void {
  if (isNetworkName(network)) return;
  throw new TypeError(
    `${JSON.stringify(network)} is no name of a network: 1 to 32 of a-z, 0-9 and -`,
  );
}

function checkMilliseconds(name: string, ms: number): void {
  if (Number.isFinite(ms) && ms >= 0) return;
  throw new RangeError(`${name} is ${ms}: give milliseconds, 0 or more`);
}
