/** What a watch tells its caller, and how it is read from what a hub says. */
import type { Advertisement } from 'golem-vm-discovery-protocol';
import { isAdvertisement } from '../answers/advertisement.js';
import { isRecord } from '../answers/shape.js';
import type { TextEvent } from './event-text.js';

/**
 * One event. `cursor` is where it stands, to be given as `since` another time; a first snapshot's have
 * none. After `reset` everything that was known is void, and a snapshot follows.
 */
export type WatchEvent =
  | {
      readonly event: 'advertised' | 'changed';
      readonly advertisement: Advertisement;
      readonly cursor: string | undefined;
    }
  | {
      readonly event: 'withdrawn' | 'expired' | 'unmatched';
      readonly providerId: string;
      readonly cursor: string | undefined;
    }
  /** Everything before its cursor was told. */
  | { readonly event: 'bookmark'; readonly cursor: string }
  | { readonly event: 'reset' };

/** Reads an event; `undefined` for one that only a newer hub, or a stranger, would say. */
export function readWatchEvent({ id: cursor, name, data }: TextEvent): WatchEvent | undefined {
  const said = parse(data);
  switch (name) {
    case 'advertised':
    case 'changed':
      return isAdvertisement(said) ? { event: name, advertisement: said, cursor } : undefined;
    case 'withdrawn':
    case 'expired':
    case 'unmatched':
      return isRecord(said) && typeof said['provider_id'] === 'string'
        ? { event: name, providerId: said['provider_id'], cursor }
        : undefined;
    case 'bookmark':
      return cursor === undefined ? undefined : { event: name, cursor };
    default:
      return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
