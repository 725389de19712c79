/**
 * The lines of one provider to all its hubs, which know nothing of each other: a hub that is away,
 * slow or wrong changes nothing at the others.
 */
import { checkNetwork } from '../transport/check-network.js';
import { signerFrom, type SignerSource } from '../signers/signer-from.js';
import { parseHubUrls } from '../transport/hub-urls.js';
import { pause, SYSTEM, type Surroundings } from '../transport/surroundings.js';
import type { AdvertiserEvent } from './advertiser-event.js';
import { HubLine } from './hub-line.js';
import { SigningDesk } from './signing-desk.js';

/** Who speaks to which hubs. */
export interface SpeakerOptions {
  /** The URL of a hub, or of up to 16, all of one network. Each of them is told everything. */
  readonly hubs: string | readonly string[];
  /** Whoever signs: a wallet, an Ed25519 key, or a signer; see `signerFrom`. */
  readonly signer: SignerSource;
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

const DAY_MS = 86_400_000;

/** The lines, and the desk where what goes over them is signed. */
export class HubLines {
  readonly desk: SigningDesk;
  readonly surroundings: Surroundings;
  readonly #lines: readonly HubLine[];

  private constructor(desk: SigningDesk, surroundings: Surroundings, lines: readonly HubLine[]) {
    this.desk = desk;
    this.surroundings = surroundings;
    this.#lines = lines;
  }

  /** Makes them; no hub is told anything yet. Rejects as `Advertiser.start` does. */
  static async open(options: SpeakerOptions): Promise<HubLines> {
    const { network = 'mainnet', surroundings = SYSTEM, onEvent } = options;
    const hubs = parseHubUrls(options.hubs);
    const correctionMsMax = options.clockCorrectionMsMax ?? DAY_MS;
    checkListener(onEvent);
    checkNetwork(network);
    checkMilliseconds('clockCorrectionMsMax', correctionMsMax);
    const signer = await signerFrom(options.signer);
    const desk = new SigningDesk({ signer, network, surroundings });
    const parts = { desk, surroundings, correctionMsMax, onEvent };
    const lines = hubs.map((hub) => new HubLine({ hub, ...parts }));
    return new HubLines(desk, surroundings, lines);
  }

  /** One for each hub, in the order in which they were given. */
  [Symbol.iterator](): Iterator<HubLine> {
    return this.#lines[Symbol.iterator]();
  }

  /** Something happened that concerns all. */
  tell(occurrence: Parameters<HubLine['tell']>[0]): void {
    for (const line of this.#lines) line.tell(occurrence);
  }

  /** Withdraws everywhere. Resolves when all hubs have answered for good, or the time is over, and lets go of the lines. */
  async withdraw(timeoutMs: number): Promise<void> {
    this.tell({ kind: 'closing' });
    const done = new AbortController();
    const ended = Promise.all(this.#lines.map((line) => line.ended));
    await Promise.race([ended, pause(this.surroundings, timeoutMs, done.signal)]);
    done.abort();
    this.tell({ kind: 'gave_up' });
    this.drop();
  }

  /** Lets go of the lines, without a word to the hubs. */
  drop(): void {
    for (const line of this.#lines) line.drop();
  }
}

/** Without one, trouble would be silent; JavaScript does not look at types. */
function checkListener(onEvent: unknown): void {
  if (typeof onEvent === 'function') return;
  throw new TypeError(
    'onEvent is not a function: give one, such as ({ message }) => console.log(message)',
  );
}

/** Throws a `RangeError` for what is no number of milliseconds. */
export function checkMilliseconds(name: string, ms: number): void {
  if (Number.isFinite(ms) && ms >= 0) return;
  throw new RangeError(`${name} is ${ms}: give milliseconds, 0 or more`);
}
