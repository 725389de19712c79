/**
 * What the worker answers, written and read side by side so that the two cannot drift apart. The
 * main thread still holds what it asked: an answer repeats nothing of it.
 */
import type { Revised } from '../history.js';
import type { FlatReader, FlatWriter } from './flat-message.js';
import { readRevised, type RevisedText, writeRevised } from './past-changes.js';

/** The times and the count of a lease. */
export interface Lease {
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly expiresAtMs: number;
  readonly grant: number;
}

/** What became of an advertisement. A visible change is written with its texts and read as values. */
export type AdvertiseReply<Visible = Revised> =
  | {
      readonly kind: 'listed' | 'renewed';
      readonly lease: Lease;
      readonly revised: Visible | undefined;
    }
  | {
      readonly kind: 'retried';
      readonly lease: Lease;
      readonly signature: string;
      readonly source: string;
    }
  | { readonly kind: 'stale'; readonly lastT: number }
  | { readonly kind: 'not_owner' };

/** What became of a withdrawal; `stored` says whether this one changed what is stored. */
export type WithdrawReply<Visible = Revised> =
  | {
      readonly kind: 'withdrawn' | 'not_listed';
      readonly stored: boolean;
      readonly revised: Visible | undefined;
    }
  | { readonly kind: 'stale'; readonly lastT: number }
  | { readonly kind: 'not_owner' };

/** A listing that ended. */
export interface Ended<Visible = Revised> {
  readonly providerId: string;
  readonly t: number | undefined;
  readonly revised: Visible | undefined;
}

/** A slice of lowering: whose `t` was lowered, where to go on (`null`: it is done), and the mark. */
export interface LowerReply {
  readonly lowered: readonly string[];
  readonly next: string | null;
  readonly highWaterMark: number;
}

/** Precedes each answer to a write: the time that the provider's `t` was lowered to, if it was. */
export function writeLowered(out: FlatWriter, t: number | undefined): void {
  out.number(t);
}

export function readLowered(input: FlatReader): number | undefined {
  return input.optionalNumber();
}

function writeLease(out: FlatWriter, lease: Lease): void {
  out.number(lease.createdAtMs);
  out.number(lease.updatedAtMs);
  out.number(lease.expiresAtMs);
  out.number(lease.grant);
}

function readLease(input: FlatReader): Lease {
  return {
    createdAtMs: input.number(),
    updatedAtMs: input.number(),
    expiresAtMs: input.number(),
    grant: input.number(),
  };
}

export function writeAdvertiseReply(out: FlatWriter, reply: AdvertiseReply<RevisedText>): void {
  out.text(reply.kind);
  if ('lease' in reply) writeLease(out, reply.lease);
  if ('revised' in reply) writeRevised(out, reply.revised);
  if (reply.kind === 'stale') out.number(reply.lastT);
  if (reply.kind === 'retried') {
    out.text(reply.signature);
    out.text(reply.source);
  }
}

export function readAdvertiseReply(input: FlatReader): AdvertiseReply {
  const kind = input.text();
  switch (kind) {
    case 'listed':
    case 'renewed':
      return { kind, lease: readLease(input), revised: readRevised(input) };
    case 'retried':
      return { kind, lease: readLease(input), signature: input.text(), source: input.text() };
    case 'stale':
      return { kind, lastT: input.number() };
    case 'not_owner':
      return { kind };
    default:
      throw new RangeError(`not an answer to an advertisement: ${kind}`);
  }
}

export function writeWithdrawReply(out: FlatWriter, reply: WithdrawReply<RevisedText>): void {
  out.text(reply.kind);
  if ('stored' in reply) {
    out.number(Number(reply.stored));
    writeRevised(out, reply.revised);
  }
  if (reply.kind === 'stale') out.number(reply.lastT);
}

export function readWithdrawReply(input: FlatReader): WithdrawReply {
  const kind = input.text();
  switch (kind) {
    case 'withdrawn':
    case 'not_listed':
      return { kind, stored: input.number() === 1, revised: readRevised(input) };
    case 'stale':
      return { kind, lastT: input.number() };
    case 'not_owner':
      return { kind };
    default:
      throw new RangeError(`not an answer to a withdrawal: ${kind}`);
  }
}

export function writeEnded(out: FlatWriter, ended: readonly Ended<RevisedText>[]): void {
  out.number(ended.length);
  for (const { providerId, t, revised } of ended) {
    out.text(providerId);
    out.number(t);
    writeRevised(out, revised);
  }
}

export function readEnded(input: FlatReader): Ended[] {
  const readOne = (): Ended => ({
    providerId: input.text(),
    t: input.optionalNumber(),
    revised: readRevised(input),
  });
  return Array.from({ length: input.number() }, readOne);
}

export function writeProviderIds(out: FlatWriter, providerIds: readonly string[]): void {
  out.number(providerIds.length);
  for (const providerId of providerIds) out.text(providerId);
}

export function readProviderIds(input: FlatReader): string[] {
  return Array.from({ length: input.number() }, () => input.text());
}

export function writeLowerReply(out: FlatWriter, reply: LowerReply): void {
  writeProviderIds(out, reply.lowered);
  out.text(reply.next);
  out.number(reply.highWaterMark);
}

export function readLowerReply(input: FlatReader): LowerReply {
  return {
    lowered: readProviderIds(input),
    next: input.optionalText(),
    highWaterMark: input.number(),
  };
}
