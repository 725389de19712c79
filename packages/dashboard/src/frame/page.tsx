/** The page as a whole: what is asked, what is known, and where each part of it is shown. It decides nothing else. */
import { useEffect, useMemo } from 'react';
import { usePageAddress } from '../address/use-page-address.js';
import { NO_PANEL, type Panel } from '../address/page-address.js';
import type { CountryCounts } from '../finding/country-field.js';
import { edited, EVERYTHING, type Search, shapeOf, toggledCountry } from '../search/search.js';
import { useFinding } from '../finding/use-finding.js';
import type { Hub } from '../hub/hub.js';
import type { Listing } from '../search/listing.js';
import { useInfo } from '../hub/use-info.js';
import { useStats } from '../market/use-stats.js';
import { searchText } from '../words/search-text.js';
import { WORDS } from '../words/words.js';
import { Market } from './market.js';
import { Panels } from './panels.js';
import { TopBar } from './top-bar.js';

/** Draws the page of a hub. */
export function Page({ hub }: { readonly hub: Hub }) {
  const { search: asked, panel, setSearch, setPanel } = usePageAddress();
  const search = asked.ok ? asked.value : EVERYTHING;
  const finding = useFinding(hub, search);
  const stats = useStats(hub, finding.pulse);
  const known = useInfo(hub, epochOf(finding.answered?.listing));
  const counts: CountryCounts = useMemo(
    () => new Map(stats?.countries.map(({ country, providers }) => [country, providers])),
    [stats],
  );
  const toggleCountry = (code: string): void => {
    const country = toggledCountry(search.requirements, code);
    setSearch(edited(search, { country }));
  };
  const title = titleOf(search);
  useEffect(() => {
    document.title = title;
  }, [title]);
  const open = (next: Panel) => () => setPanel(next);
  return (
    <>
      <a className="skip" href="#results">
        {WORDS.skip}
      </a>
      <TopBar
        network={known?.info.network}
        liveness={finding.liveness}
        onVisibility={open({ kind: 'visibility', providerId: '' })}
      />
      {!asked.ok && (
        <RefusedSearch message={asked.problem.message} onReset={() => setSearch(EVERYTHING)} />
      )}
      <Market
        {...{ hub, search, finding, stats, counts, toggleCountry }}
        hubInfo={known}
        onSearch={(next: Search) => setSearch(next)}
      />
      <Panels
        {...{ hub, panel, setPanel }}
        hubInfo={known}
        shape={shapeOf(search.requirements)}
        rows={finding.answered?.listing.rows ?? []}
        onClose={open(NO_PANEL)}
      />
    </>
  );
}

/** Tells tabs and bookmarks of searches apart. */
function titleOf({ requirements }: Search): string {
  return [searchText(requirements), WORDS.title].filter((part) => part !== '').join(' · ');
}

/** A hub that begins anew may be another one: what it says about itself is asked again then, and not before it answers at all. */
function epochOf(listing: Listing | undefined): string | undefined {
  return listing && (listing.cursor?.split('-')[0] ?? '');
}

function RefusedSearch({
  message,
  onReset,
}: {
  readonly message: string;
  readonly onReset: () => void;
}) {
  return (
    <div className="notice is-warning refused" role="alert">
      <b>{WORDS.find.refused}</b>
      <p>{message}</p>
      <p>{WORDS.find.refusedHint}</p>
      <button type="button" className="quiet-button" onClick={onReset}>
        {WORDS.find.reset}
      </button>
    </div>
  );
}
