/**
 * Who may write, decided cheapest check first: headers, grammar, time window, order of `t`,
 * body, signature, policies, budgets.
 *
 * Invariants: nothing is admitted that is neither verified nor, under `optional`, free of any
 * key's claim; a key's claim is never overruled by something unsigned. It keeps no listing:
 * what it is told about a provider may be out of date by the time the store decides again.
 * Cost on the main thread: some tens of microseconds, most of it the body.
 */
import { availableParallelism } from 'node:os';
import type { Problem, ProviderId, Result } from 'golem-vm-discovery-protocol';
import {
  accept,
  advertisementPath,
  ADVERTISEMENTS_PATH,
  parseAdvertisementBody,
} from 'golem-vm-discovery-protocol';
import type { IpPolicy } from '../config/config.js';
import type { Clock } from '../telemetry/clock.js';
import { Charges } from './charges.js';
import type {
  Admission,
  AdmittedAdvertisement,
  AdmittedWithdrawal,
  KnownProviders,
  Refusal,
  RefusedWrite,
  WriteRequest,
} from './contract.js';
import type { Auth, SignedCredentials } from './credentials.js';
import { readCredentials } from './credentials.js';
import { bestImplementation } from './implementation.js';
import { checkIpPolicy } from './ip-policy.js';
import { checkOrder } from './order.js';
import { checkLastNetwork, checkOwner, checkUnclaimed } from './ownership.js';
import { RefusalRecord } from './refusal-record.js';
import { refusedDelete, refusedPost } from './refused-write.js';
import type { Claim } from './signature-check.js';
import { SignatureCheck } from './signature-check.js';
import type { Implementation } from './verification.js';
import { Verifier } from './verifier.js';

/** What admission is made with. */
export interface AdmissionOptions {
  readonly auth: Auth;
  /** The network that signatures must speak for (DISCOVERY_NETWORK). */
  readonly network: string;
  readonly ipPolicy: IpPolicy;
  readonly clock: Clock;
  /** Providers whose budgets are counted apart: as many as can be listed. Default 1,000,000. */
  readonly providersMax?: number;
  /** Verified writes that a provider may make in a minute; 0: any number. Default 60, well over the one in 100 s of a default lease. */
  readonly providerWritesPerMinuteMax?: number;
  /** Worker threads; by default all processors but one, which the event loop keeps. */
  readonly workers?: number;
  /** Signatures that may wait in each of two lanes; beyond it SYS_002. Default 2,048, an eighth of a second of one worker. */
  readonly queueMax?: number;
  /** `auto`, the default: native where its binary fits this machine. */
  readonly implementation?: Implementation | 'auto';
  /** Told when a worker ended by itself and is being replaced. */
  readonly onWorkerCrash?: (cause: unknown) => void;
}

/** An admission that says how it verifies, so that an operator can be told. */
export interface RunningAdmission extends Admission {
  readonly implementation: Implementation;
}

/** Starts admission and its workers. Closed by whoever made it. */
export function createAdmission(options: AdmissionOptions): RunningAdmission {
  return new VerifyingAdmission(options);
}

const PROVIDERS_MAX = 1_000_000;
const PROVIDER_WRITES_PER_MINUTE_MAX = 60;
const QUEUE_MAX = 2_048;

class VerifyingAdmission implements RunningAdmission {
  readonly implementation: Implementation;
  readonly #options: AdmissionOptions;
  readonly #verifier: Verifier;
  readonly #signatures: SignatureCheck;
  readonly #charges: Charges;
  readonly #refusals: RefusalRecord;

  constructor(options: AdmissionOptions) {
    const { implementation = 'auto', clock, onWorkerCrash } = options;
    this.implementation = implementation === 'auto' ? bestImplementation() : implementation;
    this.#options = options;
    this.#charges = new Charges({
      providersMax: options.providersMax ?? PROVIDERS_MAX,
      writesPerMinuteMax: options.providerWritesPerMinuteMax ?? PROVIDER_WRITES_PER_MINUTE_MAX,
      monotonicMs: () => clock.monotonicMs(),
    });
    this.#verifier = new Verifier({
      implementation: this.implementation,
      workers: options.workers ?? Math.max(1, availableParallelism() - 1),
      queueMax: options.queueMax ?? QUEUE_MAX,
      ...(onWorkerCrash && { onCrash: onWorkerCrash }),
    });
    this.#signatures = new SignatureCheck(options.network, this.#verifier);
    this.#refusals = new RefusalRecord(clock, this.#signatures);
  }

  async advertisement(
    request: WriteRequest,
    known: KnownProviders,
  ): Promise<Result<AdmittedAdvertisement>> {
    const admitted = await this.#advertisement(request, known);
    if (!admitted.ok) this.refusedBefore(refusedPost(request), known, admitted.problem);
    return admitted;
  }

  async withdrawal(
    request: WriteRequest,
    owner: ProviderId,
    known: KnownProviders,
  ): Promise<Result<AdmittedWithdrawal>> {
    const admitted = await this.#withdrawal(request, owner, known);
    if (!admitted.ok) this.refusedBefore(refusedDelete(request, owner), known, admitted.problem);
    return admitted;
  }

  refusedBefore(write: RefusedWrite, known: KnownProviders, refusal: Problem): void {
    void this.#refusals.note(write, known, refusal);
  }

  refusedAfter(write: RefusedWrite, known: KnownProviders, refusal: Problem): void {
    this.#refusals.keep(write, known, refusal);
  }

  lastRefusal(providerId: ProviderId): Refusal | undefined {
    return this.#refusals.last(providerId);
  }

  close(): Promise<void> {
    return this.#verifier.close();
  }

  async #advertisement(
    request: WriteRequest,
    known: KnownProviders,
  ): Promise<Result<AdmittedAdvertisement>> {
    const credentials = this.#readCredentials(request);
    if (!credentials.ok) return credentials;
    return credentials.value.kind === 'signed'
      ? this.#signedAdvertisement(request, credentials.value, known)
      : this.#unsignedAdvertisement(request, credentials.value.providerId, known);
  }

  async #withdrawal(
    request: WriteRequest,
    owner: ProviderId,
    known: KnownProviders,
  ): Promise<Result<AdmittedWithdrawal>> {
    const credentials = this.#readCredentials(request);
    if (!credentials.ok) return credentials;
    return credentials.value.kind === 'signed'
      ? this.#signedWithdrawal(request, credentials.value, owner, known)
      : unsignedWithdrawal(request, credentials.value.providerId, owner, known);
  }

  #readCredentials(request: WriteRequest) {
    return readCredentials(request, this.#options.auth, this.#options.clock.wallMs());
  }

  async #signedAdvertisement(
    request: WriteRequest,
    credentials: SignedCredentials,
    known: KnownProviders,
  ): Promise<Result<AdmittedAdvertisement>> {
    const { providerId, signature } = credentials;
    const claim: Claim = { method: 'POST', path: ADVERTISEMENTS_PATH, credentials };
    const ordered = this.#checkOrder(claim, known);
    if (!ordered.ok) return ordered;
    const body = parseAdvertisementBody(request.body);
    if (!body.ok) return body;
    const verified = await this.#signatures.check(request, claim, known.find(providerId));
    if (!verified.ok) return verified;
    const { advertisement, text } = body.value;
    const signed = { t: signature.t, signature: signature.header };
    return this.#admit(request, { providerId, advertisement, body: text, signed }, known);
  }

  #unsignedAdvertisement(
    request: WriteRequest,
    providerId: ProviderId,
    known: KnownProviders,
  ): Result<AdmittedAdvertisement> {
    const unclaimed = checkUnclaimed(known.find(providerId));
    if (!unclaimed.ok) return unclaimed;
    const body = parseAdvertisementBody(request.body);
    if (!body.ok) return body;
    const { advertisement, text } = body.value;
    return this.#admit(
      request,
      { providerId, advertisement, body: text, signed: undefined },
      known,
    );
  }

  /** The policies. What is known is looked up again: much may have happened while a signature was being verified. */
  #admit(
    request: WriteRequest,
    admitted: AdmittedAdvertisement,
    known: KnownProviders,
  ): Result<AdmittedAdvertisement> {
    const { providerId, advertisement, signed } = admitted;
    const allowed = checkIpPolicy(this.#options.ipPolicy, advertisement.ip_address, request.source);
    if (!allowed.ok) return allowed;
    const charged = this.#charges.advertisement({
      providerId,
      t: signed?.t,
      request,
      known: known.find(providerId),
    });
    return charged.ok ? accept(admitted) : charged;
  }

  async #signedWithdrawal(
    request: WriteRequest,
    credentials: SignedCredentials,
    owner: ProviderId,
    known: KnownProviders,
  ): Promise<Result<AdmittedWithdrawal>> {
    const { providerId, signature } = credentials;
    const { t } = signature;
    const claim: Claim = { method: 'DELETE', path: advertisementPath(owner), credentials };
    const own = checkOwner(providerId, owner);
    // The order of a stranger's own `t` says nothing about somebody else's advertisement.
    const ordered = own.ok ? this.#checkOrder(claim, known) : accept(undefined);
    if (!ordered.ok) return ordered;
    const verified = await this.#signatures.check(request, claim, known.find(providerId));
    if (!verified.ok) return verified;
    if (!own.ok) return own;
    const charged = this.#charges.withdrawal({ providerId, t, request, known: known.find(owner) });
    return charged.ok ? accept({ providerId, t }) : charged;
  }

  #checkOrder({ method, credentials }: Claim, known: KnownProviders): Result<void> {
    return checkOrder(method, credentials.signature.t, {
      known: known.find(credentials.providerId),
      highWaterMark: known.highWaterMark(),
      nowMs: this.#options.clock.wallMs(),
    });
  }
}

function unsignedWithdrawal(
  request: WriteRequest,
  providerId: ProviderId,
  owner: ProviderId,
  known: KnownProviders,
): Result<AdmittedWithdrawal> {
  const own = checkOwner(providerId, owner);
  if (!own.ok) return own;
  const provider = known.find(owner);
  const unclaimed = checkUnclaimed(provider);
  if (!unclaimed.ok) return unclaimed;
  const fromHome = checkLastNetwork(request, provider);
  return fromHome.ok ? accept({ providerId, t: undefined }) : fromHome;
}
