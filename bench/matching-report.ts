/** Shows what the comparison measured, beside what is aimed at. */
import { cpus, totalmem } from 'node:os';
import type { Kind } from './matching-questions.js';
import { type Figures, figuresOf } from './matching-timing.js';

/** What is aimed at among a million, in microseconds. */
const TARGETS = {
  median: 10,
  p99: 200,
  countP99: 2_000,
  renewal: 3,
  change: 30,
};

/** What one contender took over one kind. */
export interface ContenderTimes {
  readonly name: string;
  readonly times: Float64Array;
}

/** What one kind took. */
export interface KindTimes {
  readonly kind: Kind;
  readonly limit: number;
  readonly isCounted: boolean;
  readonly index: Float64Array;
  readonly others: readonly ContenderTimes[];
}

/** The machine, in a line. */
export function machineLine(): string {
  const all = cpus();
  const model = all[0]?.model.trim() ?? 'unknown processor';
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  return `${all.length} x ${model}, ${memoryGb} GB, Node ${process.version}`;
}

const NAME_CHARS = 40;
const FIGURE_CHARS = 10;

/** The first line of a table. */
export function headLine(size: number, others: readonly string[]): string {
  const heads = ['index', 'p99', ...others.flatMap((name) => [name, 'p99', 'asked'])];
  const title = `${size.toLocaleString('en-US')} advertisements, µs`.padEnd(NAME_CHARS);
  return title + heads.map((head) => head.padStart(FIGURE_CHARS)).join('');
}

/** One kind: medians and p99 of each, and how many questions the slower ones were asked. */
export function kindLine({ kind, index, others }: KindTimes): string {
  const own = figuresOf(index);
  const rest = others.flatMap(({ times }) => {
    const { median, p99, count } = figuresOf(times);
    return [figure(median), count < 100 ? '-' : figure(p99), String(count)];
  });
  const cells = [figure(own.median), figure(own.p99), ...rest];
  return kind.name.padEnd(NAME_CHARS) + cells.map((cell) => cell.padStart(FIGURE_CHARS)).join('');
}

/** A figure of the index alone. */
export function plainLine(name: string, { median, p99, worst }: Figures): string {
  const cells = [figure(median), figure(p99), `worst ${figure(worst)}`];
  return name.padEnd(NAME_CHARS) + cells.map((cell) => cell.padStart(FIGURE_CHARS)).join('');
}

/** The mix as a whole: questions for 20 without a count, those with one, and who was faster. */
export function mixLines(kinds: readonly KindTimes[]): readonly string[] {
  const pages = kinds.filter(({ limit, isCounted }) => limit === 20 && !isCounted);
  const all = figuresOf(pages.flatMap(({ index }) => [...index]));
  const counted = kinds.filter(({ isCounted }) => isCounted);
  const worstCount = Math.max(...counted.map(({ index }) => figuresOf(index).p99));
  return [
    `20 without a count: median ${aim(all.median, TARGETS.median)}, p99 ${aim(all.p99, TARGETS.p99)}`,
    `with a count: p99 of the slowest kind ${aim(worstCount, TARGETS.countP99)}`,
    ...comparisonLines(kinds),
  ];
}

/** What is aimed at for changes. */
export function changeLine(renewal: Figures, change: Figures): string {
  return `renewal ${aim(renewal.median, TARGETS.renewal)}, change ${aim(change.median, TARGETS.change)}`;
}

function comparisonLines(kinds: readonly KindTimes[]): readonly string[] {
  const names = kinds[0]?.others.map(({ name }) => name) ?? [];
  return names.map((name) => {
    let asked = 0;
    let least = Infinity;
    const slower: string[] = [];
    for (const { kind, index, others } of kinds) {
      const times = others.find((other) => other.name === name)?.times ?? [];
      let lost = 0;
      for (const [at, time] of times.entries()) {
        const ratio = time / (index[at] ?? NaN);
        asked += 1;
        least = Math.min(least, ratio);
        if (!(ratio > 1)) lost += 1;
      }
      if (lost > 0) slower.push(`${kind.name} (${lost})`);
    }
    const verdict =
      slower.length === 0 ? 'slower on every one' : `FASTER on some of: ${slower.join(', ')}`;
    return `${name}: asked ${asked} of the same questions, ${verdict}; closest ${least.toFixed(1)} times as long`;
  });
}

function aim(value: number, most: number): string {
  return `${figure(value)} µs ${value <= most ? 'ok' : 'ABOVE TARGET'} (at most ${most})`;
}

function figure(value: number): string {
  return value < 1_000 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US');
}
