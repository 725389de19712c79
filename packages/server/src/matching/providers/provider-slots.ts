/**
 * Which slot a provider has. A slot is a small number that names a row in the columns; one that
 * was left is given to the next provider.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import { IntegerColumn, UNSET } from '../columns/integer-column.js';
import type { ProviderNumbers } from './provider-numbers.js';

export class ProviderSlots {
  readonly #numbers: ProviderNumbers;
  /** By number of the provider, */
  readonly #slots = new IntegerColumn();
  /** and the other way round. */
  readonly #providers = new IntegerColumn();
  readonly #free: number[] = [];
  #made = 0;

  constructor(numbers: ProviderNumbers) {
    this.#numbers = numbers;
  }

  /** How many providers have a slot. */
  get size(): number {
    return this.#made - this.#free.length;
  }

  slotOf(providerId: ProviderId): number | undefined {
    const number = this.#numbers.numberOf(providerId);
    const slot = number === undefined ? UNSET : this.#slots.get(number);
    return slot === UNSET ? undefined : slot;
  }

  /** The provider in a slot that is taken. */
  providerIn(slot: number): ProviderId {
    return this.#numbers.providerOf(this.#numberIn(slot));
  }

  /** Below zero where the provider in one slot comes before that in the other. */
  compareIds(one: number, other: number): number {
    return this.#numbers.compareIds(this.#numberIn(one), this.#numberIn(other));
  }

  /** Gives a provider a slot; one that it had stays taken until it is released. */
  take(providerId: ProviderId): number {
    const slot = this.#free.pop() ?? this.#made++;
    const number = this.#numbers.hold(providerId);
    this.#slots.set(number, slot);
    this.#providers.set(slot, number);
    return slot;
  }

  release(slot: number): void {
    const number = this.#numberIn(slot);
    if (this.#slots.get(number) === slot) this.#slots.set(number, UNSET);
    this.#providers.set(slot, UNSET);
    this.#free.push(slot);
    this.#numbers.letGo(number);
  }

  #numberIn(slot: number): number {
    const number = this.#providers.get(slot);
    if (number === UNSET) throw new RangeError(`slot ${slot} is free`);
    return number;
  }
}
