/**
 * The reads of a registry that has loaded: from memory, but for proofs.
 * Invariant: before each of them, what has lapsed is hidden.
 */
import {
  accept,
  refuse,
  type FindQuery,
  type ProviderId,
  type Requirements,
  type Result,
} from 'golem-vm-discovery-protocol';
import type { Refusal } from '../admission/contract.js';
import type { AdvertisementIndex, Findings, Page } from '../matching/contract.js';
import type { Store } from '../store/contract.js';
import type { Clock } from '../telemetry/clock.js';
import type { LeaseClock } from './lease-clock.js';
import type { Chronicle } from './chronicle.js';
import type { Found, Numbers } from './contract.js';
import type { LiveView } from './live-view.js';
import { notListed } from './outcomes.js';
import { type ProviderStanding, standingOf } from './provider-standing.js';
import { prove, type Witnesses } from './proving.js';
import { SurveyLine } from './survey-line.js';

/** What is read. */
export interface ReadingParts {
  readonly index: AdvertisementIndex;
  readonly view: LiveView;
  readonly store: Pick<Store, 'proofs'>;
  readonly chronicle: Chronicle;
  readonly clock: Clock;
  readonly leaseClock: LeaseClock;
  /** See `Admission.lastRefusal`. */
  readonly lastRefusal: (providerId: ProviderId) => Refusal | undefined;
}

/** See the head of this file. */
export class Reading {
  readonly #index: AdvertisementIndex;
  readonly #view: LiveView;
  readonly #parts: ReadingParts;
  readonly #witnesses: Witnesses;
  readonly #surveys = new SurveyLine();

  constructor(parts: ReadingParts) {
    const { index, view, store } = parts;
    this.#index = index;
    this.#view = view;
    this.#parts = parts;
    this.#witnesses = { store, find: (providerId) => view.find(providerId) };
  }

  find(query: FindQuery): Result<Page & Found> {
    this.#view.hideLapsed();
    const page = this.#index.find(query);
    if (!page.ok) return page;
    const { list, records, next, total } = page.value;
    return accept({ list, records, next, total, cursor: this.#view.feed.cursor });
  }

  async findProven(query: FindQuery): Promise<Result<Found>> {
    const proven = await prove(this.#witnesses, () => {
      const page = this.find(query);
      return page.ok ? accept({ ...page.value, records: page.value.records ?? [] }) : page;
    });
    if (!proven.ok) return proven;
    const { answer, texts } = proven.value;
    const bytes = Buffer.from(`[${texts.join(',')}]`, 'latin1');
    return accept({ ...answer, list: { bytes, keep: () => undefined } });
  }

  get(providerId: ProviderId): Result<string> {
    this.#view.hideLapsed();
    const text = this.#index.get(providerId);
    return text === undefined ? refuse(notListed()) : accept(text);
  }

  async getProven(providerId: ProviderId): Promise<Result<string>> {
    const proven = await prove(this.#witnesses, () => {
      const text = this.get(providerId);
      return text.ok ? accept({ records: [{ providerId, text: text.value }] }) : text;
    });
    return proven.ok ? accept(proven.value.texts.join('')) : proven;
  }

  explain(requirements: Requirements): Promise<Result<Findings>> {
    return this.#surveys.take(() => {
      this.#view.hideLapsed();
      return this.#index.explain(requirements);
    });
  }

  status(providerId: ProviderId): ProviderStanding {
    this.#view.hideLapsed();
    return standingOf(this.#parts, providerId);
  }

  stats(): Numbers {
    this.#view.hideLapsed();
    const { chronicle, clock } = this.#parts;
    const traffic = chronicle.trafficUntil(clock.wallMs());
    return { market: this.#index.stats(), traffic };
  }

  /** Refuses whoever waits for an explanation. Safe to call twice. */
  close(): void {
    this.#surveys.close();
  }
}
