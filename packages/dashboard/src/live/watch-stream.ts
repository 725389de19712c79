/**
 * The changes of an answer as the hub streams them. Invariant: changes are handed on in order and
 * each once; the browser's own `EventSource` resumes where it was cut off, by `Last-Event-ID`. What it can't
 * mend (the hub refuses, the changes are too old) ends the stream, and the list is taken anew.
 */
import type { Advertisement } from 'golem-vm-discovery-protocol';
import type { Change } from '../search/listing.js';

/** What a stream tells. */
export interface StreamEvents {
  readonly onOpen: () => void;
  /** Something came: a change, or that there is none. */
  readonly onHeard: (change: Change | undefined) => void;
  /** The browser is trying again by itself. */
  readonly onInterrupted: () => void;
  /** It is over. Called once. */
  readonly onLost: () => void;
}

/** The names of the events and what they mean for an answer. */
const KINDS = {
  advertised: 'arrived',
  changed: 'changed',
  withdrawn: 'gone',
  expired: 'gone',
  unmatched: 'gone',
} as const;

/** Opens a stream; the function that it returns closes it, twice without harm. */
export function openWatchStream(url: string, events: StreamEvents): () => void {
  const source = new EventSource(url);
  source.addEventListener('open', events.onOpen);
  source.addEventListener('bookmark', () => events.onHeard(undefined));
  for (const [name, kind] of Object.entries(KINDS)) {
    source.addEventListener(name, ({ data }: MessageEvent) => {
      const change = parseChange(kind, String(data));
      if (change !== undefined) events.onHeard(change);
      else lose();
    });
  }
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) lose();
    else events.onInterrupted();
  });
  const lose = (): void => {
    source.close();
    events.onLost();
  };
  return () => source.close();
}

function parseChange(kind: Change['kind'], data: string): Change | undefined {
  try {
    const value: unknown = JSON.parse(data);
    if (!isAbout(value)) return undefined;
    if (kind === 'gone') return { kind, providerId: value.provider_id };
    return isAdvertisement(value) ? { kind, advertisement: value } : undefined;
  } catch {
    return undefined;
  }
}

function isAbout(value: unknown): value is { readonly provider_id: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'provider_id' in value &&
    typeof value.provider_id === 'string'
  );
}

/** The hub gives records as `find` does: its own page need not doubt more of them than that they are such. */
function isAdvertisement(value: { readonly provider_id: string }): value is Advertisement {
  return 'resources' in value && 'created_at' in value && 'country' in value;
}
