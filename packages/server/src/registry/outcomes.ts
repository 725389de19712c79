/** What a store decided, as what a provider is told. */
import { accept, problem, refuse, type Problem, type Result } from 'golem-vm-discovery-protocol';
import { notNewer, notYours } from '../admission/refusals.js';
import type { AdvertiseOutcome, Listing, Unavailable, WithdrawOutcome } from '../store/contract.js';

/** The listing that now stands, or why it does not. */
export function advertiseResult(outcome: AdvertiseOutcome): Result<Listing> {
  switch (outcome.kind) {
    case 'listed':
    case 'renewed':
    case 'retried':
      return accept(outcome.listing);
    case 'stale':
      return refuse(notNewer(outcome.lastT));
    case 'not_owner':
      return refuse(notYours('a key has signed for it, so only that key can change it'));
    case 'unavailable':
      return refuse(unavailable(outcome));
  }
}

/** Whether the listing was ended, or why not. */
export function withdrawResult(outcome: WithdrawOutcome): Result<void> {
  switch (outcome.kind) {
    case 'withdrawn':
      return accept(undefined);
    case 'not_listed':
      return refuse(notListed());
    case 'stale':
      return refuse(notNewer(outcome.lastT));
    case 'not_owner':
      return refuse(notYours('a key has signed for it, or another address last renewed it'));
    case 'unavailable':
      return refuse(unavailable(outcome));
  }
}

/** ADV_004. */
export function notListed(): Problem {
  return problem('ADV_004', 'no such advertisement is listed');
}

/** SYS_002 for a hub that has not finished loading what it holds. */
export function stillLoading(): Problem {
  return problem('SYS_002', 'the hub is starting and not yet complete; try again shortly', {
    retryAfterSeconds: 1,
  });
}

/** SYS_002 for a hub that takes nothing new. */
export function stopping(): Problem {
  return problem('SYS_002', 'the hub is stopping; come back to the one that takes its place', {
    retryAfterSeconds: 1,
  });
}

/** SYS_002 for a watcher who may know more than this hub, which is cut off from the others. */
export function behindOthers(): Problem {
  return problem(
    'SYS_002',
    'this hub has not heard of its database for a moment and may be behind where you are: ask another hub, or again shortly',
    { retryAfterSeconds: 1 },
  );
}

/** SYS_002 for a provider that would be one too many. */
export function full(listedMax: number): Problem {
  return problem('SYS_002', `the hub already lists ${listedMax} providers and takes no new ones`, {
    retryAfterSeconds: 60,
  });
}

/** SYS_002 for an unknown provider, where the memory of those who left leaves no room for one more. */
export function overfull(): Problem {
  return problem(
    'SYS_002',
    'the hub remembers as many providers as it can, most of which have left; they are forgotten after some minutes',
    { retryAfterSeconds: 60 },
  );
}

function unavailable({ reason, retryAfterSeconds }: Unavailable): Problem {
  return reason === 'queue_full'
    ? problem('SYS_002', 'too many writes are waiting', { retryAfterSeconds })
    : problem('ADV_003', 'the store cannot take writes now', { retryAfterSeconds });
}
