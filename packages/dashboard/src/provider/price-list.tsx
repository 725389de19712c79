/** What a provider asks, unit by unit, and what that comes to. */
import type { Estimate, Pricing, Resources } from 'golem-vm-discovery-protocol';
import { formatGlm, formatUsd, formatUsdHourly } from '../words/formats.js';
import { searchText } from '../words/search-text.js';
import { WORDS } from '../words/words.js';

/** Prices, and what machines cost by them. */
export interface PriceListProps {
  readonly pricing: Pricing | undefined;
  readonly whole: Estimate | undefined;
  readonly shape: Resources | undefined;
  readonly forShape: Estimate | undefined;
}

const UNITS = [
  ['usd_per_core_month', 'glm_per_core_month', WORDS.provider.perCore],
  ['usd_per_gb_ram_month', 'glm_per_gb_ram_month', WORDS.provider.perGbMemory],
  ['usd_per_gb_storage_month', 'glm_per_gb_storage_month', WORDS.provider.perGbStorage],
] as const;

/** Draws them. */
export function PriceList({ pricing = {}, whole, shape, forShape }: PriceListProps) {
  const units = UNITS.filter(
    ([usd, glm]) => pricing[usd] !== undefined || pricing[glm] !== undefined,
  );
  const inGlm = units.some(([, glm]) => pricing[glm] !== undefined);
  return (
    <section>
      <h3>{WORDS.provider.prices}</h3>
      {units.length === 0 && <p className="muted">{WORDS.results.unpriced}</p>}
      <table className="prices">
        <tbody>
          {units.map(([usd, glm, unit]) => (
            <tr key={usd}>
              <th scope="row">{unit}</th>
              <td>{amount(pricing[usd], formatUsd)}</td>
              {inGlm && <td className="muted">{amount(pricing[glm], formatGlm)}</td>}
            </tr>
          ))}
          {forShape && shape && (
            <Sum
              label={WORDS.provider.forShape(searchText(shape))}
              estimate={forShape}
              inGlm={inGlm}
            />
          )}
          {whole && <Sum label={WORDS.provider.whole} estimate={whole} inGlm={inGlm} />}
        </tbody>
      </table>
    </section>
  );
}

function amount(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? '' : format(value);
}

interface SumProps {
  readonly label: string;
  readonly estimate: Estimate;
  readonly inGlm: boolean;
}

function Sum({ label, estimate, inGlm }: SumProps) {
  const { usd_per_month, usd_per_hour, glm_per_month } = estimate;
  return (
    <tr className="sum">
      <th scope="row">
        {label}
        <span className="muted"> {WORDS.results.perHour(formatUsdHourly(usd_per_hour))}</span>
      </th>
      <td>{formatUsd(usd_per_month)}</td>
      {inGlm && <td className="muted">{amount(glm_per_month, formatGlm)}</td>}
    </tr>
  );
}
