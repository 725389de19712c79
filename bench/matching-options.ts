/** What a run of the comparison measures. */
import { parseArgs } from 'node:util';

const CONTENDERS = ['index', 'scan', 'sqlite', 'postgres'] as const;

/** Who can take part. */
export type ContenderName = (typeof CONTENDERS)[number];

/** The sizes of a run. */
export interface MatchingOptions {
  /** How many advertisements there are in each of the markets. */
  readonly sizes: readonly number[];
  readonly contenders: ReadonlySet<ContenderName>;
  /** How many questions of each kind the index is asked. */
  readonly questions: number;
  /** How long a contender may take over one kind before it is asked no more. */
  readonly kindMsMax: number;
}

const FULL = { sizes: [1_000, 10_000, 100_000, 1_000_000], questions: 500, kindMsMax: 1_500 };

/** Small enough for a gate: it shows that all answers are the same, and no figure that means anything. */
const QUICK = { sizes: [1_000, 5_000], questions: 40, kindMsMax: 200 };

/** Parses what follows `npm run bench:matching --`. Throws for what it does not know. */
export function parseMatchingOptions(words: readonly string[]): MatchingOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      quick: { type: 'boolean', default: false },
      sizes: { type: 'string' },
      only: { type: 'string', multiple: true },
    },
  });
  const preset = values.quick ? QUICK : FULL;
  return {
    ...preset,
    sizes: values.sizes?.split(',').map(sizeOf) ?? preset.sizes,
    contenders: new Set(['index', ...(values.only?.map(contenderOf) ?? CONTENDERS)]),
  };
}

function sizeOf(text: string): number {
  if (!/^[1-9][0-9]{2,6}$/.test(text)) throw new Error(`not a size from 100 on: ${text}`);
  return Number(text);
}

function contenderOf(word: string): ContenderName {
  const name = CONTENDERS.find((known) => known === word);
  if (name === undefined) throw new Error(`--only takes ${CONTENDERS.join(', ')}, not ${word}`);
  return name;
}
