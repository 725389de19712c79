/** What an advertiser tells its owner: a closed union, each with a sentence for people. */
import type { GrantedAdvertisement } from 'golem-vm-discovery-protocol';
import type { Failure } from '../failure.js';
import type { News } from './standing.js';

interface Told {
  /** The URL of the hub that it is about. */
  readonly hub: string;
  /** For people: what happened, and what happens next. */
  readonly message: string;
}

/** Why a hub does not do as it was asked, and how it goes on. */
interface Trouble extends Told {
  /** How often in a row, from 1. */
  readonly failures: number;
  /** Milliseconds until the next try; `undefined`: there is none, which only a withdrawal comes to. */
  readonly retryInMs: number | undefined;
  /** Milliseconds for which the hub lists the advertisement still, at least; 0: it is not known to. */
  readonly listedForMs: number;
}

/** The hub lists the advertisement: for the first time, again after trouble, or as a new listing. */
export interface ListedEvent extends Told {
  readonly kind: 'listed';
  readonly advertisement: GrantedAdvertisement;
}

/** The lease was renewed, with what had changed. */
export interface RenewedEvent extends Told {
  readonly kind: 'renewed';
  readonly advertisement: GrantedAdvertisement;
}

/** The hub answered that it will not, or can't now. */
export interface RefusedEvent extends Trouble {
  readonly kind: 'refused';
  /** Its problem: `code` from the closed table, `message`, `details` by field. */
  readonly failure: Failure;
}

/** No hub answered: no network, a time-out, or something else at that address. */
export interface UnreachableEvent extends Trouble {
  readonly kind: 'unreachable';
  readonly failure: Failure;
}

/** The signer threw, or did not answer within two minutes. */
export interface UnsignedEvent extends Trouble {
  readonly kind: 'unsigned';
  /** What the signer threw. */
  readonly error: unknown;
}

/** The clock of this machine is wrong by that hub's, which is followed from now on. */
export interface ClockCorrectedEvent extends Told {
  readonly kind: 'clock_corrected';
  /** Milliseconds to be added to our clock. */
  readonly correctionMs: number;
}

/** The hub lists the advertisement no more, because it was closed. */
export interface WithdrawnEvent extends Told {
  readonly kind: 'withdrawn';
  /** Whether it was listed until then. */
  readonly wasListed: boolean;
}

/** Everything that an advertiser can tell. */
export type AdvertiserEvent =
  | ListedEvent
  | RenewedEvent
  | RefusedEvent
  | UnreachableEvent
  | UnsignedEvent
  | ClockCorrectedEvent
  | WithdrawnEvent;

/** Puts news into the words of the hub that they are about. */
export function eventOf(hub: string, news: News): AdvertiserEvent {
  return { ...news, hub, message: asOneLine(messageOf(hub, news)) };
}

const MESSAGE_CHARS_MAX = 1_000;

/** A hub's words are in it, and it goes to terminals: no controls, no second line, no end without. */
function asOneLine(text: string): string {
  return text.slice(0, MESSAGE_CHARS_MAX).replaceAll(/\p{Cc}+/gu, ' ');
}

function messageOf(hub: string, news: News): string {
  switch (news.kind) {
    case 'listed':
      return `listed at ${hub} until ${news.advertisement.expires_at}`;
    case 'renewed':
      return `renewed at ${hub} until ${news.advertisement.expires_at}`;
    case 'refused':
      return `refused by ${hub}, ${news.failure.code}: ${news.failure.message}; ${whatNext(news)}`;
    case 'unreachable':
      return `${news.failure.message}; ${whatNext(news)}`;
    case 'unsigned':
      return `the signer gave no signature for ${hub} (${textOf(news.error)}); ${whatNext(news)}`;
    case 'clock_corrected':
      return clockText(hub, news.correctionMs);
    case 'withdrawn':
      return news.wasListed ? `withdrawn from ${hub}` : `not listed at ${hub} any more`;
  }
}

/** Closer than this no clock needs to be set. */
const AGREEMENT_MS = 5_000;

function clockText(hub: string, correctionMs: number): string {
  const apartMs = Math.abs(correctionMs);
  if (apartMs < AGREEMENT_MS) return `the clock of this machine agrees with ${hub} again`;
  const way = correctionMs > 0 ? 'behind' : 'ahead of';
  return `the clock of this machine is ${seconds(apartMs)} ${way} the one of ${hub}, which is followed: set it right`;
}

type TroubleNews = Extract<News, { readonly retryInMs: number | undefined }>;

function whatNext({ retryInMs, listedForMs }: TroubleNews): string {
  const next =
    retryInMs === undefined ? 'so it is not withdrawn' : `next try in ${seconds(retryInMs)}`;
  return listedForMs > 0 ? `${next}, listed there for another ${seconds(listedForMs)}` : next;
}

function seconds(ms: number): string {
  return ms < 9_950 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 1_000)} s`;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
