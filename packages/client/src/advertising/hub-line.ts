/**
 * The line to one hub: it does what `decide` says, and nothing by itself. Owns the one request
 * that is under way and the one timer.
 * Invariant: an answer that comes after its request was given up changes nothing.
 */
import { attempt } from '../transport/attempt.js';
import type { Surroundings } from '../transport/surroundings.js';
import { eventOf, type AdvertiserEvent } from './advertiser-event.js';
import { decide } from './decision.js';
import { readHubAnswer } from './grant.js';
import { withNetworkHint } from './network-hint.js';
import type { SigningDesk } from './signing-desk.js';
import { FIRST_STANDING, type Occurrence, type Standing, type Step } from './standing.js';

/** What a line needs. */
export interface LineParts {
  readonly hub: string;
  readonly desk: SigningDesk;
  readonly surroundings: Surroundings;
  readonly correctionMsMax: number;
  readonly onEvent: (event: AdvertiserEvent) => void;
}

/** The line to one hub. It does nothing until it is told something. */
export class HubLine {
  readonly #parts: LineParts;
  #standing: Standing = FIRST_STANDING;
  #underWay = new AbortController();
  #callOff = (): void => undefined;
  #resolveEnded = (): void => undefined;
  /** Resolves when there is nothing left to do. */
  readonly ended = new Promise<void>((resolve) => {
    this.#resolveEnded = resolve;
  });

  constructor(parts: LineParts) {
    this.#parts = parts;
  }

  get hub(): string {
    return this.#parts.hub;
  }

  get standing(): Standing {
    return this.#standing;
  }

  /** Something happened. */
  tell(occurrence: Occurrence): void {
    const { surroundings, correctionMsMax, hub, onEvent } = this.#parts;
    const step = decide(this.#standing, occurrence, {
      wallMs: surroundings.wallMs(),
      monotonicMs: surroundings.monotonicMs(),
      random: surroundings.random(),
      correctionMsMax,
    });
    this.#obey(step);
    // Apart, so that a listener which throws stops nothing but itself.
    for (const news of step.news) queueMicrotask(() => onEvent(eventOf(hub, news)));
  }

  /** Lets go of everything, without a word to the hub. */
  drop(): void {
    this.#obey({ standing: { ...this.#standing, phase: 'ended' }, news: [] });
  }

  #obey({ standing, ask }: Step): void {
    this.#standing = standing;
    this.#callOff();
    if (ask !== undefined || standing.phase !== 'asking') this.#underWay.abort();
    if (ask !== undefined) void this.#ask(ask);
    else if (standing.phase === 'resting') this.#wait(standing.dueMs);
    else if (standing.phase === 'ended') this.#resolveEnded();
  }

  #wait(untilMs: number): void {
    const { surroundings } = this.#parts;
    const delayMs = Math.max(0, untilMs - surroundings.monotonicMs());
    this.#callOff = surroundings.after(delayMs, () => this.tell({ kind: 'rang' }));
  }

  async #ask({ word, timeoutMs }: NonNullable<Step['ask']>): Promise<void> {
    const controller = new AbortController();
    this.#underWay = controller;
    const occurrence = await this.#exchange({ word, timeoutMs }, controller.signal);
    if (!controller.signal.aborted) this.tell(occurrence);
  }

  async #exchange(
    { word, timeoutMs }: NonNullable<Step['ask']>,
    signal: AbortSignal,
  ): Promise<Occurrence> {
    const { desk, hub, surroundings } = this.#parts;
    try {
      const request = await desk.requestFor(word);
      const bounds = { timeoutMs, signal };
      const answer = await attempt(surroundings, hub, request, bounds);
      const hinted = await withNetworkHint(answer, hub, desk.network, surroundings, bounds);
      return readHubAnswer(hinted, word, desk.providerId);
    } catch (error) {
      return { kind: 'unsigned', error };
    }
  }
}
