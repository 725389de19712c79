/**
 * Why a request came to nothing, as a value: what a hub refused, or what kept us from hearing it.
 * The table of our own codes is closed, as the hub's is; the documentation is held to both.
 */
import type { ProblemCode, ProblemDetail, RetryAdvice } from 'golem-vm-discovery-protocol';
import { PROBLEMS } from 'golem-vm-discovery-protocol/vocabulary';

/** What can go wrong on this side of the wire, and whether trying again helps; `elsewhere`: another hub may do better, this one will not. */
export const CLIENT_PROBLEMS = {
  UNREACHABLE: {
    title: 'nothing answered there, or a proxy answered that the hub is away',
    retry: 'later',
  },
  TIMED_OUT: { title: 'no answer within the time that was allowed', retry: 'later' },
  UNREADABLE: {
    title: 'what answered does not speak as a hub: a wrong address, or a portal in between',
    retry: 'elsewhere',
  },
  UNVERIFIABLE: {
    title: 'the proof of an advertisement is missing, too old, or does not say what the hub says',
    retry: 'never',
  },
  ABORTED: { title: 'the caller gave up, by its AbortSignal', retry: 'never' },
} as const satisfies Record<
  string,
  { readonly title: string; readonly retry: RetryAdvice | 'elsewhere' }
>;

/** The codes that only a client gives. */
export type ClientProblemCode = keyof typeof CLIENT_PROBLEMS;

/** Every code there is: the hub's and our own. */
export type FailureCode = ProblemCode | ClientProblemCode;

/** Why there is no answer. */
export interface Failure<Code extends FailureCode = FailureCode> {
  readonly code: Code;
  /** For a person: what happened, and what to do next. */
  readonly message: string;
  /** What is wrong field by field, where the hub said so. */
  readonly details?: readonly ProblemDetail[];
  /** The URL of the hub that was asked last. */
  readonly hub?: string;
  /** Milliseconds to wait before trying again, where the hub or a proxy said so. */
  readonly retryAfterMs?: number;
  /** What the clock of the hub showed, Unix milliseconds. */
  readonly hubTimeMs?: number;
  /** Under which the hub's log knows this request. */
  readonly requestId?: string;
  /** How many requests were made, at all hubs together. */
  readonly attempts?: number;
  /** What was thrown underneath. */
  readonly cause?: unknown;
}

/** Whether another attempt makes sense, by the code alone. */
export function adviceFor(code: FailureCode): RetryAdvice | 'elsewhere' {
  return isClientProblem(code) ? CLIENT_PROBLEMS[code].retry : PROBLEMS[code].retry;
}

/** Whether the text is a code that a hub gives. */
export function isProblemCode(text: unknown): text is ProblemCode {
  return typeof text === 'string' && Object.hasOwn(PROBLEMS, text);
}

function isClientProblem(code: FailureCode): code is ClientProblemCode {
  return Object.hasOwn(CLIENT_PROBLEMS, code);
}
