/** What is said when this program itself is at fault: everything that a report needs. */
import { inspect } from 'node:util';
import { neutralLines } from './rendering/neutral-text.js';

/** Lines for standard error. */
export function faultText(error: unknown): string {
  return `error: golem-discovery failed in a way that nobody thought of; please report this:\n${neutralLines(inspect(error))}\n`;
}
