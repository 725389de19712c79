/**
 * What the address of the page says. Invariant: its query is that of the API, read by the parser
 * that hubs use, so a search that is shared means the same in both. The fragment says which panel
 * is open; it is never sent anywhere.
 */
import { accept, parseFindQuery, type Result } from 'golem-vm-discovery-protocol';
import type { Search } from '../search/search.js';

/** What lies over the market. */
export type Panel =
  | { readonly kind: 'none' }
  | { readonly kind: 'provider'; readonly providerId: string }
  /** Empty id: nobody was asked about yet. */
  | { readonly kind: 'visibility'; readonly providerId: string };

/** An address, read. */
export interface PageAddress {
  /** Or why the address makes no search. */
  readonly search: Result<Search>;
  readonly panel: Panel;
}

export const NO_PANEL: Panel = { kind: 'none' };

/** What newsletters and social networks put behind every link that is shared there: no part of a search. */
const TRACKING = /^(?:utm_\w+|fbclid|gclid|mc_[ce]id)(?:=|$)/;

/** Reads the `search` and `hash` of a location. How much of the answer to show is for the page to decide, so that is dropped. */
export function parsePageAddress(search: string, hash: string): PageAddress {
  const given = search.replace(/^\?/, '').split('&');
  const query = parseFindQuery(given.filter((part) => !TRACKING.test(part)).join('&'));
  return {
    search: query.ok
      ? accept({ requirements: query.value.requirements, sort: query.value.sort })
      : query,
    panel: parsePanel(hash),
  };
}

function parsePanel(hash: string): Panel {
  const [, kind, id = ''] = /^#(provider|visible)(?:\/(.*))?$/.exec(hash) ?? [];
  const providerId = decoded(id);
  if (kind === 'visible') return { kind: 'visibility', providerId };
  return kind === 'provider' && providerId !== '' ? { kind, providerId } : NO_PANEL;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The fragment of a panel, with its `#`; empty for none. */
export function formatPanel(panel: Panel): string {
  if (panel.kind === 'none') return '';
  const name = panel.kind === 'provider' ? 'provider' : 'visible';
  // A colon needs no escape in a fragment, and ids are easier to read with theirs.
  const id = encodeURIComponent(panel.providerId).replaceAll('%3A', ':');
  return id === '' ? `#${name}` : `#${name}/${id}`;
}
