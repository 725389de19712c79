/**
 * The market in numbers, kept as advertisements come and go: nothing is ever scanned for it.
 * Invariant: whatever came is taken away exactly as it was added; a renewal that changes nothing changes
 * nothing here.
 * Cost: some 0.3 µs a change, and nothing for each advertisement.
 */
import {
  NAMED_SHAPES,
  type Resources,
  type ShapeName,
  SHAPE_NAMES,
} from 'golem-vm-discovery-protocol';
import type { MarketStats } from '../contract.js';
import type { Names } from '../rows/names.js';
import { UNPRICED_KEY } from '../rows/ranking.js';
import { ROW_LAYOUT } from '../rows/row-chunks.js';
import type { Rows } from '../rows/rows.js';
import { PriceHistogram } from './price-histogram.js';
import { addUp, Totals } from './totals.js';

/** Platforms that are told apart at once; who comes with another is counted among the others for as long as it is borne. */
export const PLATFORMS_MAX = 1_000;
/** Platforms that are told by name, those with the most providers. */
export const PLATFORMS_TOLD_MAX = 50;

export class MarketTally {
  readonly #rows: Rows;
  readonly #countries = new Totals(2 ** ROW_LAYOUT.countryBits);
  readonly #platforms = new Totals(PLATFORMS_MAX + 1);
  readonly #core = new PriceHistogram();
  readonly #memory = new PriceHistogram();
  readonly #storage = new PriceHistogram();
  readonly #shapes: Readonly<Record<ShapeName, PriceHistogram>> = {
    small: new PriceHistogram(),
    medium: new PriceHistogram(),
    large: new PriceHistogram(),
  };

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** Counts what is in a slot: `by` is 1 where it has just come, -1 where it is about to go. */
  count(slot: number, verified: boolean, by: 1 | -1): void {
    const rows = this.#rows;
    const resources = {
      cpu: rows.cpu(slot),
      memory: rows.memory(slot),
      storage: rows.storage(slot),
    };
    this.#countries.change(rows.country(slot), verified, resources, by);
    const platform = Math.min(rows.platform(slot), PLATFORMS_MAX);
    this.#platforms.change(platform, verified, resources, by);
    if (rows.corePrice(slot) !== UNPRICED_KEY) this.#countPrices(slot, resources, by);
  }

  /** The numbers, with the names behind those of countries and platforms. */
  stats(countryNames: Names, platformNames: Names): MarketStats {
    const countries = namedSums(this.#countries, countryNames);
    return {
      ...addUp(countries),
      countries: countries.map(({ name, ...sum }) => ({ country: name, ...sum })),
      ...this.#platformStats(platformNames),
      priced: this.#core.count,
      unitPrices: {
        core: this.#core.levels(),
        memory: this.#memory.levels(),
        storage: this.#storage.levels(),
      },
      shapes: SHAPE_NAMES.map((name) => ({
        name,
        providers: this.#shapes[name].count,
        usdPerMonth: this.#shapes[name].levels(),
      })),
    };
  }

  #countPrices(slot: number, resources: Resources, by: 1 | -1): void {
    const rows = this.#rows;
    const core = rows.corePrice(slot);
    const memory = rows.memoryPrice(slot);
    const storage = rows.storagePrice(slot);
    this.#core.change(core, by);
    this.#memory.change(memory, by);
    this.#storage.change(storage, by);
    for (const name of SHAPE_NAMES) {
      const shape = NAMED_SHAPES[name];
      if (!offers(resources, shape)) continue;
      const usd = shape.cpu * core + shape.memory * memory + shape.storage * storage;
      this.#shapes[name].change(usd, by);
    }
  }

  #platformStats(names: Names): Pick<MarketStats, 'platforms' | 'otherPlatforms'> {
    const named = namedSums(this.#platforms, names, PLATFORMS_MAX);
    const rest = [...named.slice(PLATFORMS_TOLD_MAX), this.#platforms.sum(PLATFORMS_MAX)];
    const otherPlatforms = addUp(rest);
    return {
      platforms: named
        .slice(0, PLATFORMS_TOLD_MAX)
        .map(({ name, ...sum }) => ({ platform: name === '' ? undefined : name, ...sum })),
      otherPlatforms: otherPlatforms.providers > 0 ? otherPlatforms : undefined,
    };
  }
}

/** The sums of the numbers below a bound; the most providers first, then by name. */
function namedSums(totals: Totals, names: Names, below = Infinity) {
  return totals
    .present()
    .filter(([number]) => number < below)
    .map(([number, sum]) => ({ name: names.nameOf(number), ...sum }))
    .toSorted((one, other) => other.providers - one.providers || (one.name < other.name ? -1 : 1));
}

function offers(resources: Resources, shape: Resources): boolean {
  return (
    resources.cpu >= shape.cpu &&
    resources.memory >= shape.memory &&
    resources.storage >= shape.storage
  );
}
