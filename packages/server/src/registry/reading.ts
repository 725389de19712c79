/**
 * The reads of a registry that has loaded, all from memory.
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
import type { AdvertisementIndex, Findings, LentBytes, PageRecord } from '../matching/contract.js';
import type { Clock } from '../telemetry/clock.js';
import type { Chronicle } from './chronicle.js';
import type { Found, Numbers } from './contract.js';
import type { LiveView } from './live-view.js';
import { notListed } from './outcomes.js';
import { withProof } from './proof.js';
import { SurveyLine } from './survey-line.js';

/** What is read. */
export interface ReadingParts {
  readonly index: AdvertisementIndex;
  readonly view: LiveView;
  readonly chronicle: Chronicle;
  readonly clock: Clock;
}

/** See the head of this file. */
export class Reading {
  readonly #index: AdvertisementIndex;
  readonly #view: LiveView;
  readonly #chronicle: Chronicle;
  readonly #clock: Clock;
  readonly #surveys = new SurveyLine();

  constructor({ index, view, chronicle, clock }: ReadingParts) {
    this.#index = index;
    this.#view = view;
    this.#chronicle = chronicle;
    this.#clock = clock;
  }

  find(query: FindQuery): Result<Found> {
    this.#view.hideLapsed();
    const page = this.#index.find(query);
    if (!page.ok) return page;
    const { records } = page.value;
    return records === undefined
      ? page
      : accept({ ...page.value, list: this.#provenList(records) });
  }

  get(providerId: ProviderId, proof: boolean): Result<string> {
    this.#view.hideLapsed();
    const text = this.#index.get(providerId);
    if (text === undefined) return refuse(notListed());
    return accept(proof ? this.#proven(providerId, text) : text);
  }

  explain(requirements: Requirements): Promise<Result<Findings>> {
    return this.#surveys.take(() => {
      this.#view.hideLapsed();
      return this.#index.explain(requirements);
    });
  }

  stats(): Numbers {
    this.#view.hideLapsed();
    const traffic = this.#chronicle.trafficUntil(this.#clock.wallMs());
    return { market: this.#index.stats(), traffic };
  }

  /** Refuses whoever waits for an explanation. Safe to call twice. */
  close(): void {
    this.#surveys.close();
  }

  #provenList(records: readonly PageRecord[]): LentBytes {
    const proven = records.map(({ providerId, text }) => this.#proven(providerId, text));
    const bytes = Buffer.from(`[${proven.join(',')}]`, 'latin1');
    return { bytes, keep: () => undefined };
  }

  #proven(providerId: ProviderId, text: string): string {
    return withProof(text, this.#view.find(providerId)?.proof);
  }
}
