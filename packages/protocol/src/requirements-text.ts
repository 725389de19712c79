/** Requirements as a query string, the inverse of `parseRequirements`. */
import type { Requirements } from './requirements.js';

/** Writes requirements as a query string without its `?`; nothing in it needs escaping. Empty where nothing is required. */
export function formatRequirements(requirements: Requirements): string {
  return Object.entries(requirements)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join('&');
}
