/** The countries of a search: those chosen, and a field that finds others by their names. */
import { useId, useState } from 'react';
import { isCountryCode } from 'golem-vm-discovery-protocol';
import { countryLabel } from '../words/countries.js';
import { Flag } from '../parts/flag.js';
import { formatCount } from '../words/formats.js';
import { WORDS } from '../words/words.js';
import { Icon } from '../parts/icon.js';

/** How many are offered at once: what is further down is found by its name. */
const OFFERED_MAX = 6;

/** How many providers there are in each country. */
export type CountryCounts = ReadonlyMap<string, number>;

/** What is chosen, and from what. */
export interface CountryFieldProps {
  readonly chosen: readonly string[];
  readonly counts: CountryCounts;
  readonly onToggle: (code: string) => void;
}

/** Draws it. */
export function CountryField({ chosen, counts, onToggle }: CountryFieldProps) {
  const [text, setText] = useState('');
  const id = useId();
  const offered = countriesFor(text, counts, chosen);
  const toggle = (code: string): void => {
    setText('');
    onToggle(code);
  };
  return (
    <fieldset className="countries">
      <legend>{WORDS.find.countries}</legend>
      <ul className="chips">
        {chosen.length === 0 && <li className="chip-none">{WORDS.find.anywhere}</li>}
        {chosen.map((code) => (
          <li key={code}>
            <button
              type="button"
              className="chip"
              onClick={() => onToggle(code)}
              aria-label={WORDS.find.countryRemove(countryLabel(code))}
            >
              <Flag code={code} />
              {countryLabel(code)}
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <label className="visually-hidden" htmlFor={id}>
        {WORDS.find.countrySearch}
      </label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        placeholder={WORDS.find.countrySearch}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          const first = offered[0];
          if (event.key === 'Enter' && text !== '' && first !== undefined) toggle(first);
        }}
      />
      <ul className="country-offers">
        {offered.map((code) => (
          <li key={code}>
            <button type="button" onClick={() => toggle(code)}>
              <Flag code={code} />
              <span className="country-name">{countryLabel(code)}</span>
              <span className="country-count">{formatCount(counts.get(code) ?? 0)}</span>
            </button>
          </li>
        ))}
        {offered.length === 0 && text !== '' && <li className="hint">{WORDS.find.countryNone}</li>}
      </ul>
    </fieldset>
  );
}

/** The countries that a text finds, those with the most providers first; without a text, only those that have any. */
function countriesFor(
  text: string,
  counts: CountryCounts,
  chosen: readonly string[],
): readonly string[] {
  const wanted = text.trim().toLowerCase();
  const codes = wanted === '' ? [...counts.keys()] : allCodes();
  return codes
    .filter((code) => !chosen.includes(code))
    .filter(
      (code) => wanted === code.toLowerCase() || countryLabel(code).toLowerCase().includes(wanted),
    )
    .toSorted(
      (one, other) =>
        Number(other.toLowerCase() === wanted) - Number(one.toLowerCase() === wanted) ||
        (counts.get(other) ?? 0) - (counts.get(one) ?? 0) ||
        countryLabel(one).localeCompare(countryLabel(other)),
    )
    .slice(0, OFFERED_MAX);
}

const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');

function allCodes(): readonly string[] {
  return LETTERS.flatMap((one) => LETTERS.map((other) => one + other)).filter(isCountryCode);
}
