/**
 * The last refusal of each provider, so that it can be asked for: why can't I see my node?
 *
 * Invariants: only what the provider itself signed is kept. Where nobody knew that when the answer was
 * given, it is found out afterwards, in the lane that nobody waits for. Nobody else can put anything in its
 * place: a signature of somebody else's does not verify, and what the provider once signed is public as a
 * proof, so a `t` that is not newer than the last accepted one is believed only from the network that last renewed it.
 * Cost: a few microseconds for a refusal of somebody known; a hash for the few that are looked into at
 * once. Memory: at most `REFUSALS_MAX` refusals, of about a kilobyte at most, and the bodies of these few.
 */
import {
  parseProviderId,
  parseSignatureHeader,
  type Problem,
  type ProblemCode,
  type ProviderId,
} from 'golem-vm-discovery-protocol';
import type { Clock } from '../telemetry/clock.js';
import type { KnownProvider, KnownProviders, Refusal, RefusedWrite } from './contract.js';
import type { SignedCredentials } from './credentials.js';
import { isFromLastNetwork } from './ownership.js';
import { Remembrance } from './remembrance.js';
import type { Claim, SignatureCheck } from './signature-check.js';

/** Refusals that are kept; the oldest makes room. */
export const REFUSALS_MAX = 20_000;
/** For how long. */
export const REFUSAL_MS_MAX = 24 * 3_600_000;
/** Refusals that are being looked into, of those that come from home, and as many of all others; the rest is let go. */
export const SUSPECTS_MAX = 8;
/** No message of ours is longer, but for what a hostile body makes it say. */
const MESSAGE_CHARS_MAX = 1_000;

/** What is worth a closer look. Not our own troubles, for which there are no threads to spare, and not AUTH_001, which says that somebody else may have signed. */
const TELLING: ReadonlySet<ProblemCode> = new Set([
  'AUTH_002',
  'AUTH_004',
  'ADV_001',
  'ADV_002',
  'ADV_005',
  'RATE_001',
  'REQ_001',
  'REQ_004',
  'REQ_005',
]);

/** See the head of this file. */
export class RefusalRecord {
  readonly #clock: Clock;
  readonly #signatures: SignatureCheck;
  readonly #refusals = new Remembrance<Refusal>({
    entriesMax: REFUSALS_MAX,
    ageMsMax: REFUSAL_MS_MAX,
  });
  readonly #suspects = { home: 0, elsewhere: 0 };

  constructor(clock: Clock, signatures: SignatureCheck) {
    this.#clock = clock;
    this.#signatures = signatures;
  }

  /** The last refusal that is known to be of something the provider signed. */
  last(providerId: ProviderId): Refusal | undefined {
    return this.#refusals.recall(providerId, this.#clock.wallMs());
  }

  /** Keeps the refusal of what is known to be signed by the provider, unless somebody else may have repeated it. */
  keep(write: RefusedWrite, known: KnownProviders, problem: Problem): void {
    const suspect = suspectIn(write, known);
    if (suspect) this.#keep(suspect.credentials.providerId, this.#refusalOf(problem));
  }

  /** Looks into a refusal, where it may be worth telling. Resolves when that is done; never rejects. */
  async note(write: RefusedWrite, known: KnownProviders, problem: Problem): Promise<void> {
    if (!TELLING.has(problem.code)) return;
    const suspect = suspectIn(write, known);
    if (suspect === undefined) return;
    const refusal = this.#refusalOf(problem);
    const queue = suspect.isFromHome ? 'home' : 'elsewhere';
    if (this.#suspects[queue] >= SUSPECTS_MAX) return;
    this.#suspects[queue] += 1;
    const isVerified = await this.#verify(write, suspect);
    this.#suspects[queue] -= 1;
    if (isVerified) this.#keep(suspect.credentials.providerId, refusal);
  }

  async #verify(
    { method, path, source, body }: RefusedWrite,
    { credentials, provider }: Suspect,
  ): Promise<boolean> {
    const claim: Claim = { method, path, credentials };
    const bytes = await body();
    if (bytes === undefined) return false;
    const request = { source, body: bytes };
    const checked = await this.#signatures.check(request, claim, provider, 'leisure');
    return checked.ok;
  }

  #refusalOf({ code, message }: Problem): Refusal {
    return { code, message: message.slice(0, MESSAGE_CHARS_MAX), atMs: this.#clock.wallMs() };
  }

  /** Verdicts may come in another order than refusals. */
  #keep(providerId: ProviderId, refusal: Refusal): void {
    const last = this.last(providerId);
    if (last === undefined || last.atMs <= refusal.atMs) {
      this.#refusals.remember(providerId, refusal, refusal.atMs);
    }
  }
}

/** Who may have signed what was refused. */
interface Suspect {
  readonly credentials: SignedCredentials;
  readonly provider: KnownProvider;
  readonly isFromHome: boolean;
}

/** Nobody, where it is somebody unknown, or may be a repetition of what the provider once signed. */
function suspectIn(write: RefusedWrite, known: KnownProviders): Suspect | undefined {
  const credentials = credentialsOf(write);
  if (credentials === undefined) return undefined;
  const provider = known.find(credentials.providerId);
  if (provider === undefined) return undefined;
  const isFromHome = isFromLastNetwork(write, provider);
  const isWorthIt = isFromHome || isNews(credentials.signature.t, provider);
  return isWorthIt ? { credentials, provider, isFromHome } : undefined;
}

/** Whether this `t` was never accepted before: then it can't be a repetition of what was. */
function isNews(t: number, provider: KnownProvider): boolean {
  return provider.t === undefined || t > provider.t;
}

/** Read anew, whatever the refusal: one that was early has not got so far. */
function credentialsOf({
  providerIdHeader,
  signatureHeader,
}: RefusedWrite): SignedCredentials | undefined {
  if (providerIdHeader === undefined || signatureHeader === undefined) return undefined;
  const parsed = parseProviderId(providerIdHeader);
  if (!parsed.ok || parsed.value.scheme === 'unsigned') return undefined;
  const signature = parseSignatureHeader(signatureHeader, parsed.value.scheme);
  if (!signature.ok) return undefined;
  return { kind: 'signed', providerId: parsed.value.id, signature: signature.value };
}
