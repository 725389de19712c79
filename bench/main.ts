/** `npm run bench`: measures the hub, as it is shipped, against servers that do the least that could be done. docs/benchmarks.md says how to read it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCommandLine } from './command-line.js';
import { createLoadGenerator, type LoadGenerator } from './load-generator.js';
import { createRandom } from './market.js';
import { listProviders, measureAdvertise } from './measure-advertise.js';
import { measureFind } from './measure-find.js';
import { measureScale } from './measure-scale.js';
import { type Options, parseOptions } from './options.js';
import { createProviderFleet } from './provider-fleet.js';
import { type Figures, jsonReport, textReport } from './report.js';
import { startHub } from './server-process.js';

const MARKET_SEED = 1;

async function measure(
  folder: string,
  generator: LoadGenerator,
  options: Options,
): Promise<Figures> {
  const { measures } = options;
  const scale = measures.has('scale') ? await measureScale(folder, generator, options) : undefined;
  if (scale !== undefined && measures.size === 1) return { options, scale };
  const fleet = createProviderFleet(createRandom(MARKET_SEED));
  const hub = await startHub(folder, options.profile);
  let figures: Figures = { options, ...(scale && { scale }) };
  try {
    const ms = await listProviders(hub, generator, fleet, options);
    figures = { ...figures, listed: { perSecond: (options.advertisements / ms) * 1_000 } };
    if (measures.has('find')) {
      figures = { ...figures, find: await measureFind(hub, generator, options, 'in a country') };
    }
    if (measures.has('price')) {
      figures = {
        ...figures,
        price: await measureFind(hub, generator, options, 'cheapest in a country'),
      };
    }
    if (measures.has('advertise')) {
      const advertise = await measureAdvertise(hub, generator, fleet, options);
      figures = { ...figures, advertise };
    }
  } finally {
    await hub.close();
  }
  return measures.has('start')
    ? { ...figures, startMs: await measureStarts(folder, options) }
    : figures;
}

/** How long a hub takes from being spawned until `/readyz` says 200, with everything that was listed. */
async function measureStarts(folder: string, { starts }: Options): Promise<number[]> {
  const startMs: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    const hub = await startHub(folder, false);
    startMs.push(hub.startMs);
    await hub.close();
  }
  return startMs;
}

const options = readCommandLine(parseOptions);
const folder = await mkdtemp(join(tmpdir(), 'golem-discovery-bench-'));
const generator = createLoadGenerator();
try {
  const figures = await measure(folder, generator, options);
  process.stdout.write(`${options.json ? jsonReport(figures) : textReport(figures)}\n`);
  if (options.profile) process.stdout.write(`CPU profiles are in ${folder}/profile\n`);
} finally {
  await generator.close();
  if (!options.profile) await rm(folder, { recursive: true });
}
