/**
 * How the first tries of an advertisement went, hub by hub: what decides whether staying makes
 * sense. Listed is listed; a refusal that waiting can't mend is final; silence is given some tries.
 */
import type { AdvertiserEvent } from '../../advertising/advertiser-event.js';
import type { Failure } from '../../failure.js';
import { adviceFor } from '../../failure.js';

/** What became of one hub. */
type FirstAnswer = 'listed' | Failure;

/** Tries that a hub is given when the command is to end with its answer. */
const TRIES_MAX = 3;

/** Collects the first answers of a number of hubs. */
export class FirstAnswers {
  readonly #hubs: number;
  readonly #answers = new Map<string, FirstAnswer>();
  #resolve = (_answers: FirstAnswers): void => undefined;
  /** Resolves when every hub has answered for good. */
  readonly complete = new Promise<FirstAnswers>((resolve) => {
    this.#resolve = resolve;
  });

  constructor(hubs: number) {
    this.#hubs = hubs;
  }

  /** Takes note of an event. */
  hear(event: AdvertiserEvent): void {
    const answer = answerIn(event);
    if (answer === undefined || this.#answers.has(event.hub)) return;
    this.#answers.set(event.hub, answer);
    if (this.#answers.size === this.#hubs) this.#resolve(this);
  }

  /** The failures, where not every hub lists it. */
  get failures(): readonly Failure[] {
    return [...this.#answers.values()].filter((answer) => answer !== 'listed');
  }

  /** Whether no hub lists it, nor will by waiting. */
  get hopeless(): boolean {
    return (
      this.failures.length === this.#hubs &&
      this.failures.every(({ code }) => adviceFor(code) === 'never')
    );
  }
}

function answerIn(event: AdvertiserEvent): FirstAnswer | undefined {
  if (event.kind === 'listed' || event.kind === 'renewed') return 'listed';
  if (event.kind !== 'refused' && event.kind !== 'unreachable') return undefined;
  const { failure, failures } = event;
  return adviceFor(failure.code) === 'never' || failures >= TRIES_MAX ? failure : undefined;
}
