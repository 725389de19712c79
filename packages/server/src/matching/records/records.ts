/**
 * What answers are written from, by slot: the wire text of each record, open, as bytes, and before it its
 * times and what only an estimate needs. Kept apart from the rows, which questions look at a thousand times as often.
 * Cost: the text and 48 bytes, rounded up to 16. A renewal writes two numbers.
 */
import { LIMITS, type Resources } from 'golem-vm-discovery-protocol';
import { AMOUNT_BYTES_MAX, writeAmount } from './amount-bytes.js';
import { AnswerBytes, Literal } from './answer-bytes.js';
import type { Offer } from '../contract.js';
import { UNPRICED_KEY } from '../rows/ranking.js';
import { type ArenaChunk, unitsFor, ByteArena } from '../columns/byte-arena.js';
import { openRecord } from './record-text.js';
import type { Rows } from '../rows/rows.js';
import { TIME_BYTES, writeTime } from './time-bytes.js';

/** A block begins with the three prices in GLM, NaN where one is missing, the times of the last renewal, and the length of its text. */
const GLM_CORE = 0;
const GLM_MEMORY = 1;
const GLM_STORAGE = 2;
const UPDATED = 3;
const EXPIRES = 4;
const TEXT_BYTES = 5;
const HEAD_DOUBLES = 6;
const HEAD_BYTES = HEAD_DOUBLES * 8;
const LINE_BYTES = 64;

const CREATED_AT = new Literal(',"created_at":"');
const UPDATED_AT = new Literal('","updated_at":"');
const EXPIRES_AT = new Literal('","expires_at":"');
const USD_PER_MONTH = new Literal(',"estimate":{"usd_per_month":');
const USD_PER_HOUR = new Literal(',"usd_per_hour":');
const GLM_PER_MONTH = new Literal(',"glm_per_month":');
const QUOTE = 34;
const BRACE = 125;

const TIMES_BYTES = CREATED_AT.length + UPDATED_AT.length + EXPIRES_AT.length + 3 * TIME_BYTES + 1;

/** The most bytes by which a record grows in a list: its times, its estimate, its end and a comma. */
const ENDING_BYTES_MAX =
  TIMES_BYTES +
  USD_PER_MONTH.length +
  USD_PER_HOUR.length +
  GLM_PER_MONTH.length +
  3 * AMOUNT_BYTES_MAX +
  3;

export class Records {
  readonly #rows: Rows;
  readonly #arena = new ByteArena();

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  write(slot: number, offer: Offer): void {
    const text = openRecord(offer);
    const block = this.#arena.take(unitsFor(HEAD_BYTES + text.length));
    this.#rows.setBlock(slot, block);
    const { bytes, doubles } = this.#arena.chunkOf(block);
    const start = this.#arena.startOf(block);
    const { pricing } = offer.advertisement;
    const head = start / 8;
    doubles[head + GLM_CORE] = pricing?.glm_per_core_month ?? NaN;
    doubles[head + GLM_MEMORY] = pricing?.glm_per_gb_ram_month ?? NaN;
    doubles[head + GLM_STORAGE] = pricing?.glm_per_gb_storage_month ?? NaN;
    doubles[head + UPDATED] = offer.updatedAtMs;
    doubles[head + EXPIRES] = offer.expiresAtMs;
    doubles[head + TEXT_BYTES] = text.length;
    bytes.write(text, start + HEAD_BYTES, 'latin1');
  }

  renew(slot: number, updatedAtMs: number, expiresAtMs: number): void {
    const block = this.#rows.block(slot);
    const { doubles } = this.#arena.chunkOf(block);
    const head = this.#arena.startOf(block) / 8;
    doubles[head + UPDATED] = updatedAtMs;
    doubles[head + EXPIRES] = expiresAtMs;
  }

  /** Lets go of the text. */
  release(slot: number): void {
    const block = this.#rows.block(slot);
    this.#arena.release(block, unitsFor(HEAD_BYTES + this.#textBytes(block)));
  }

  /** The wire text of a record, without an estimate. */
  text(slot: number): string {
    const out = new AnswerBytes(this.bytesMax([slot]));
    return out.bytes.toString('latin1', 0, this.writeText(out, 0, slot, undefined));
  }

  /**
   * The most bytes that the texts of some records take in a list. It looks at every line of each, which
   * makes the memory fetch all of them at the same time: writing a list from records that lie in no
   * cache costs a third less after it.
   */
  bytesMax(slots: readonly number[]): number {
    let bytesMax = 2;
    let seen = 0;
    for (const slot of slots) {
      const block = this.#rows.block(slot);
      const { bytes } = this.#arena.chunkOf(block);
      const start = this.#arena.startOf(block);
      const textBytes = this.#textBytes(block);
      const end = start + HEAD_BYTES + textBytes;
      for (let at = start + HEAD_BYTES; at < end; at += LINE_BYTES) seen |= bytes[at] ?? 0;
      seen |= bytes[end - 1] ?? 0;
      bytesMax += textBytes + ENDING_BYTES_MAX;
    }
    // What was looked at has to be used, or it would not be looked at; texts are ASCII.
    if (seen > 127) throw new Error('the text of a record is not ASCII');
    return bytesMax;
  }

  /**
   * Writes the text of a record, with what it costs, where it has prices and a whole shape is asked for.
   * Gives the position after it.
   */
  writeText(out: AnswerBytes, at: number, slot: number, shape: Resources | undefined): number {
    const block = this.#rows.block(slot);
    const chunk = this.#arena.chunkOf(block);
    const start = this.#arena.startOf(block);
    const text = start + HEAD_BYTES;
    const known = at + chunk.bytes.copy(out.bytes, at, text, text + this.#textBytes(block));
    let end = this.#writeTimes(out, known, slot, chunk.doubles, start / 8);
    if (shape !== undefined && this.#rows.corePrice(slot) !== UNPRICED_KEY) {
      end = this.#writeEstimate(out, end, slot, shape, chunk, start / 8);
    }
    out.view.setUint8(end, BRACE);
    return end + 1;
  }

  #writeTimes(
    out: AnswerBytes,
    at: number,
    slot: number,
    doubles: Float64Array,
    head: number,
  ): number {
    let end = writeTime(out, CREATED_AT.write(out, at), this.#rows.createdAtMs(slot));
    end = writeTime(out, UPDATED_AT.write(out, end), doubles[head + UPDATED] ?? NaN);
    end = writeTime(out, EXPIRES_AT.write(out, end), doubles[head + EXPIRES] ?? NaN);
    out.view.setUint8(end, QUOTE);
    return end + 1;
  }

  /** As `estimatePrice` of the protocol has it, from numbers alone: its objects cost a page 1 µs. */
  #writeEstimate(
    out: AnswerBytes,
    at: number,
    slot: number,
    { cpu, memory, storage }: Resources,
    { doubles }: ArenaChunk,
    head: number,
  ): number {
    const usd = this.#rows.usd(slot, cpu, memory, storage);
    const glm =
      cpu * (doubles[head + GLM_CORE] ?? NaN) +
      memory * (doubles[head + GLM_MEMORY] ?? NaN) +
      storage * (doubles[head + GLM_STORAGE] ?? NaN);
    let end = writeAmount(out, USD_PER_MONTH.write(out, at), usd);
    end = writeAmount(out, USD_PER_HOUR.write(out, end), usd / LIMITS.hoursPerMonth);
    if (!Number.isNaN(glm)) end = writeAmount(out, GLM_PER_MONTH.write(out, end), glm);
    out.view.setUint8(end, BRACE);
    return end + 1;
  }

  #textBytes(block: number): number {
    const { doubles } = this.#arena.chunkOf(block);
    return doubles[this.#arena.startOf(block) / 8 + TEXT_BYTES] ?? 0;
  }
}
