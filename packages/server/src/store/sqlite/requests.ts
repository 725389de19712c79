/**
 * What the main thread asks of the worker, written and read side by side so that the two cannot
 * drift apart. Invariant: reading a request takes the same steps as writing it.
 */
import type { AdvertiseWrite, Expiration, Memory, WithdrawWrite } from '../contract.js';
import type { FlatReader, FlatWriter } from './flat-message.js';

/** An advertisement, its known fields in the text in which they are stored. */
export interface AdvertiseRequest {
  readonly kind: 'advertise';
  readonly providerId: string;
  readonly t: number | undefined;
  readonly signature: string | null;
  readonly body: string;
  readonly source: string;
  readonly receivedAtMs: number;
  readonly ttlMs: number;
  readonly ipAddress: string;
  readonly country: string;
  readonly resources: string;
  readonly platform: string | null;
  readonly pricing: string | null;
  readonly providerName: string | null;
}

/** A withdrawal. */
export interface WithdrawRequest {
  readonly kind: 'withdraw';
  readonly providerId: string;
  readonly t: number | undefined;
  readonly source: string;
  readonly receivedAtMs: number;
}

/** Leases that ran out. */
export interface ExpireRequest {
  readonly kind: 'expire';
  readonly endedAtMs: number;
  readonly expirations: readonly { readonly providerId: string; readonly grant: number }[];
}

/** Memories to purge. */
export interface ForgetRequest {
  readonly kind: 'forget';
  readonly memories: readonly { readonly providerId: string; readonly t: number }[];
}

/** A slice of the work of lowering times: providers that come after `after`, in the order of ids. */
export interface LowerRequest {
  readonly kind: 'lower';
  readonly nowMs: number;
  readonly after: string;
}

/** A sign of life. As a probe it also asks whether there is room to write again. */
export interface HeartbeatRequest {
  readonly kind: 'heartbeat';
  readonly nowMs: number;
}

export type Request =
  | AdvertiseRequest
  | WithdrawRequest
  | ExpireRequest
  | ForgetRequest
  | LowerRequest
  | HeartbeatRequest;

export function writeAdvertise(out: FlatWriter, write: AdvertiseWrite): void {
  const { advertisement } = write;
  out.text('advertise');
  out.text(write.providerId);
  out.number(write.signed?.t);
  out.text(write.signed?.signature);
  out.text(write.body);
  out.text(write.source);
  out.number(write.receivedAtMs);
  out.number(write.ttlMs);
  out.text(advertisement.ip_address);
  out.text(advertisement.country);
  out.text(JSON.stringify(advertisement.resources));
  out.text(advertisement.platform);
  out.text(advertisement.pricing && JSON.stringify(advertisement.pricing));
  out.text(advertisement.provider_name);
}

function readAdvertise(input: FlatReader): AdvertiseRequest {
  return {
    kind: 'advertise',
    providerId: input.text(),
    t: input.optionalNumber(),
    signature: input.optionalText(),
    body: input.text(),
    source: input.text(),
    receivedAtMs: input.number(),
    ttlMs: input.number(),
    ipAddress: input.text(),
    country: input.text(),
    resources: input.text(),
    platform: input.optionalText(),
    pricing: input.optionalText(),
    providerName: input.optionalText(),
  };
}

export function writeWithdraw(out: FlatWriter, write: WithdrawWrite): void {
  out.text('withdraw');
  out.text(write.providerId);
  out.number(write.t);
  out.text(write.source);
  out.number(write.receivedAtMs);
}

function readWithdraw(input: FlatReader): WithdrawRequest {
  return {
    kind: 'withdraw',
    providerId: input.text(),
    t: input.optionalNumber(),
    source: input.text(),
    receivedAtMs: input.number(),
  };
}

export function writeExpire(
  out: FlatWriter,
  expirations: readonly Expiration[],
  endedAtMs: number,
): void {
  out.text('expire');
  out.number(endedAtMs);
  out.number(expirations.length);
  for (const { providerId, grant } of expirations) {
    out.text(providerId);
    out.number(grant);
  }
}

function readExpire(input: FlatReader): ExpireRequest {
  const endedAtMs = input.number();
  const expirations = readMany(input, () => ({ providerId: input.text(), grant: input.number() }));
  return { kind: 'expire', endedAtMs, expirations };
}

export function writeForget(
  out: FlatWriter,
  memories: readonly Pick<Memory, 'providerId' | 't'>[],
): void {
  out.text('forget');
  out.number(memories.length);
  for (const { providerId, t } of memories) {
    out.text(providerId);
    out.number(t);
  }
}

function readForget(input: FlatReader): ForgetRequest {
  const memories = readMany(input, () => ({ providerId: input.text(), t: input.number() }));
  return { kind: 'forget', memories };
}

export function writeLower(out: FlatWriter, nowMs: number, after: string): void {
  out.text('lower');
  out.number(nowMs);
  out.text(after);
}

export function writeHeartbeat(out: FlatWriter, nowMs: number): void {
  out.text('heartbeat');
  out.number(nowMs);
}

/** Reads the next request of a message. */
export function readRequest(input: FlatReader): Request {
  const kind = input.text();
  switch (kind) {
    case 'advertise':
      return readAdvertise(input);
    case 'withdraw':
      return readWithdraw(input);
    case 'expire':
      return readExpire(input);
    case 'forget':
      return readForget(input);
    case 'lower':
      return { kind, nowMs: input.number(), after: input.text() };
    case 'heartbeat':
      return { kind, nowMs: input.number() };
    default:
      throw new RangeError(`not a request: ${kind}`);
  }
}

function readMany<Item>(input: FlatReader, readOne: () => Item): Item[] {
  return Array.from({ length: input.number() }, readOne);
}
