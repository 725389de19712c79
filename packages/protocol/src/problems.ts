/**
 * The closed table of refusals: every non-2xx answer of a hub carries one of these codes.
 * A code that is missing from the table does not compile; the documentation and the
 * OpenAPI description are made from it.
 */

/**
 * What a program may do by itself after a refusal. `later`: send the same again, unchanged, after
 * `Retry-After` or a pause. `changed`: ask for the same anew, since only what the program itself
 * chose was wrong: sign with a corrected or higher `t`, or list again instead of continuing.
 * `never`: nothing; a person must change the request, or somebody else must act first.
 */
export type RetryAdvice = 'never' | 'later' | 'changed';

interface ProblemDescription {
  /** The HTTP status of an answer with this code. */
  readonly status: number;
  /** When the code is given, in one line, for documentation. */
  readonly title: string;
  readonly retry: RetryAdvice;
}

/** Code → status, title and whether to retry. The single source of all three. */
export const PROBLEMS = {
  AUTH_001: {
    status: 401,
    title: 'malformed provider id or signature, or the signature does not verify',
    retry: 'never',
  },
  AUTH_002: {
    status: 401,
    title: 'signature time outside the window; timestamp is the time of the server',
    retry: 'changed',
  },
  AUTH_003: { status: 401, title: 'missing provider credentials', retry: 'never' },
  AUTH_004: {
    status: 403,
    title: 'a valid provider, but not the owner of this advertisement',
    retry: 'never',
  },
  ADV_001: { status: 400, title: 'the advertisement is not acceptable', retry: 'never' },
  ADV_002: { status: 400, title: 'the requirements are not acceptable', retry: 'never' },
  ADV_003: { status: 503, title: 'the store cannot take writes now', retry: 'later' },
  ADV_004: { status: 404, title: 'no such advertisement', retry: 'never' },
  ADV_005: {
    status: 409,
    title: 'this provider has already said something newer',
    retry: 'changed',
  },
  ADV_006: {
    status: 410,
    title: 'the cursor is too old, from the future, or from another epoch: list again',
    retry: 'changed',
  },
  RATE_001: { status: 429, title: 'too many requests', retry: 'later' },
  REQ_001: { status: 400, title: 'malformed request', retry: 'never' },
  REQ_002: { status: 404, title: 'unknown route', retry: 'never' },
  REQ_003: { status: 405, title: 'method not allowed here', retry: 'never' },
  REQ_004: { status: 413, title: 'the body is too large', retry: 'never' },
  REQ_005: {
    status: 415,
    title: 'media type or encoding of the body not supported',
    retry: 'never',
  },
  REQ_006: { status: 408, title: 'the request took too long to arrive', retry: 'later' },
  REQ_007: { status: 414, title: 'the URL is too long', retry: 'never' },
  REQ_008: { status: 431, title: 'the headers are too large or too many', retry: 'never' },
  SYS_001: { status: 500, title: 'internal error', retry: 'later' },
  SYS_002: { status: 503, title: 'overloaded or stopping', retry: 'later' },
} as const satisfies Record<string, ProblemDescription>;

/** Every code that a hub can answer. */
export type ProblemCode = keyof typeof PROBLEMS;

/** One thing that is wrong, and where: `field` is a body field (`resources.cpu`), a query parameter, or `t`. */
export interface ProblemDetail {
  readonly field: string;
  readonly message: string;
}

/** A refusal, before it meets a wire: the HTTP edge adds `timestamp` and `request_id`. */
export interface Problem<Code extends ProblemCode = ProblemCode> {
  readonly code: Code;
  /** One sentence for a person: what was wrong, and what to do about it. */
  readonly message: string;
  readonly details?: readonly ProblemDetail[];
  /** Seconds, at least 1, after which trying again makes sense; travels as `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** Makes a problem; the code decides its status and whether to retry. */
export function problem<Code extends ProblemCode>(
  code: Code,
  message: string,
  more: Pick<Problem, 'details' | 'retryAfterSeconds'> = {},
): Problem<Code> {
  return { code, message, ...more };
}
