/** Everything that can be asked for. Each change is asked at once: there is nothing to submit. */
import { LIMITS, type Stats } from 'golem-vm-discovery-protocol';
import { WORDS } from '../words/words.js';
import { AmountField } from './amount-field.js';
import { CountryField, type CountryCounts } from './country-field.js';
import {
  edited,
  EVERYTHING,
  RESOURCE_NAMES,
  type Search,
  shapeOf,
  toggledCountry,
} from '../search/search.js';
import { CAP_STEPS, RESOURCE_STEPS } from './steps.js';

/** What is asked, what can be, and who is told of a change. */
export interface SearchFormProps {
  readonly search: Search;
  readonly stats: Stats | undefined;
  readonly counts: CountryCounts;
  readonly onSearch: (search: Search) => void;
}

const MAXIMA = {
  cpu: LIMITS.cpuCoresMax,
  memory: LIMITS.memoryGbMax,
  storage: LIMITS.storageGbMax,
} as const;

const CAP_USD_MAX = 1e12;

/** Draws the form. */
export function SearchForm({ search, stats, counts, onSearch }: SearchFormProps) {
  const { requirements } = search;
  const isPriced = shapeOf(requirements) !== undefined;
  const edit = (edits: Parameters<typeof edited>[1]): void => onSearch(edited(search, edits));
  return (
    <form className="search-form" role="search" onSubmit={(event) => event.preventDefault()}>
      <Presets {...{ search, stats, onSearch }} />
      {RESOURCE_NAMES.map((name) => (
        <AmountField
          key={name}
          label={WORDS.find.resource[name]}
          unit={WORDS.find.unit[name]}
          value={requirements[name]}
          steps={RESOURCE_STEPS[name]}
          max={MAXIMA[name]}
          grain="whole"
          onChange={(amount) => edit({ [name]: amount })}
        />
      ))}
      <AmountField
        label={WORDS.find.priceCap}
        unit={WORDS.find.priceCapUnit}
        value={requirements.max_usd_per_month}
        steps={CAP_STEPS}
        max={CAP_USD_MAX}
        grain="cents"
        disabled={!isPriced}
        onChange={(amount) => edit({ max_usd_per_month: amount })}
      />
      {!isPriced && <p className="hint">{WORDS.find.priceNeedsShape}</p>}
      <CountryField
        chosen={requirements.country ?? []}
        counts={counts}
        onToggle={(code) => edit({ country: toggledCountry(requirements, code) })}
      />
      <PlatformField {...{ search, stats, onSearch }} />
      <label className="check">
        <input
          type="checkbox"
          checked={requirements.verified === true}
          onChange={(event) => edit({ verified: event.target.checked || undefined })}
        />
        {WORDS.find.verified}
      </label>
      <button type="button" className="quiet-button reset" onClick={() => onSearch(EVERYTHING)}>
        {WORDS.find.reset}
      </button>
    </form>
  );
}

type PartProps = Pick<SearchFormProps, 'search' | 'stats' | 'onSearch'>;

/** The shapes whose prices the hub tells: one touch for a whole machine, cheapest first. */
function Presets({ search, stats, onSearch }: PartProps) {
  const { cpu, memory, storage } = search.requirements;
  return (
    <div className="presets" role="group" aria-label={WORDS.find.presets}>
      {(stats?.shapes ?? []).map(({ name, resources }) => (
        <button
          key={name}
          type="button"
          aria-pressed={
            cpu === resources.cpu && memory === resources.memory && storage === resources.storage
          }
          onClick={() => onSearch({ ...edited(search, resources), sort: 'price' })}
        >
          <b>{WORDS.find.preset[name]}</b>
          <span>
            {resources.cpu} · {resources.memory} · {resources.storage}
          </span>
        </button>
      ))}
    </div>
  );
}

function PlatformField({ search, stats, onSearch }: PartProps) {
  const { platform } = search.requirements;
  const known = (stats?.platforms ?? []).flatMap((each) => each.platform ?? []);
  const offered = platform === undefined || known.includes(platform) ? known : [platform, ...known];
  return (
    <label className="field">
      <span>{WORDS.find.platform}</span>
      <select
        value={platform ?? ''}
        onChange={(event) =>
          onSearch(edited(search, { platform: event.target.value || undefined }))
        }
      >
        <option value="">{WORDS.find.anyPlatform}</option>
        {offered.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
