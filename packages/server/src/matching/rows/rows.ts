/**
 * What questions look at, one row of 56 bytes for each slot: testing an advertisement costs a miss in
 * the caches, or two. Rows lie in chunks of 1 MB: growing adds a chunk and copies nothing,
 * so that no insertion is ever slow. A row in use changes only through `write`.
 */
import type { ProviderId, Resources } from 'golem-vm-discovery-protocol';
import { idCode } from '../providers/id-code.js';
import { ORDER, type Order, type Place, hintOf } from './orders.js';
import type { ProviderSlots } from '../providers/provider-slots.js';
import { sizeMark } from './size-mark.js';

const CHUNK_ROWS_LOG2 = 14;
const CHUNK_ROW_MASK = 2 ** CHUNK_ROWS_LOG2 - 1;
const ROW_BYTES = 56;

/** Offsets in doubles; a row is seven of them. */
const CREATED = 0;
const CORE = 1;
const MEMORY_PRICE = 2;
const STORAGE_PRICE = 3;
/** Offsets in whole numbers of 32 bits; a row is fourteen, and the doubles take the first eight. */
const CPU = 8;
const MEMORY = 9;
const STORAGE = 10;
/** The platform, and in the lowest nine bits the country. */
const PLATFORM_AND_COUNTRY = 11;
const ID_CODE = 12;
const VERIFIED = 13;

const COUNTRY_BITS = 9;
const COUNTRY_MASK = 2 ** COUNTRY_BITS - 1;

/** Where things lie in a chunk, for what looks at every row: in doubles, and in whole numbers. */
export const ROW_LAYOUT = {
  chunkRows: 2 ** CHUNK_ROWS_LOG2,
  doubles: ROW_BYTES / 8,
  integers: ROW_BYTES / 4,
  corePrice: CORE,
  memoryPrice: MEMORY_PRICE,
  storagePrice: STORAGE_PRICE,
  cpu: CPU,
  memory: MEMORY,
  storage: STORAGE,
  platformAndCountry: PLATFORM_AND_COUNTRY,
  countryBits: COUNTRY_BITS,
} as const;

/** Two views of the same rows. */
export interface RowChunk {
  readonly doubles: Float64Array;
  readonly integers: Int32Array;
}

const NO_DOUBLES = new Float64Array(0);
const NO_INTEGERS = new Int32Array(0);

/** The three unit prices in dollars; all `Infinity` for the unpriced. */
export interface UnitPrices {
  readonly core: number;
  readonly memory: number;
  readonly storage: number;
}

/** What a row is made from. */
export interface RowContent {
  readonly verified: boolean;
  readonly createdAtMs: number;
  readonly resources: Resources;
  /** A number for the platform, below 4,194,304. */
  readonly platform: number;
  /** A number for the country, below 512. */
  readonly country: number;
  readonly prices: UnitPrices;
}

export class Rows {
  readonly #doubles: Float64Array[] = [];
  readonly #integers: Int32Array[] = [];
  readonly #slots: ProviderSlots;

  constructor(slots: ProviderSlots) {
    this.#slots = slots;
  }

  write(slot: number, providerId: ProviderId, content: RowContent): void {
    const { verified, createdAtMs, resources, platform, country, prices } = content;
    if (slot >> CHUNK_ROWS_LOG2 >= this.#doubles.length) this.#addChunk();
    const { cpu, memory, storage } = resources;
    const doubles = [createdAtMs, prices.core, prices.memory, prices.storage];
    const place = (platform << COUNTRY_BITS) | country;
    const integers = [cpu, memory, storage, place, idCode(providerId), Number(verified)];
    const row = slot & CHUNK_ROW_MASK;
    this.#doublesOf(slot).set(doubles, row * (ROW_BYTES / 8));
    this.#integersOf(slot).set(integers, row * (ROW_BYTES / 4) + CPU);
  }

  /** The chunk of a slot: to look at every row, a row at a time is four times as slow. */
  chunkOf(slot: number): RowChunk {
    return { doubles: this.#doublesOf(slot), integers: this.#integersOf(slot) };
  }

  isVerified(slot: number): boolean {
    return this.#integer(slot, VERIFIED) !== 0;
  }

  createdAtMs(slot: number): number {
    return this.#double(slot, CREATED);
  }

  cpu(slot: number): number {
    return this.#integer(slot, CPU);
  }

  memory(slot: number): number {
    return this.#integer(slot, MEMORY);
  }

  storage(slot: number): number {
    return this.#integer(slot, STORAGE);
  }

  platform(slot: number): number {
    return this.#integer(slot, PLATFORM_AND_COUNTRY) >>> COUNTRY_BITS;
  }

  country(slot: number): number {
    return this.#integer(slot, PLATFORM_AND_COUNTRY) & COUNTRY_MASK;
  }

  /** Sizes and platform in brief, for leaves. */
  sizeMark(slot: number): number {
    return sizeMark(this.cpu(slot), this.memory(slot), this.storage(slot), this.platform(slot));
  }

  /** Whether a row is already what `write` would make of this. */
  holds(slot: number, content: RowContent): boolean {
    const { verified, createdAtMs, resources, platform, country, prices } = content;
    return (
      this.isVerified(slot) === verified &&
      this.createdAtMs(slot) === createdAtMs &&
      this.cpu(slot) === resources.cpu &&
      this.memory(slot) === resources.memory &&
      this.storage(slot) === resources.storage &&
      this.platform(slot) === platform &&
      this.country(slot) === country &&
      this.corePrice(slot) === prices.core &&
      this.memoryPrice(slot) === prices.memory &&
      this.storagePrice(slot) === prices.storage
    );
  }

  idCode(slot: number): number {
    return this.#integer(slot, ID_CODE);
  }

  /** The following three: dollars a month; `Infinity` for the unpriced. */
  corePrice(slot: number): number {
    return this.#double(slot, CORE);
  }

  memoryPrice(slot: number): number {
    return this.#double(slot, MEMORY_PRICE);
  }

  storagePrice(slot: number): number {
    return this.#double(slot, STORAGE_PRICE);
  }

  /** What an order sorts by, ascending, before the provider id. */
  key(order: Order, slot: number): number {
    switch (order) {
      case ORDER.uptime:
        return this.#double(slot, CREATED);
      case ORDER.cpu:
        return -this.#integer(slot, CPU);
      case ORDER.memory:
        return -this.#integer(slot, MEMORY);
      case ORDER.storage:
        return -this.#integer(slot, STORAGE);
    }
  }

  /** Negative where `slot` comes before a place in an order, 0 only where it is that provider. */
  compare(order: Order, slot: number, place: Place): number {
    const key = this.key(order, slot);
    if (key !== place.key) return key < place.key ? -1 : 1;
    return this.compareIds(slot, place);
  }

  compareIds(slot: number, { idCode: code, providerId }: Omit<Place, 'key'>): number {
    const own = this.#integer(slot, ID_CODE);
    if (own !== code) return own < code ? -1 : 1;
    const id = this.#slots.providerIn(slot);
    if (id === providerId) return 0;
    return id < providerId ? -1 : 1;
  }

  /** Negative where one slot comes before another in an order. */
  compareSlots(order: Order, one: number, other: number): number {
    const key = this.key(order, one);
    const otherKey = this.key(order, other);
    if (key !== otherKey) return key < otherKey ? -1 : 1;
    if (one === other) return 0;
    return this.isIdBefore(one, other) ? -1 : 1;
  }

  /** Whether the id of one slot comes before that of another. */
  isIdBefore(one: number, other: number): boolean {
    const code = this.idCode(one);
    const otherCode = this.idCode(other);
    if (code !== otherCode) return code < otherCode;
    return this.#slots.compareIds(one, other) < 0;
  }

  /** The place of a slot in an order. */
  place(order: Order, slot: number): Place {
    const providerId = this.#slots.providerIn(slot);
    return { key: this.key(order, slot), idCode: this.idCode(slot), providerId };
  }

  /** The hint of a slot in an order. */
  hint(order: Order, slot: number): number {
    return hintOf(order, this.key(order, slot), this.idCode(slot));
  }

  /**
   * What a shape costs a month in dollars; `Infinity` for the unpriced. Every price that decides an answer is this
   * plain sum of doubles, in this order, as `monthlyUsd` of the protocol has it.
   */
  usd(slot: number, cpu: number, memory: number, storage: number): number {
    const doubles = this.#doublesOf(slot);
    const row = (slot & CHUNK_ROW_MASK) * (ROW_BYTES / 8);
    return (
      cpu * (doubles[row + CORE] ?? NaN) +
      memory * (doubles[row + MEMORY_PRICE] ?? NaN) +
      storage * (doubles[row + STORAGE_PRICE] ?? NaN)
    );
  }

  #double(slot: number, field: number): number {
    return this.#doublesOf(slot)[(slot & CHUNK_ROW_MASK) * (ROW_BYTES / 8) + field] ?? NaN;
  }

  #integer(slot: number, field: number): number {
    return this.#integersOf(slot)[(slot & CHUNK_ROW_MASK) * (ROW_BYTES / 4) + field] ?? 0;
  }

  #doublesOf(slot: number): Float64Array {
    return this.#doubles[slot >> CHUNK_ROWS_LOG2] ?? NO_DOUBLES;
  }

  #integersOf(slot: number): Int32Array {
    return this.#integers[slot >> CHUNK_ROWS_LOG2] ?? NO_INTEGERS;
  }

  #addChunk(): void {
    const chunk = new ArrayBuffer(ROW_BYTES << CHUNK_ROWS_LOG2);
    this.#doubles.push(new Float64Array(chunk));
    this.#integers.push(new Int32Array(chunk));
  }
}
