/** What a run of the benchmark measures, and for how long. */
import { parseArgs } from 'node:util';

const MEASURES = ['find', 'price', 'advertise', 'start', 'scale'] as const;

/** The figures there are. */
export type Measure = (typeof MEASURES)[number];

/** The sizes of a run. */
export interface Options {
  /** How many advertisements are listed. */
  readonly advertisements: number;
  /** How many are listed where a thousand are compared with many. */
  readonly scale: number;
  /** How many different questions are asked. */
  readonly questions: number;
  readonly rounds: number;
  readonly roundMs: number;
  readonly warmUpMs: number;
  readonly starts: number;
  readonly connections: number;
  readonly measures: ReadonlySet<Measure>;
  /** Prints one JSON object instead of lines. */
  readonly json: boolean;
  /** Lets the hub write CPU profiles, and keeps its folder. */
  readonly profile: boolean;
}

const FULL = {
  advertisements: 100_000,
  scale: 1_000_000,
  questions: 5_000,
  rounds: 5,
  roundMs: 4_000,
  warmUpMs: 3_000,
  starts: 3,
  connections: 64,
};

/** Small enough for a gate: it shows that everything works, and no figure that means anything. */
const QUICK = {
  ...FULL,
  advertisements: 2_000,
  scale: 20_000,
  questions: 200,
  rounds: 1,
  roundMs: 300,
  warmUpMs: 100,
  starts: 1,
};

/** Parses what follows `npm run bench --`. Throws for what it does not know. */
export function parseOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      advertisements: { type: 'string' },
      scale: { type: 'string' },
      rounds: { type: 'string' },
      only: { type: 'string', multiple: true },
    },
  });
  const sizes = values.quick ? QUICK : FULL;
  return {
    ...sizes,
    advertisements: wholeNumber(values.advertisements, sizes.advertisements),
    scale: wholeNumber(values.scale, sizes.scale),
    rounds: wholeNumber(values.rounds, sizes.rounds),
    measures: new Set(values.only?.map(measureOf) ?? MEASURES),
    json: values.json,
    profile: values.profile,
  };
}

function wholeNumber(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^[1-9][0-9]{0,6}$/.test(text)) throw new Error(`not a count: ${text}`);
  return Number(text);
}

function measureOf(word: string): Measure {
  const measure = MEASURES.find((known) => known === word);
  if (measure === undefined) throw new Error(`--only takes ${MEASURES.join(', ')}, not ${word}`);
  return measure;
}
