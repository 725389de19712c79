/** The market: its numbers, the map and charts, the search, and what it found. */
import type { Stats } from 'golem-vm-discovery-protocol';
import { useState } from 'react';
import type { CountryCounts } from '../finding/country-field.js';
import { Results } from '../finding/results.js';
import { SearchForm } from '../finding/search-form.js';
import { edited, type Search } from '../search/search.js';
import type { Finding } from '../finding/use-finding.js';
import type { Hub } from '../hub/hub.js';
import type { HubInfo } from '../hub/use-info.js';
import { ActivityChart } from '../market/activity-chart.js';
import { EmptyHub } from '../market/empty-hub.js';
import { PriceChart } from '../market/price-chart.js';
import { Totals } from '../market/totals.js';
import { WorldMap } from '../market/world-map.js';
import { searchText } from '../words/search-text.js';
import { WORDS } from '../words/words.js';
import { Icon } from '../parts/icon.js';

/** What is known of the market, and what is asked of it. */
export interface MarketProps {
  readonly hub: Hub;
  readonly hubInfo: HubInfo | undefined;
  readonly search: Search;
  readonly finding: Finding;
  readonly stats: Stats | undefined;
  readonly counts: CountryCounts;
  readonly toggleCountry: (code: string) => void;
  readonly onSearch: (search: Search) => void;
}

/** Draws it, or what to do where nobody is listed. */
export function Market(props: MarketProps) {
  const { hub, hubInfo, search, finding, stats, counts, toggleCountry, onSearch } = props;
  const network = hubInfo?.info.network ?? 'mainnet';
  if (isEmpty(props)) {
    return (
      <main className="lonely">
        <EmptyHub hubUrl={hub.url} network={network} />
      </main>
    );
  }
  return (
    <main className="market">
      <Totals stats={stats} />
      <SearchCard
        {...{ search, stats, counts, onSearch }}
        total={finding.answered?.listing.total ?? 0}
      />
      <div className="overview">
        <WorldMap
          counts={counts}
          chosen={search.requirements.country ?? []}
          onToggle={toggleCountry}
          onClear={() => onSearch(edited(search, { country: undefined }))}
        />
        <PriceChart answered={finding.answered} stats={stats} />
        <ActivityChart stats={stats} />
      </div>
      <Results {...props} network={network} aheadMs={hubInfo?.aheadMs ?? 0} />
    </main>
  );
}

/** Nobody at all: that nobody fits a search is another matter. */
function isEmpty({ search, finding: { answered }, stats }: MarketProps): boolean {
  const asksForNothing = Object.keys(search.requirements).length === 0;
  const nobody = answered?.listing.total === 0;
  return nobody && (stats === undefined ? asksForNothing : stats.providers === 0);
}

interface SearchCardProps extends Pick<MarketProps, 'search' | 'stats' | 'counts' | 'onSearch'> {
  readonly total: number;
}

/** On a narrow screen the search is folded, so that what it found is in sight. */
function SearchCard({ total, ...props }: SearchCardProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section className={isOpen ? 'card search is-open' : 'card search'}>
      <header className="card-head">
        <h2>{WORDS.find.title}</h2>
        <button
          type="button"
          className="quiet-button search-fold"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          <Icon name="search" />
          {isOpen ? WORDS.find.hide : WORDS.find.show}
        </button>
      </header>
      <p className="search-text">{searchText(props.search.requirements)}</p>
      <SearchForm {...props} />
      {total > 0 && (
        <a className="to-results" href="#results">
          {WORDS.results.show(total)}
        </a>
      )}
    </section>
  );
}
