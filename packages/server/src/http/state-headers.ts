/** How far an answer can be relied upon to be complete. */
import type { Registry } from '../registry/contract.js';
import { type HeaderList, NO_HEADERS } from './answer.js';

const WARMING: HeaderList = ['X-Discovery-State', 'warming'];

/** For one TTL after a restart, providers may not all have come back: answers say so. */
export function stateHeaders(registry: Registry): HeaderList {
  return registry.phase() === 'warming' ? WARMING : NO_HEADERS;
}
