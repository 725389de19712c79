/** The address of the page as state: what it says now, and how to change it. The browser keeps it; nothing here does. */
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { formatSearch, type Search } from '../search/search.js';
import { formatPanel, type PageAddress, type Panel, parsePageAddress } from './page-address.js';

/** The address, and the ways to change it. */
export interface PageAddressState extends PageAddress {
  /** Goes to another search in place: a slider on its way must not fill the history. */
  readonly setSearch: (search: Search) => void;
  /** Opens or closes a panel; going back undoes it. */
  readonly setPanel: (panel: Panel) => void;
}

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
  const setSearch = useCallback(
    (next: Search) => goTo(formatSearch(next), location.hash, 'replaceState'),
    [],
  );
  const setPanel = useCallback(
    (panel: Panel) => goTo(location.search.slice(1), formatPanel(panel), 'pushState'),
    [],
  );
  return { ...address, setSearch, setPanel };
}
