/** The address of the page as state: what it says now, and how to change it. The browser keeps it; nothing here does. */
import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react';
import { wallMs } from '../parts/clock.js';
import { formatSearch, type Search } from '../search/search.js';
import { formatPanel, type PageAddress, type Panel, parsePageAddress } from './page-address.js';

/** The address, and the ways to change it. */
export interface PageAddressState extends PageAddress {
  /** Goes to another search; going back undoes it. Edits in quick succession are one: a slider on its way must not fill the history. */
  readonly setSearch: (search: Search) => void;
  /** Opens a panel, which going back closes; or closes it, so that going back does not open it again. */
  readonly setPanel: (panel: Panel) => void;
}

/** Who pauses for so long begins another edit. */
const EDIT_PAUSE_MS = 1_000;

/** Tells of changes that this page made itself; the browser tells only of those by its own buttons. */
const OWN_CHANGE = 'addresschange';

function subscribe(changed: () => void): () => void {
  for (const event of ['popstate', 'hashchange', OWN_CHANGE]) addEventListener(event, changed);
  return () => {
    for (const event of ['popstate', 'hashchange', OWN_CHANGE]) removeEventListener(event, changed);
  };
}

function goTo(query: string, fragment: string, how: 'pushState' | 'replaceState'): void {
  const { pathname } = location;
  history[how](null, '', `${pathname}${query === '' ? '' : `?${query}`}${fragment}`);
  dispatchEvent(new Event(OWN_CHANGE));
}

/** Reads the address, again whenever it changes. */
export function usePageAddress(): PageAddressState {
  const search = useSyncExternalStore(subscribe, () => location.search);
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const address = useMemo(() => parsePageAddress(search, hash), [search, hash]);
  const editedMs = useRef(-Infinity);
  const setSearch = useCallback((next: Search) => {
    const isSameEdit = wallMs() - editedMs.current < EDIT_PAUSE_MS;
    editedMs.current = wallMs();
    goTo(formatSearch(next), location.hash, isSameEdit ? 'replaceState' : 'pushState');
  }, []);
  const setPanel = useCallback((panel: Panel) => {
    const how = panel.kind === 'none' ? 'replaceState' : 'pushState';
    goTo(location.search.slice(1), formatPanel(panel), how);
  }, []);
  return { ...address, setSearch, setPanel };
}
