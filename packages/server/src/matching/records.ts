/**
 * What answers are written from, by slot: the head of the record and what a renewal or an estimate
 * needs. Kept apart from the rows, which questions look at a thousand times as often.
 * Cost: the text, and 48 bytes. Chunks, so that growing copies nothing.
 */
import { type Pricing, type Resources, estimatePrice } from 'golem-vm-discovery-protocol';
import type { Offer } from './contract.js';
import { recordHead, recordText } from './record-text.js';
import type { Rows } from './rows.js';

const CHUNK_RECORDS_LOG2 = 14;
const CHUNK_RECORD_MASK = 2 ** CHUNK_RECORDS_LOG2 - 1;
const DOUBLES = 5;
const UPDATED = 0;
const EXPIRES = 1;
/** The three prices in GLM; NaN where one is missing. */
const GLM_CORE = 2;
const GLM_MEMORY = 3;
const GLM_STORAGE = 4;

const NO_DOUBLES = new Float64Array(0);

export class Records {
  readonly #rows: Rows;
  readonly #heads: string[] = [];
  readonly #doubles: Float64Array[] = [];

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  write(slot: number, offer: Offer): void {
    if (slot >> CHUNK_RECORDS_LOG2 >= this.#doubles.length) {
      this.#doubles.push(new Float64Array(DOUBLES << CHUNK_RECORDS_LOG2));
    }
    const { pricing } = offer.advertisement;
    this.#heads[slot] = recordHead(offer);
    this.renew(slot, offer.updatedAtMs, offer.expiresAtMs);
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
    this.#heads[slot] = '';
  }

  /** The wire text of a record; with its price, where it has one and a whole shape is asked for. */
  text(slot: number, shape: Resources | undefined): string {
    const times = {
      createdAtMs: this.#rows.createdAtMs(slot),
      updatedAtMs: this.#get(slot, UPDATED),
      expiresAtMs: this.#get(slot, EXPIRES),
    };
    const estimate = shape && estimatePrice(shape, this.#pricing(slot));
    return recordText(this.#heads[slot] ?? '', times, estimate);
  }

  #pricing(slot: number): Pricing | undefined {
    const core = this.#rows.corePrice(slot);
    if (core === Infinity) return undefined;
    const glmCore = this.#get(slot, GLM_CORE);
    const glmMemory = this.#get(slot, GLM_MEMORY);
    const glmStorage = this.#get(slot, GLM_STORAGE);
    const usd = {
      usd_per_core_month: core,
      usd_per_gb_ram_month: this.#rows.memoryPrice(slot),
      usd_per_gb_storage_month: this.#rows.storagePrice(slot),
    };
    if (Number.isNaN(glmCore + glmMemory + glmStorage)) return usd;
    return {
      ...usd,
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
