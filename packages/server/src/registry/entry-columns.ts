/**
 * What is held of each provider, in columns, by seat: its number among all providers, which it has for as
 * long as anything is known of it. As an object each would take 150 bytes, three boxed doubles among them, and
 * have to be visited in every collection of garbage; in columns it takes 48. The sources alone are on the heap:
 * one text for all from the same network.
 * Columns lie in chunks, so that growing copies nothing.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import type { ProviderNumbers } from '../matching/providers/provider-numbers.js';

const CHUNK_SEATS_LOG2 = 14;
const CHUNK_SEAT_MASK = 2 ** CHUNK_SEATS_LOG2 - 1;

/** Doubles of a seat. */
export const T = 0;
export const DUE = 1;
export const RENEWED = 2;
const DOUBLES = 3;
export type DoubleField = typeof T | typeof DUE | typeof RENEWED;

/** Whole numbers of a seat; the last two are seats, `NO_SEAT` for none. */
export const GRANT = 0;
export const STATE = 1;
export const PREVIOUS = 2;
export const NEXT = 3;
const INTEGERS = 4;
export type IntegerField = typeof GRANT | typeof STATE | typeof PREVIOUS | typeof NEXT;

export const NO_SEAT = -1;
/** The state of a seat that nobody has here. */
const VACANT = -1;

const NO_DOUBLES = new Float64Array(0);
const NO_INTEGERS = new Int32Array(0);

export class EntryColumns {
  readonly #doubles: Float64Array[] = [];
  readonly #integers: Int32Array[] = [];
  readonly #numbers: ProviderNumbers;
  readonly #sources: (string | undefined)[] = [];

  constructor(numbers: ProviderNumbers) {
    this.#numbers = numbers;
  }

  /** Every seat is below. */
  get end(): number {
    return this.#integers.length << CHUNK_SEATS_LOG2;
  }

  /** The seat of a provider that has one. */
  seatOf(providerId: ProviderId): number | undefined {
    const seat = this.#numbers.numberOf(providerId);
    return seat === undefined || !this.isTaken(seat) ? undefined : seat;
  }

  isTaken(seat: number): boolean {
    return this.integer(seat, STATE) !== VACANT;
  }

  /** A seat for a provider that has none, in a state; what its other columns hold is left from before. */
  take(providerId: ProviderId, state: number): number {
    const seat = this.#numbers.hold(providerId);
    while (seat >= this.end) {
      this.#doubles.push(new Float64Array(DOUBLES << CHUNK_SEATS_LOG2));
      this.#integers.push(new Int32Array(INTEGERS << CHUNK_SEATS_LOG2).fill(VACANT));
    }
    this.setInteger(seat, STATE, state);
    return seat;
  }

  release(seat: number): void {
    this.#sources[seat] = undefined;
    this.setInteger(seat, STATE, VACANT);
    this.#numbers.letGo(seat);
  }

  providerIn(seat: number): ProviderId {
    return this.#numbers.providerOf(seat);
  }

  source(seat: number): string | undefined {
    return this.#sources[seat];
  }

  setSource(seat: number, source: string | undefined): void {
    this.#sources[seat] = source;
  }

  double(seat: number, column: DoubleField): number {
    const chunk = this.#doubles[seat >> CHUNK_SEATS_LOG2] ?? NO_DOUBLES;
    return chunk[(seat & CHUNK_SEAT_MASK) * DOUBLES + column] ?? NaN;
  }

  setDouble(seat: number, column: DoubleField, value: number): void {
    const chunk = this.#doubles[seat >> CHUNK_SEATS_LOG2] ?? NO_DOUBLES;
    chunk[(seat & CHUNK_SEAT_MASK) * DOUBLES + column] = value;
  }

  integer(seat: number, column: IntegerField): number {
    const chunk = this.#integers[seat >> CHUNK_SEATS_LOG2] ?? NO_INTEGERS;
    return chunk[(seat & CHUNK_SEAT_MASK) * INTEGERS + column] ?? NO_SEAT;
  }

  setInteger(seat: number, column: IntegerField, value: number): void {
    const chunk = this.#integers[seat >> CHUNK_SEATS_LOG2] ?? NO_INTEGERS;
    chunk[(seat & CHUNK_SEAT_MASK) * INTEGERS + column] = value;
  }
}
