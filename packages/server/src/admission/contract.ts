/**
 * What admission asks and answers. Admission decides who may write: grammar, time window,
 * order of `t`, body, signature, policies, cheapest first. It keeps no listing of its own:
 * what is known about a provider is passed in by the registry.
 */
import type {
  AdvertisementBody,
  Problem,
  ProblemCode,
  ProviderId,
  Result,
  SignedMethod,
} from 'golem-vm-discovery-protocol';

/** A write as it came off the wire. */
export interface WriteRequest {
  /** Value of `X-Provider-ID`; `undefined` where it was absent. That it came once is the edge's to check. */
  readonly providerIdHeader: string | undefined;
  /** Value of `X-Provider-Signature`; likewise. */
  readonly signatureHeader: string | undefined;
  /** The raw body; empty for a withdrawal. */
  readonly body: Uint8Array;
  readonly source: Source;
  /**
   * Charges the address's budget of chargeable writes once; a refusal is RATE_001. It is
   * called for listing a new provider; refusals are charged at the edge.
   */
  chargeAddress(): Result<void>;
}

/** Where a request came from, after trusted proxies were taken into account. */
export interface Source {
  /** The client's address in canonical text, v4-mapped folded to IPv4. */
  readonly address: string;
  /** What budgets and lanes count by: the IPv4 address, or the /64 of an IPv6 one (`2001:db8:0:1::/64`). */
  readonly network: string;
}

/** What the registry knows about a provider, as far as admission needs it. */
export interface KnownProvider {
  /** Whether it is listed now. */
  readonly listed: boolean;
  /** The last accepted `t`; `undefined` for one that is listed unsigned. */
  readonly t: number | undefined;
  /** The network (`Source.network`) that last renewed it; `undefined` where it is not listed. */
  readonly source: string | undefined;
  /** Milliseconds since it last renewed; `undefined` where it is not listed. */
  readonly sinceRenewalMs: number | undefined;
}

/** A question that the registry answers synchronously, from memory. */
export interface KnownProviders {
  find(providerId: ProviderId): KnownProvider | undefined;
  /** The largest `t` ever purged: nothing at or below it is accepted. */
  highWaterMark(): number;
}

/** What a provider says, admitted: ready to be stored. */
export interface AdmittedAdvertisement {
  readonly providerId: ProviderId;
  readonly advertisement: AdvertisementBody;
  readonly body: string;
  readonly signed: { readonly t: number; readonly signature: string } | undefined;
}

/** A withdrawal, admitted. */
export interface AdmittedWithdrawal {
  readonly providerId: ProviderId;
  /** `undefined` for an unsigned one. */
  readonly t: number | undefined;
}

/** A write that was refused, whoever refused it. */
export interface RefusedWrite extends Pick<
  WriteRequest,
  'providerIdHeader' | 'signatureHeader' | 'source'
> {
  readonly method: SignedMethod;
  /** The path that is signed. */
  readonly path: string;
  /** The raw body, once it has come; `undefined` where it is too long to be kept or never comes. */
  readonly body: () => Promise<Uint8Array | undefined> | Uint8Array;
}

/** A refusal of something that a provider had signed. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly message: string;
  /** Wall-clock milliseconds. */
  readonly atMs: number;
}

/** Who may write. Made by `createAdmission`, closed by whoever made it (it owns worker threads). */
export interface Admission {
  advertisement(
    request: WriteRequest,
    known: KnownProviders,
  ): Promise<Result<AdmittedAdvertisement>>;
  /** `owner` is the provider id of the path, already parsed. */
  withdrawal(
    request: WriteRequest,
    owner: ProviderId,
    known: KnownProviders,
  ): Promise<Result<AdmittedWithdrawal>>;
  /** Takes note of a write that was refused before admission saw it: whose it was is found out when nobody waits. */
  refusedBefore(write: RefusedWrite, known: KnownProviders, refusal: Problem): void;
  /** Takes note of a write that was refused after it had been admitted. */
  refusedAfter(write: RefusedWrite, known: KnownProviders, refusal: Problem): void;
  /** The last refusal of a provider that was known then, as far as it is remembered; it appears a little after it was given. */
  lastRefusal(providerId: ProviderId): Refusal | undefined;
  /** Ends the workers; what waits is refused with SYS_002. Safe to call twice. */
  close(): Promise<void>;
}
