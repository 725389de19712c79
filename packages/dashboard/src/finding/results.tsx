/** What a search found: the count, the order, the table; or why there is nothing to show. */
import type { Sort } from 'golem-vm-discovery-protocol';
import type { Hub } from '../hub/hub.js';
import { WORDS } from '../words/words.js';
import { CopyButton } from '../parts/copy-button.js';
import type { FindingState } from './finding-state.js';
import { NothingFits } from './nothing-fits.js';
import { RequestCard } from './request-card.js';
import { ResultTable } from './result-table.js';
import { formatSearch, type Search, shapeOf, sortedBy, SORTS } from '../search/search.js';
import type { Finding } from './use-finding.js';

/** What is known, and who is told of a change. */
export interface ResultsProps {
  readonly hub: Hub;
  readonly network: string;
  readonly search: Search;
  readonly finding: Finding;
  readonly aheadMs: number;
  readonly onSearch: (search: Search) => void;
}

/** Draws the card. */
export function Results({ hub, network, search, finding, aheadMs, onSearch }: ResultsProps) {
  const { answered, isAsking, failure, readOn } = finding;
  return (
    <section className="card results" id="results" tabIndex={-1}>
      <header className="card-head">
        <h2 aria-live="polite">{headline(finding)}</h2>
        <News latest={finding.latest} pulse={finding.pulse} />
        <div className="results-tools">
          <SortField search={search} onSearch={onSearch} />
          <CopyButton
            text={shareUrl(hub, search)}
            what={WORDS.results.shareWhat}
            label={WORDS.results.share}
          />
        </div>
      </header>
      <RequestCard hubUrl={hub.url} network={network} search={search} />
      {failure !== undefined && (
        <div className="notice is-warning" role="alert">
          <b>{WORDS.results.failed}</b>
          <p>{failure}</p>
          <p>
            {WORDS.results.retrying} {answered && WORDS.results.before}
          </p>
        </div>
      )}
      {answered?.listing.warming && <p className="notice">{WORDS.live.warming}</p>}
      {answered !== undefined && answered.listing.total === 0 && (
        <NothingFits
          key={JSON.stringify(answered.search)}
          {...{ hub, onSearch }}
          search={answered.search}
        />
      )}
      {answered !== undefined && answered.listing.total > 0 && (
        <ResultTable {...{ answered, isAsking, aheadMs, readOn, onSearch }} />
      )}
    </section>
  );
}

/** The address of the search alone, without what lies over it. */
function shareUrl({ url }: Hub, search: Search): string {
  const query = formatSearch(search);
  return `${url}/${query === '' ? '' : `?${query}`}`;
}

function headline({ answered }: FindingState): string {
  if (answered === undefined) return WORDS.results.loading;
  if (answered.listing.total === 0) return WORDS.results.none;
  const { requirements } = answered.search;
  const isAll = Object.keys(requirements).length === 0;
  return (isAll ? WORDS.results.listed : WORDS.results.found)(answered.listing.total);
}

/** What just came and went. Drawn anew with each change, so that it shows itself and fades. */
function News({ latest: { arrived, left }, pulse }: Pick<FindingState, 'latest' | 'pulse'>) {
  const parts = [
    ...(arrived > 0 ? [WORDS.live.arrived(arrived)] : []),
    ...(left > 0 ? [WORDS.live.left(left)] : []),
  ];
  return (
    <span key={pulse} className="news" aria-hidden="true">
      {parts.join(', ')}
    </span>
  );
}

interface SortFieldProps {
  readonly search: Search;
  readonly onSearch: (search: Search) => void;
}

function SortField({ search, onSearch }: SortFieldProps) {
  const isPriced = shapeOf(search.requirements) !== undefined;
  const offered = SORTS.filter((sort) => sort !== 'price' || isPriced);
  const choose = (name: string): void => {
    const sort: Sort | undefined = offered.find((each) => each === name);
    if (sort !== undefined) onSearch(sortedBy(search, sort));
  };
  return (
    <label className="sort">
      {WORDS.find.sort}
      <select value={search.sort} onChange={(event) => choose(event.target.value)}>
        {offered.map((sort) => (
          <option key={sort} value={sort}>
            {WORDS.find.sorts[sort]}
          </option>
        ))}
      </select>
    </label>
  );
}
