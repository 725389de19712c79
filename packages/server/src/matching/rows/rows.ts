/**
 * What questions look at, and what an answer is made of, one row for each slot. A row in use never changes but for
 * where its record lies: what is new goes into another slot.
 */
import type { ProviderId, Resources } from 'golem-vm-discovery-protocol';
import { idCode } from '../providers/id-code.js';
import { ORDER, type Order, type Place, hintOf } from './orders.js';
import type { ProviderSlots } from '../providers/provider-slots.js';
import { ROW_LAYOUT, type RowChunk, RowChunks } from './row-chunks.js';
import { sizeMark } from './size-mark.js';

const { created: CREATED, corePrice: CORE_PRICE, memoryPrice: MEMORY_PRICE } = ROW_LAYOUT;
const { storagePrice: STORAGE_PRICE, cpu: CPU, memory: MEMORY, storage: STORAGE } = ROW_LAYOUT;
const { platformAndCountry: PLACE, idCode: ID_CODE, verified: VERIFIED, block: BLOCK } = ROW_LAYOUT;
const COUNTRY_BITS = ROW_LAYOUT.countryBits;
const COUNTRY_MASK = 2 ** COUNTRY_BITS - 1;

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
  readonly #chunks = new RowChunks();
  readonly #slots: ProviderSlots;

  constructor(slots: ProviderSlots) {
    this.#slots = slots;
  }

  /** Makes the row of a slot that was just taken. */
  write(slot: number, providerId: ProviderId, content: RowContent): void {
    const { verified, createdAtMs, resources, platform, country, prices } = content;
    this.#chunks.reach(slot);
    const { cpu, memory, storage } = resources;
    const doubles = [createdAtMs, prices.core, prices.memory, prices.storage];
    const place = (platform << COUNTRY_BITS) | country;
    const integers = [cpu, memory, storage, place, idCode(providerId), Number(verified)];
    this.#chunks.doublesOf(slot).set(doubles, this.#chunks.doubleStart(slot));
    this.#chunks.integersOf(slot).set(integers, this.#chunks.integerStart(slot) + CPU);
  }

  /** The chunk of a slot: to look at every row, a row at a time is four times as slow. */
  chunkOf(slot: number): RowChunk {
    return { doubles: this.#chunks.doublesOf(slot), integers: this.#chunks.integersOf(slot) };
  }

  /** Where its record lies; see `Records`. */
  block(slot: number): number {
    return this.#integer(slot, BLOCK);
  }

  setBlock(slot: number, block: number): void {
    this.#chunks.integersOf(slot)[this.#chunks.integerStart(slot) + BLOCK] = block;
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
    return this.#integer(slot, PLACE) >>> COUNTRY_BITS;
  }

  country(slot: number): number {
    return this.#integer(slot, PLACE) & COUNTRY_MASK;
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
    return this.#double(slot, CORE_PRICE);
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
    const doubles = this.#chunks.doublesOf(slot);
    const row = this.#chunks.doubleStart(slot);
    return (
      cpu * (doubles[row + CORE_PRICE] ?? NaN) +
      memory * (doubles[row + MEMORY_PRICE] ?? NaN) +
      storage * (doubles[row + STORAGE_PRICE] ?? NaN)
    );
  }

  #double(slot: number, field: number): number {
    return this.#chunks.doublesOf(slot)[this.#chunks.doubleStart(slot) + field] ?? NaN;
  }

  #integer(slot: number, field: number): number {
    return this.#chunks.integersOf(slot)[this.#chunks.integerStart(slot) + field] ?? 0;
  }
}
