/** How standard error speaks when something went wrong: one form for all of it. */
import { inspect } from 'node:util';
import type { Ending } from './exit-codes.js';
import { coloursOf } from './rendering/colours.js';
import { neutralLines } from './rendering/neutral-text.js';
import type { Output } from './surroundings.js';

/** An error and what to do about it, without the last line feed. */
export function errorText(text: string, err: Output): string {
  return `${coloursOf(err).bad('error:')} ${text}`;
}

/** What a command says at its end: that nothing was found is no error. */
export function endingText(ending: Ending, message: string, err: Output): string {
  return ending === 'done' || ending === 'nothing' ? message : errorText(message, err);
}

/** What is said when this program itself is at fault: everything that a report needs. */
export function faultText(error: unknown, err: Output): string {
  const text = `golem-discovery failed in a way that nobody thought of; please report this:\n${inspect(error)}`;
  return errorText(neutralLines(text), err);
}
