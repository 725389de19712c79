/** Shows figures, with what they were measured on: a figure without its machine is an advertisement. */
import { cpus, totalmem } from 'node:os';
import { type LoadResult, perSecond } from './load-generator.js';
import type { FindFigures } from './measure-find.js';
import type { ScaleFigures } from './measure-scale.js';
import type { Options } from './options.js';
import { type Comparison, median, ratioOf } from './rounds.js';

/** What is aimed at, on two cores. */
const TARGETS = {
  find: 0.5,
  advertise: 0.7,
  startMs: 2_000,
  scale: {
    find: 0.65,
    price: 0.55,
    kept: 0.9,
    startMs: 10_000,
    silenceMs: 50,
    bytesEach: 1_024,
    findP99Ms: 5,
  },
};

/** Everything that a run measured. */
export interface Figures {
  readonly options: Options;
  readonly scale?: ScaleFigures;
  readonly listed?: { readonly perSecond: number };
  /** In the default order, and cheapest first. */
  readonly find?: FindFigures;
  readonly price?: FindFigures;
  readonly advertise?: Comparison;
  readonly startMs?: readonly number[];
}

/** The figures as one JSON object. */
export function jsonReport(figures: Figures): string {
  const { find, price, advertise, startMs, listed, scale } = figures;
  return JSON.stringify({
    machine: machine(),
    advertisements: figures.options.advertisements,
    listedPerSecond: listed?.perSecond,
    find: find && { ...summary(find.comparison), bodyBytesMean: find.bodyBytesMean },
    price: price && { ...summary(price.comparison), bodyBytesMean: price.bodyBytesMean },
    advertise: advertise && summary(advertise),
    startMs: startMs && median(startMs),
    scale: scale && scaleSummary(scale),
    targets: TARGETS,
  });
}

/** The figures in lines for a person. */
export function textReport(figures: Figures): string {
  const { find, price, advertise, startMs, listed, scale, options } = figures;
  const { advertisements, connections } = options;
  const lines = [
    `${machine()}; ${whole(advertisements)} advertisements, ${connections} connections`,
  ];
  if (listed) lines.push(`listing     ${whole(listed.perSecond)} new providers a second`);
  if (find) lines.push(...findLines('find', find, TARGETS.find));
  if (price) lines.push(...findLines('find cheapest', price, undefined));
  if (advertise) lines.push(...comparisonLines('advertise', advertise, TARGETS.advertise));
  if (startMs) {
    const ms = median(startMs);
    lines.push(
      `start       ${whole(ms)} ms until ready ${verdict(ms <= TARGETS.startMs)} (at most ${TARGETS.startMs})`,
    );
  }
  if (scale) lines.push(...scaleLines(scale));
  return lines.join('\n');
}

function scaleLines({ few, many, findWhileRenewing, renewing }: ScaleFigures): string[] {
  const aim = TARGETS.scale;
  const { p50Ms, p99Ms } = findWhileRenewing;
  return [
    `AT ${whole(many.advertisements)} ADVERTISEMENTS`,
    ...findLines('find', many.find, aim.find),
    keptLine(few.advertisements, few.find, many.find),
    ...findLines('find cheapest', many.price, aim.price),
    ...findLines('find anywhere', many.anywhere, undefined),
    keptLine(few.advertisements, few.anywhere, many.anywhere),
    `find, ${whole(perSecond(findWhileRenewing))} a second while ${whole(perSecond(renewing))} advertise: p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms ${verdict(p99Ms <= aim.findP99Ms)} (at most ${aim.findP99Ms})`,
    `start       ${whole(many.startMs)} ms ${verdict(many.startMs <= aim.startMs)} (at most ${whole(aim.startMs)}), silent for ${whole(many.longestSilenceMs)} ms at most ${verdict(many.longestSilenceMs <= aim.silenceMs)} (at most ${aim.silenceMs})`,
    `memory      ${whole(many.bytesEach)} bytes each above an empty hub ${verdict(many.bytesEach <= aim.bytesEach)} (at most ${whole(aim.bytesEach)})`,
  ];
}

/** Fewer have fewer to answer with: how long their answers are belongs to the ratio. */
function keptLine(count: number, few: FindFigures, many: FindFigures): string {
  const aim = TARGETS.scale.kept;
  const kept =
    median(many.comparison.hub.map(perSecond)) / median(few.comparison.hub.map(perSecond));
  return `            ${kept.toFixed(2)} of the throughput at ${whole(count)} ${verdict(kept >= aim)} (at least ${aim}), where an answer has ${whole(few.bodyBytesMean)} bytes`;
}

function scaleSummary({ few, many, findWhileRenewing, renewing }: ScaleFigures): unknown {
  const sizes = [few, many].map(({ find, price, anywhere, ...size }) => ({
    ...size,
    find: { ...summary(find.comparison), bodyBytesMean: find.bodyBytesMean },
    price: { ...summary(price.comparison), bodyBytesMean: price.bodyBytesMean },
    anywhere: { ...summary(anywhere.comparison), bodyBytesMean: anywhere.bodyBytesMean },
  }));
  const [asked, renewed] = resultsOf([findWhileRenewing, renewing]);
  return { sizes, findWhileRenewing: asked, renewing: renewed };
}

function findLines(
  name: string,
  { comparison, bodyBytesMean }: FindFigures,
  target: number | undefined,
) {
  return [
    ...comparisonLines(name, comparison, target),
    `            an answer has ${whole(bodyBytesMean)} bytes on average`,
  ];
}

function comparisonLines(
  name: string,
  comparison: Comparison,
  target: number | undefined,
): string[] {
  const ratio = ratioOf(comparison);
  const aim = target === undefined ? '' : ` ${verdict(ratio >= target)} (at least ${target})`;
  return [
    `${name.padEnd(14)}${ratio.toFixed(2)} of the floor${aim}`,
    `  hub       ${resultLine(comparison.hub)}`,
    `  floor     ${resultLine(comparison.floor)}`,
  ];
}

function resultLine(results: readonly LoadResult[]): string {
  const of = (read: (result: LoadResult) => number): number => median(results.map(read));
  const rates = results.map((result) => whole(perSecond(result))).join(' ');
  return (
    `${whole(of(perSecond))} a second (rounds: ${rates}); ` +
    `p50 ${of((result) => result.p50Ms).toFixed(2)} ms, p99 ${of((result) => result.p99Ms).toFixed(2)} ms; ` +
    `generator: loop ${percent(of((result) => result.loopUtilization))} busy, ${percent(of((result) => result.cpuShare))} of a core`
  );
}

function summary(comparison: Comparison): Record<string, unknown> {
  return {
    ratio: ratioOf(comparison),
    hub: resultsOf(comparison.hub),
    floor: resultsOf(comparison.floor),
  };
}

function resultsOf(results: readonly LoadResult[]): unknown[] {
  return results.map(({ p50Ms, p99Ms, maxMs, loopUtilization, cpuShare, ...rest }) => ({
    perSecond: perSecond({ p50Ms, p99Ms, maxMs, loopUtilization, cpuShare, ...rest }),
    p50Ms,
    p99Ms,
    maxMs,
    loopUtilization,
    cpuShare,
  }));
}

function machine(): string {
  const all = cpus();
  const model = all[0]?.model.trim() ?? 'unknown processor';
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  return `${all.length} x ${model}, ${memoryGb} GB, Node ${process.version}`;
}

function verdict(isMet: boolean): string {
  return isMet ? 'ok' : 'BELOW TARGET';
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
