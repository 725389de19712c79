/**
 * Small numbers for names (platforms, countries): the same name, the same number, for as long as
 * something bears it. A number whose last bearer has gone is given to the next new name, so that
 * memory follows what is listed, not what ever was.
 */
export class Names {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #bearers: number[] = [];
  readonly #free: number[] = [];

  /** The number of a name that something bears; `undefined` where nothing does. */
  numberOf(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  /** The name behind a number that `take` gave. */
  nameOf(number: number): string {
    return this.#names[number] ?? '';
  }

  /** One more bears this name. */
  take(name: string): number {
    const number = this.#numbers.get(name) ?? this.#add(name);
    this.#bearers[number] = (this.#bearers[number] ?? 0) + 1;
    return number;
  }

  /** One less bears the name of this number. */
  release(number: number): void {
    const bearers = (this.#bearers[number] ?? 0) - 1;
    this.#bearers[number] = bearers;
    if (bearers > 0) return;
    this.#numbers.delete(this.nameOf(number));
    this.#names[number] = '';
    this.#free.push(number);
  }

  #add(name: string): number {
    const number = this.#free.pop() ?? this.#names.length;
    this.#names[number] = name;
    this.#numbers.set(name, number);
    return number;
  }
}
