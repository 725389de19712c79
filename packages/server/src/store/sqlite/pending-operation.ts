/**
 * What waits on the main thread: each knows how to ask, how to read its answer, and whom to tell.
 * Invariant: `read` gathers the changes of a commit; `settle` comes after they were applied, so
 * that whoever is told can see what was done. Telling twice does no harm: the first one counts.
 */
import type {
  AdvertiseOutcome,
  AdvertiseWrite,
  Change,
  Commit,
  Listing,
  Unavailable,
  WithdrawOutcome,
  WithdrawWrite,
} from '../contract.js';
import type { Position } from '../history.js';
import type { Waiting } from '../write-queue.js';
import { type FlatMessage, FlatReader, FlatWriter } from './flat-message.js';
import {
  type AdvertiseReply,
  type Lease,
  readAdvertiseReply,
  readEnded,
  readLowered,
  readWithdrawReply,
  type WithdrawReply,
} from './replies.js';
import { writeAdvertise, writeWithdraw } from './requests.js';
import { asProviderId } from './stored-rows.js';

/** One thing that waits for a commit. */
export interface PendingOperation extends Waiting {
  /** Writes its request. */
  write(out: FlatWriter): void;
  /** Reads its answer, and adds what it changed. */
  read(input: FlatReader, changes: Change[]): void;
}

/** The message that asks for all of them. */
export function writeRequests(operations: readonly PendingOperation[]): FlatMessage {
  const requests = new FlatWriter();
  for (const operation of operations) operation.write(requests);
  return requests.finish();
}

/** The commit that they made together, by what was answered. */
export function commitOf(
  operations: readonly PendingOperation[],
  { answers, position }: { readonly answers: FlatMessage; readonly position: Position },
): Commit {
  const input = new FlatReader(answers);
  const changes: Change[] = [];
  for (const operation of operations) operation.read(input, changes);
  return { changes, position };
}

/** An advertisement that waits. */
export class PendingAdvertise implements PendingOperation {
  readonly #write: AdvertiseWrite;
  readonly #tell: (outcome: AdvertiseOutcome) => void;
  #outcome: AdvertiseOutcome | undefined;

  constructor(write: AdvertiseWrite, tell: (outcome: AdvertiseOutcome) => void) {
    this.#write = write;
    this.#tell = tell;
  }

  write(out: FlatWriter): void {
    writeAdvertise(out, this.#write);
  }

  read(input: FlatReader, changes: Change[]): void {
    pushLowered(this.#write, readLowered(input), changes);
    const reply = readAdvertiseReply(input);
    const outcome = outcomeOf(reply, this.#write);
    pushListing(reply, outcome, changes);
    this.#outcome = outcome;
  }

  settle(): void {
    if (this.#outcome) this.#tell(this.#outcome);
  }

  refuse(why: Unavailable): void {
    this.#tell(why);
  }
}

/** A withdrawal that waits. */
export class PendingWithdraw implements PendingOperation {
  readonly #write: WithdrawWrite;
  readonly #tell: (outcome: WithdrawOutcome) => void;
  #outcome: WithdrawOutcome | undefined;

  constructor(write: WithdrawWrite, tell: (outcome: WithdrawOutcome) => void) {
    this.#write = write;
    this.#tell = tell;
  }

  write(out: FlatWriter): void {
    writeWithdraw(out, this.#write);
  }

  read(input: FlatReader, changes: Change[]): void {
    pushLowered(this.#write, readLowered(input), changes);
    const reply = readWithdrawReply(input);
    pushEnded(this.#write, reply, changes);
    this.#outcome = 'lastT' in reply ? reply : { kind: reply.kind };
  }

  settle(): void {
    if (this.#outcome) this.#tell(this.#outcome);
  }

  refuse(why: Unavailable): void {
    this.#tell(why);
  }
}

/** Anything else that waits: what it asks, what its answer means, and what to say when there is none. */
export class PendingUpkeep<Answer> implements PendingOperation {
  readonly #ask: (out: FlatWriter) => void;
  readonly #read: (input: FlatReader, changes: Change[]) => Answer;
  readonly #tell: (answer: Answer | undefined) => void;
  #answer: Answer | undefined;

  constructor(
    ask: (out: FlatWriter) => void,
    read: (input: FlatReader, changes: Change[]) => Answer,
    tell: (answer: Answer | undefined) => void,
  ) {
    this.#ask = ask;
    this.#read = read;
    this.#tell = tell;
  }

  write(out: FlatWriter): void {
    this.#ask(out);
  }

  read(input: FlatReader, changes: Change[]): void {
    this.#answer = this.#read(input, changes);
  }

  settle(): void {
    this.#tell(this.#answer);
  }

  refuse(): void {
    this.#tell(undefined);
  }
}

/** Reads which leases were ended, and adds these changes. */
export function pushExpired(input: FlatReader, changes: Change[], endedAtMs: number): void {
  for (const { providerId, t, revised } of readEnded(input)) {
    const ended = { providerId: asProviderId(providerId), ended: 'expired', t } as const;
    changes.push({ kind: 'ended', ...ended, endedAtMs, revised });
  }
}

function outcomeOf(reply: AdvertiseReply, write: AdvertiseWrite): AdvertiseOutcome {
  if (!('lease' in reply)) return reply;
  const { kind, lease } = reply;
  if (kind !== 'retried') {
    const listing = listingOf(write, lease, write.source, write.signed);
    return kind === 'listed'
      ? { kind, listing }
      : { kind, listing, changed: reply.revised !== undefined };
  }
  // The same body was stored: what it says is known. Its signature may be another one for the same text.
  const signed = write.signed && { t: write.signed.t, signature: reply.signature };
  return { kind, listing: listingOf(write, lease, reply.source, signed) };
}

function listingOf(
  { providerId, advertisement, body }: AdvertiseWrite,
  { createdAtMs, updatedAtMs, expiresAtMs, grant }: Lease,
  source: string,
  signed: Listing['signed'],
): Listing {
  const lease = { createdAtMs, updatedAtMs, expiresAtMs, grant };
  return { providerId, advertisement, body, signed, source, ...lease };
}

function pushListing(reply: AdvertiseReply, outcome: AdvertiseOutcome, changes: Change[]): void {
  if (!('revised' in reply) || !('listing' in outcome)) return;
  const { kind, revised } = reply;
  if (kind === 'renewed') return void changes.push({ kind, listing: outcome.listing, revised });
  if (revised === undefined) throw new TypeError('a listing began without a revision');
  changes.push({ kind, listing: outcome.listing, revised });
}

function pushLowered(
  { providerId }: Pick<AdvertiseWrite, 'providerId'>,
  t: number | undefined,
  changes: Change[],
): void {
  if (t !== undefined) changes.push({ kind: 'lowered', providerId, t });
}

function pushEnded(write: WithdrawWrite, reply: WithdrawReply, changes: Change[]): void {
  if (!('stored' in reply) || !reply.stored) return;
  const { providerId, t, receivedAtMs: endedAtMs } = write;
  const { kind: ended, revised } = reply;
  changes.push({ kind: 'ended', providerId, ended, t, endedAtMs, revised });
}
