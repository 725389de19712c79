/** Why nothing fits, and the least that must be given up, as a button. */
import { type Explanation, type NearMiss, parseRequirements } from 'golem-vm-discovery-protocol';
import { useCallback } from 'react';
import { formatPanel } from '../address/page-address.js';
import type { Hub } from '../hub/hub.js';
import { useAnswer } from '../hub/use-answer.js';
import { countryLabel } from '../words/countries.js';
import { Flag } from '../parts/flag.js';
import { shortId } from '../words/provider-label.js';
import { WORDS } from '../words/words.js';
import { edited, type Search } from '../search/search.js';

/** The search that found nothing. To be keyed by it. */
export interface NothingFitsProps {
  readonly hub: Hub;
  readonly search: Search;
  readonly onSearch: (search: Search) => void;
}

/** Asks the hub for the reason and draws it. */
export function NothingFits({ hub, search, onSearch }: NothingFitsProps) {
  const { requirements } = search;
  const ask = useCallback(
    (signal: AbortSignal) => hub.client.explain(requirements, { signal }),
    [hub, requirements],
  );
  const answer = useAnswer(ask);
  return (
    <section className="nothing" aria-live="polite">
      {answer.kind === 'waiting' && <p>{WORDS.nothing.explaining}</p>}
      {answer.kind === 'failed' && <p>{WORDS.nothing.unexplained}</p>}
      {answer.kind === 'answered' && (
        <Reasons explanation={answer.value} search={search} onSearch={onSearch} />
      )}
    </section>
  );
}

interface ReasonsProps {
  readonly explanation: Explanation;
  readonly search: Search;
  readonly onSearch: (search: Search) => void;
}

function Reasons({ explanation, search, onSearch }: ReasonsProps) {
  const { listed, requirements, nearest, relaxation } = explanation;
  const blocking = requirements.filter(({ matching_without }) => matching_without > 0);
  return (
    <>
      <p>{WORDS.nothing.none(listed)}</p>
      {relaxation !== undefined && (
        <div className="relaxation">
          <p>{relaxation.message}</p>
          <button
            type="button"
            className="main-button"
            onClick={() => onSearch(relaxed(search, relaxation.query))}
          >
            {WORDS.nothing.apply}
          </button>
        </div>
      )}
      {blocking.length > 0 && (
        <ul className="blocking">
          {blocking.map(({ requirement, matching_without }) => (
            <li key={requirement}>
              {WORDS.nothing.without(WORDS.nothing.requirement[requirement], matching_without)}
            </li>
          ))}
        </ul>
      )}
      {nearest.length > 0 && (
        <>
          <h3>{WORDS.nothing.nearest}</h3>
          <ul className="nearest">
            {nearest.map((miss) => (
              <Miss key={miss.provider_id} miss={miss} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Miss({
  miss: { provider_id: providerId, country, missing },
}: {
  readonly miss: NearMiss;
}) {
  return (
    <li>
      <a href={formatPanel({ kind: 'provider', providerId })}>{shortId(providerId)}</a>
      <span>
        <Flag code={country} /> {countryLabel(country)}
      </span>
      <span className="muted">{missing.map(({ message }) => message).join('; ')}</span>
    </li>
  );
}

/** What the hub proposes, read as any search is. The order stays where it still makes sense. */
function relaxed(search: Search, query: string): Search {
  const parsed = parseRequirements(query);
  return parsed.ok ? edited({ ...search, requirements: {} }, parsed.value) : search;
}
