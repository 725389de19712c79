/**
 * What a command that goes on for long says while no hub answers: once when that begins and once when it is
 * over, so that silence always means that nothing happens.
 */
import type { Failure } from '../failure.js';
import { coloursOf } from './rendering/colours.js';
import { neutralText } from './rendering/neutral-text.js';
import type { Output } from './surroundings.js';

/** See the head of this file. */
export class Trouble {
  readonly #err: Output;
  #last: Failure | undefined;

  constructor(err: Output) {
    this.#err = err;
  }

  /** Why there is no hub right now; `undefined` where there is one. */
  get last(): Failure | undefined {
    return this.#last;
  }

  /** An attempt came to nothing; there will be others. */
  note(failure: Failure): void {
    if (this.#last === undefined) this.#say(`${failure.code}: ${failure.message} Trying again.`);
    this.#last = failure;
  }

  /** Something was heard of a hub. */
  noteNews(): void {
    if (this.#last !== undefined) this.#say('A hub answers again.');
    this.#last = undefined;
  }

  #say(text: string): void {
    this.#err.write(`${coloursOf(this.#err).faint(neutralText(text))}\n`);
  }
}
