/** How far an answer can be relied upon to be complete. */
import type { Registry } from '../registry/contract.js';
import { type HeaderList, NO_HEADERS } from './answer.js';

const WARMING: HeaderList = ['X-Discovery-State', 'warming'];

/** A shorter silence of the database is nothing to tell: it is asked several times a second. */
const SILENT_MS_MIN = 2_000;

/**
 * For one TTL after a restart providers may not all have come back, and a hub that can't reach the
 * database that it shares answers with what it last heard: answers say so.
 */
export function stateHeaders(registry: Registry): HeaderList {
  const state = registry.phase() === 'warming' ? WARMING : NO_HEADERS;
  const { silentMs } = registry.freshness();
  if (silentMs < SILENT_MS_MIN) return state;
  return [...state, 'X-Discovery-Stale', String(Math.floor(silentMs / 1_000))];
}
