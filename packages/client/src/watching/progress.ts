/**
 * Where a watch stands over all its connections: what it was told, what it may still hope for, and how
 * long it waits before it tries again. Pure arithmetic; invariant: there is always a wait, whatever answers.
 */
import { adviceFor, type Failure } from '../failure.js';
import { backoffMs } from '../transport/waiting.js';

/** Without a connection that ever told anything, nobody waits for longer unless told to. */
const FIRST_PATIENCE_MS = 30_000;

/** Whatever a hub, or somebody in its place, asks for: nobody is away for longer without another look. */
const RETRY_MS_MAX = 60_000;

/** See the head of this file. */
export class Progress {
  readonly #patienceMs: number | undefined;
  #cursor: string | undefined;
  #hasTold = false;
  #hasConnected = false;
  #failures = 0;
  /** How many of the last attempts, in a row, met somebody who is no hub. */
  #strangers = 0;
  #lostAtMs: number;

  constructor(cursor: string | undefined, nowMs: number, patienceMs: number | undefined) {
    this.#cursor = cursor;
    this.#lostAtMs = nowMs;
    this.#patienceMs = patienceMs;
  }

  /** From where on it is to be told; `undefined`: from the beginning. */
  get cursor(): string | undefined {
    return this.#cursor;
  }

  /** Attempts in a row that came to nothing. */
  get failures(): number {
    return this.#failures;
  }

  /** Whether a snapshot was begun that can't be gone on with. */
  get isHalfASnapshot(): boolean {
    return this.#hasTold && this.#cursor === undefined;
  }

  noteEvent(cursor: string | undefined): void {
    this.#hasTold = true;
    this.#hasConnected = true;
    this.#failures = 0;
    this.#strangers = 0;
    this.#cursor = cursor ?? this.#cursor;
  }

  /** A connection on which something was told is over. */
  noteLoss(nowMs: number): void {
    this.#lostAtMs = nowMs;
  }

  noteFailure({ code }: Failure): void {
    this.#failures += 1;
    this.#strangers = adviceFor(code) === 'elsewhere' ? this.#strangers + 1 : 0;
  }

  /** Everything that was known is void. */
  reset(): { readonly event: 'reset' } {
    this.#cursor = undefined;
    this.#hasTold = false;
    return { event: 'reset' };
  }

  /** Whether waiting can't mend the last failure, or has lasted long enough; `hubs`: how many there are. */
  isHopeless({ code }: Failure, hubs: number, nowMs: number): boolean {
    const advice = adviceFor(code);
    if (advice === 'never' || advice === 'changed') return true;
    // A portal may come in between for a while; where there never was a hub, there is none.
    if (!this.#hasConnected && this.#strangers >= hubs) return true;
    const patienceMs = this.#patienceMs ?? (this.#hasConnected ? Infinity : FIRST_PATIENCE_MS);
    return nowMs - this.#lostAtMs >= patienceMs;
  }

  /** Milliseconds before the next attempt: as long as was asked for, within reason, and longer the more often it came to nothing. */
  waitMs(random: number, retryMs = 0): number {
    return Math.max(Math.min(retryMs, RETRY_MS_MAX), backoffMs(this.#failures, random));
  }
}
