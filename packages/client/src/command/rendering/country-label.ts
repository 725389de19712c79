/** Countries as people say them: `SE Sweden`, `KR South Korea`, where the list of the standard has a sentence. */
import { countryName } from 'golem-vm-discovery-protocol';
import { neutralText } from './neutral-text.js';

const spoken = new Intl.DisplayNames('en', { type: 'region' });

/** The common English name of a country; `undefined` for what is no country of ISO 3166-1. */
function spokenCountryName(code: string): string | undefined {
  const standard = countryName(code);
  return standard === undefined ? undefined : (spoken.of(code) ?? standard);
}

/** Code and name; for what is no country, whatever was said. */
export function countryLabel(code: string): string {
  const name = spokenCountryName(code);
  return name === undefined ? neutralText(code) : `${code} ${name}`;
}
