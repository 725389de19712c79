/**
 * The way to a set of hubs that speak for one network. It knows where they are and which of them
 * last answered; how one request travels is in `call.ts`.
 */
import type { HubAnswer } from './answer-reading.js';
import { Call, type Expectation } from './call.js';
import type { HubRequest } from './hub-request.js';
import { parseHubUrls } from './hub-urls.js';
import { SYSTEM, type Surroundings } from './surroundings.js';

/** How hard to try. */
export interface Persistence {
  /** Milliseconds that one attempt may take, to the last byte of the answer. Default 10,000. */
  readonly attemptTimeoutMs?: number | undefined;
  /** How many attempts a call may make, at all hubs together. Default 4, or one for each hub where there are more; 1 means no retry. */
  readonly attemptsMax?: number | undefined;
  /** Milliseconds that a call may take with all its attempts and the waits between them. Default 30,000. */
  readonly patienceMs?: number | undefined;
}

/** Where the hubs are, and how hard to try. */
export interface TransportOptions extends Persistence {
  /** One URL, or up to 16 in order of preference: the others are asked when the first can't answer. */
  readonly hubs: string | readonly string[];
  /** The world around; a test turns it by hand. */
  readonly surroundings?: Surroundings | undefined;
}

/** What holds for one call alone. */
export interface SendOptions extends Persistence {
  /** Ends the call with `ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  /** Ask this hub alone, by its URL. Default: all of them, the last that answered first. */
  readonly hub?: string | undefined;
}

/** Nothing is expected but JSON. */
const ANYTHING: Expectation<unknown> = {
  expected: 'JSON',
  isAnswer: (_body): _body is unknown => true,
};

const ATTEMPT_TIMEOUT_MS = 10_000;
const ATTEMPTS_MAX = 4;
const PATIENCE_MS = 30_000;

/** The way to the hubs. It holds nothing open, so there is nothing to close. */
export class Transport {
  /** Where they are, in order of preference. */
  readonly hubs: readonly string[];
  readonly surroundings: Surroundings;
  readonly #persistence: Persistence;
  #lastToAnswer: string | undefined;

  /** Throws a `TypeError` for URLs that can't be those of hubs, and a `RangeError` for bounds that are none. */
  constructor({ hubs, surroundings = SYSTEM, ...persistence }: TransportOptions) {
    checkPersistence(persistence);
    this.hubs = parseHubUrls(hubs);
    this.surroundings = surroundings;
    this.#persistence = persistence;
  }

  /**
   * Sends a request until there is an answer that will not change, or its bounds are reached.
   * Never rejects for what a hub or the network does; rejects with a `RangeError` for bounds that are
   * none, and a `TypeError` for a `hub` that can't be one. Whoever answers otherwise than is expected
   * does not speak as a hub, and the next one is asked.
   */
  send(request: HubRequest, options?: SendOptions): Promise<HubAnswer>;
  send<Body>(
    request: HubRequest,
    options: SendOptions,
    expectation: Expectation<Body>,
  ): Promise<HubAnswer<Body>>;
  async send(
    request: HubRequest,
    options: SendOptions = {},
    expectation = ANYTHING,
  ): Promise<HubAnswer> {
    checkPersistence(options);
    const hubs = options.hub === undefined ? this.#inOrder() : parseHubUrls(options.hub);
    const own = this.#persistence;
    const bounds = {
      attemptTimeoutMs: options.attemptTimeoutMs ?? own.attemptTimeoutMs ?? ATTEMPT_TIMEOUT_MS,
      attemptsMax: options.attemptsMax ?? own.attemptsMax ?? Math.max(ATTEMPTS_MAX, hubs.length),
      patienceMs: options.patienceMs ?? own.patienceMs ?? PATIENCE_MS,
      signal: options.signal,
    };
    const answer = await new Call(hubs, request, expectation, bounds, this.surroundings).run();
    if (answer.ok) this.#lastToAnswer = answer.hub;
    return answer;
  }

  /** Whoever answered last is asked first, so that one that is down is not waited for every time. */
  #inOrder(): readonly string[] {
    const first = this.#lastToAnswer;
    return first === undefined ? this.hubs : [first, ...this.hubs.filter((hub) => hub !== first)];
  }
}

function checkPersistence({ attemptTimeoutMs, attemptsMax, patienceMs }: Persistence): void {
  for (const [name, value] of Object.entries({ attemptTimeoutMs, attemptsMax, patienceMs })) {
    if (value !== undefined && !(value >= 1)) {
      throw new RangeError(`${name} is ${value}, and must be at least 1`);
    }
  }
}
