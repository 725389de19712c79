/**
 * What answers are written from, by slot: the text of each record, open, the times of its last renewal,
 * and its prices in GLM, which only estimates need. Kept apart from the rows, which questions look
 * at a thousand times as often.
 * Cost: the text, and 48 bytes. Chunks, so that growing copies nothing.
 */
import {
  estimatePrice,
  type Estimate,
  type Pricing,
  type Resources,
} from 'golem-vm-discovery-protocol';
import { amountText } from './amount-text.js';
import type { Offer } from './contract.js';
import { UNPRICED_KEY } from './ranking.js';
import { openRecord, withTimes } from './record-text.js';
import type { Rows } from './rows.js';

const CHUNK_RECORDS_LOG2 = 14;
const CHUNK_RECORD_MASK = 2 ** CHUNK_RECORDS_LOG2 - 1;
const DOUBLES = 5;
/** When it was renewed since its text was written; NaN where it was not. */
const UPDATED = 0;
const EXPIRES = 1;
/** The three prices in GLM; NaN where one is missing. */
const GLM_CORE = 2;
const GLM_MEMORY = 3;
const GLM_STORAGE = 4;

const NO_DOUBLES = new Float64Array(0);

export class Records {
  readonly #rows: Rows;
  readonly #texts: string[] = [];
  readonly #doubles: Float64Array[] = [];

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  write(slot: number, offer: Offer): void {
    if (slot >> CHUNK_RECORDS_LOG2 >= this.#doubles.length) {
      this.#doubles.push(new Float64Array(DOUBLES << CHUNK_RECORDS_LOG2));
    }
    const { pricing } = offer.advertisement;
    this.#texts[slot] = openRecord(offer);
    this.renew(slot, NaN, NaN);
    this.#set(slot, GLM_CORE, pricing?.glm_per_core_month ?? NaN);
    this.#set(slot, GLM_MEMORY, pricing?.glm_per_gb_ram_month ?? NaN);
    this.#set(slot, GLM_STORAGE, pricing?.glm_per_gb_storage_month ?? NaN);
  }

  renew(slot: number, updatedAtMs: number, expiresAtMs: number): void {
    this.#set(slot, UPDATED, updatedAtMs);
    this.#set(slot, EXPIRES, expiresAtMs);
  }

  /** Lets go of the text. */
  release(slot: number): void {
    this.#texts[slot] = '';
  }

  /** The wire text of a record. */
  text(slot: number): string {
    return `${this.#current(slot)}}`;
  }

  /**
   * The wire texts of some records; with the price, where they have one and a whole shape is asked for.
   *
   * Two loops, and the first looks at every text: in so short a loop the memory fetches all of them at
   * the same time. Waiting for one after the other, while they are written, cost 2 µs more a page.
   */
  texts(slots: readonly number[], shape: Resources | undefined): readonly string[] {
    const open: string[] = [];
    let characters = 0;
    for (const slot of slots) {
      const text = this.#current(slot);
      characters += text.length;
      open.push(text);
    }
    if (characters === 0) return [];
    return open.map((text, place) => text + this.#ending(slots[place] ?? 0, shape));
  }

  #ending(slot: number, shape: Resources | undefined): string {
    const estimate = shape && estimatePrice(shape, this.#pricing(slot));
    return estimate ? estimateText(estimate) : '}';
  }

  /** The open text, with the times of the last renewal. */
  #current(slot: number): string {
    const text = this.#texts[slot] ?? '';
    const updatedAtMs = this.#get(slot, UPDATED);
    return Number.isNaN(updatedAtMs) ? text : this.#refresh(slot, text, updatedAtMs);
  }

  #refresh(slot: number, text: string, updatedAtMs: number): string {
    const createdAtMs = this.#rows.createdAtMs(slot);
    const times = { createdAtMs, updatedAtMs, expiresAtMs: this.#get(slot, EXPIRES) };
    const refreshed = withTimes(text, times);
    this.#texts[slot] = refreshed;
    this.#set(slot, UPDATED, NaN);
    return refreshed;
  }

  /** Written out twice: spreading one object into another cost more than all the rest of a page. */
  #pricing(slot: number): Pricing | undefined {
    const core = this.#rows.corePrice(slot);
    if (core === UNPRICED_KEY) return undefined;
    const memory = this.#rows.memoryPrice(slot);
    const storage = this.#rows.storagePrice(slot);
    const glmCore = this.#get(slot, GLM_CORE);
    const glmMemory = this.#get(slot, GLM_MEMORY);
    const glmStorage = this.#get(slot, GLM_STORAGE);
    if (Number.isNaN(glmCore + glmMemory + glmStorage)) {
      return {
        usd_per_core_month: core,
        usd_per_gb_ram_month: memory,
        usd_per_gb_storage_month: storage,
      };
    }
    return {
      usd_per_core_month: core,
      usd_per_gb_ram_month: memory,
      usd_per_gb_storage_month: storage,
      glm_per_core_month: glmCore,
      glm_per_gb_ram_month: glmMemory,
      glm_per_gb_storage_month: glmStorage,
    };
  }

  #get(slot: number, field: number): number {
    const doubles = this.#doubles[slot >> CHUNK_RECORDS_LOG2] ?? NO_DOUBLES;
    return doubles[(slot & CHUNK_RECORD_MASK) * DOUBLES + field] ?? NaN;
  }

  #set(slot: number, field: number, value: number): void {
    const doubles = this.#doubles[slot >> CHUNK_RECORDS_LOG2] ?? NO_DOUBLES;
    doubles[(slot & CHUNK_RECORD_MASK) * DOUBLES + field] = value;
  }
}

const USD_PER_MONTH = ',"estimate":{"usd_per_month":';
const USD_PER_HOUR = ',"usd_per_hour":';
const GLM_PER_MONTH = ',"glm_per_month":';
const ENDING = '}}';

/** What ends a record that has an estimate. Templates would ask of each part whether it is a string. */
function estimateText({ usd_per_month, usd_per_hour, glm_per_month }: Estimate): string {
  const month = USD_PER_MONTH + amountText(usd_per_month);
  const usd = month + USD_PER_HOUR + amountText(usd_per_hour);
  return glm_per_month === undefined
    ? usd + ENDING
    : usd + GLM_PER_MONTH + amountText(glm_per_month) + ENDING;
}
