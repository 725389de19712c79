/** The mix of questions: kinds that requestors ask, each a new question every time. */
import { type FindQuery, type Requirements, monthlyUsd } from 'golem-vm-discovery-protocol';
import { question, randomCountry, randomShape } from './market.js';

type Random = () => number;

/** One kind of question. */
export interface Kind {
  readonly name: string;
  readonly make: (random: Random) => FindQuery;
  /** Which page is asked for, from 1 on. */
  readonly page: number;
}

const DEEP = 50;

/** Every kind, in the order of the report. */
export const KINDS: readonly Kind[] = [
  first('everything', () => question({})),
  first('nothing matches', () => question({ cpu: 1_024, memory: 65_536, storage: 10_000_000 })),
  first('a shape', (random) => question(randomShape(random))),
  first('a tiny shape', () => question({ cpu: 1, memory: 1, storage: 10 })),
  first('a huge shape', () => question({ cpu: 96, memory: 700, storage: 9_000 })),
  first('a shape in a country', (random) => question(inCountries(random, 1))),
  first('a shape in five countries', (random) => question(inCountries(random, 5))),
  first('the commonest country', () => question({ country: ['DE'] })),
  first('a rare country', () => question({ country: ['KE'] })),
  first('a huge shape in a rare country', () =>
    question({ cpu: 96, memory: 300, country: ['KE'] }),
  ),
  first('verified, arm64', () => question({ verified: true, platform: 'arm64' })),
  first('many cores, much storage, arm64', () =>
    question({ cpu: 128, storage: 2_000, platform: 'arm64' }),
  ),
  first('a shape, most cores', (random) => question(randomShape(random), { sort: 'cpu' })),
  first('a shape, most memory', (random) => question(randomShape(random), { sort: 'memory' })),
  first('a shape, most storage', (random) => question(randomShape(random), { sort: 'storage' })),
  first('a shape, cheapest', (random) => question(randomShape(random), { sort: 'price' })),
  first('in a country, cheapest', (random) => question(inCountries(random, 1), { sort: 'price' })),
  first('in five countries, cheapest', (random) =>
    question(inCountries(random, 5), { sort: 'price' }),
  ),
  first('a shape under a high cap', (random) => question(capped(random, 1))),
  first('a shape under a low cap', (random) => question(capped(random, 0.45))),
  first('a shape under a cap few meet', (random) => question(capped(random, 0.35))),
  deep('page 50', (random) => question(randomShape(random))),
  deep('page 50, most cores', (random) => question(randomShape(random), { sort: 'cpu' })),
  deep('page 50, cheapest', (random) => question(randomShape(random), { sort: 'price' })),
  first('1,000 cheapest', (random) =>
    question(randomShape(random), { sort: 'price', limit: 1_000 }),
  ),
  counted('everything', () => question({})),
  counted('a shape', (random) => question(randomShape(random))),
  counted('a shape in a country', (random) => question(inCountries(random, 1))),
  counted('a shape in five countries', (random) => question(inCountries(random, 5))),
  counted('arm64, a shape', (random) => question({ ...randomShape(random), platform: 'arm64' })),
  counted('a shape under a high cap', (random) => question(capped(random, 1))),
  counted('a shape under a middling cap', (random) => question(capped(random, 0.7))),
  counted('a shape under a low cap', (random) => question(capped(random, 0.45))),
  counted('a tiny shape under a cap', () =>
    question(cappedShape({ cpu: 1, memory: 1, storage: 10 }, 0.7)),
  ),
];

function first(name: string, make: (random: Random) => FindQuery): Kind {
  return { name, make, page: 1 };
}

function deep(name: string, make: (random: Random) => FindQuery): Kind {
  return { name, make, page: DEEP };
}

function counted(name: string, make: (random: Random) => FindQuery): Kind {
  return { name: `${name}, count`, make: (random) => ({ ...make(random), count: true }), page: 1 };
}

/** So many countries as a question has them: upper case, sorted, each once. */
function inCountries(random: Random, count: number): Requirements {
  const countries = Array.from({ length: count }, () => randomCountry(random));
  return { ...randomShape(random), country: [...new Set(countries)].toSorted() };
}

/** A share of what a shape costs in the middle of the market. */
function capped(random: Random, share: number): Requirements {
  return cappedShape(randomShape(random), share);
}

const MIDDLE = { usd_per_core_month: 4, usd_per_gb_ram_month: 1.6, usd_per_gb_storage_month: 0.05 };

function cappedShape(shape: ReturnType<typeof randomShape>, share: number): Requirements {
  return { ...shape, max_usd_per_month: Math.round((monthlyUsd(shape, MIDDLE) ?? 0) * share) };
}
