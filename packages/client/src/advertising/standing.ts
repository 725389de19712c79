/** What an advertiser knows of one hub, and what can happen to it. Values only: `decision.ts` turns one into the next. */
import type { GrantedAdvertisement, SignedMethod } from 'golem-vm-discovery-protocol';
import type { Failure } from '../failure.js';
import { REFRESH_UNKNOWN_MS } from './pace.js';

/** One signed text: what is said, and when. The same word is sent again after a lost answer. */
export interface Word {
  readonly method: SignedMethod;
  /** Which version of the advertisement it speaks of. */
  readonly version: number;
  /** The signed time, Unix milliseconds. */
  readonly t: number;
  /** When it was first sent, on the monotonic clock: its lease may count from here. */
  readonly firstSentMs: number;
}

/** The relation to one hub. Times without `wall` in their name are on the monotonic clock. */
export interface Standing {
  readonly goal: 'listed' | 'withdrawn';
  /** `ended`: there is nothing left to do. */
  readonly phase: 'resting' | 'asking' | 'ended';
  /** Which version of the advertisement is to be listed. */
  readonly version: number;
  /** What was sent last and has no final answer yet. */
  readonly word: Word | undefined;
  /** When to ask next, while resting. */
  readonly dueMs: number;
  /** The hub asked for quiet until then. */
  readonly quietUntilMs: number;
  readonly askedMs: number;
  /** The largest `t` that was sent, and may yet arrive. */
  readonly sentT: number;
  /** The largest `t` that the hub is known to have accepted. */
  readonly acceptedT: number;
  /** What must be added to our wall clock to show what the hub's shows; 0 until a hub complains. */
  readonly correctionMs: number;
  /** How often in a row the hub corrected us. */
  readonly corrections: number;
  /** How often in a row we failed otherwise. */
  readonly failures: number;
  /** Why we failed last, towards the present goal. */
  readonly lastFailure: Failure | undefined;
  /** The pace that the hub asks for. */
  readonly refreshMs: number;
  /** The next request follows a wake-up: it gives up early, since connections may have died unseen. */
  readonly brisk: boolean;
  /** What was last heard, and so what `listed` would be news after. */
  readonly condition: 'new' | 'listed' | 'refused' | 'unreachable' | 'withdrawn';
  /** `created_at` of the listing, as last heard. */
  readonly listedSince: string | undefined;
  /** Until when we are listed at least, by our own clock; 0 when we are not known to be. */
  readonly leaseEndsMs: number;
}

/** A hub that was never asked, and is to be asked now. */
export const FIRST_STANDING: Standing = {
  goal: 'listed',
  phase: 'resting',
  version: 0,
  word: undefined,
  dueMs: Number.NEGATIVE_INFINITY,
  quietUntilMs: Number.NEGATIVE_INFINITY,
  askedMs: Number.NEGATIVE_INFINITY,
  sentT: 0,
  acceptedT: 0,
  correctionMs: 0,
  corrections: 0,
  failures: 0,
  lastFailure: undefined,
  refreshMs: REFRESH_UNKNOWN_MS,
  brisk: false,
  condition: 'new',
  listedSince: undefined,
  leaseEndsMs: 0,
};

/** What can happen. */
export type Occurrence =
  /** The time has come. */
  | { readonly kind: 'rang' }
  /** There is a newer version of the advertisement. */
  | { readonly kind: 'changed'; readonly version: number }
  /** The wall clock went ahead of the monotonic one (a sleep, or it was set), or behind it (it was set). */
  | { readonly kind: 'jumped'; readonly jumpMs: number }
  /** From now on the goal is to be withdrawn. */
  | { readonly kind: 'closing' }
  /** There is no time left for that. */
  | { readonly kind: 'gave_up' }
  | { readonly kind: 'granted'; readonly advertisement: GrantedAdvertisement }
  /** The answer to a withdrawal. */
  | { readonly kind: 'withdrawn' }
  /** There was no answer, or a refusal. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The signer threw, or took too long. */
  | { readonly kind: 'unsigned'; readonly error: unknown };

/** What the owner of the advertisement should hear. */
export type News =
  | { readonly kind: 'listed' | 'renewed'; readonly advertisement: GrantedAdvertisement }
  | {
      readonly kind: 'refused' | 'unreachable';
      readonly failure: Failure;
      /** How often in a row. */
      readonly failures: number;
      /** `undefined`: not again. */
      readonly retryInMs: number | undefined;
      /** For how long the hub lists it still, at least. */
      readonly listedForMs: number;
    }
  | {
      readonly kind: 'unsigned';
      readonly error: unknown;
      readonly failures: number;
      readonly retryInMs: number | undefined;
      readonly listedForMs: number;
    }
  | { readonly kind: 'clock_corrected'; readonly correctionMs: number }
  | { readonly kind: 'withdrawn'; readonly wasListed: boolean };

/** Everything that a decision may look at besides. */
export interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
  /** From 0 up to 1. */
  readonly random: number;
  /** By how much a hub may correct our clock. */
  readonly correctionMsMax: number;
}

/** What is to be done now. */
export interface Step {
  readonly standing: Standing;
  /** What to send, giving up whatever is under way; otherwise wait until `standing.dueMs`, or for the answer. */
  readonly ask?: { readonly word: Word; readonly timeoutMs: number };
  readonly news: readonly News[];
}
