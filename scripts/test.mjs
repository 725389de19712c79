/**
 * Runs the tests of all packages: `npm test`, or `npm test -- matching` for the files whose path
 * holds that word. The files to run are found by their sources, so that the output of a test that
 * was deleted or renamed never runs.
 */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import chromium from '@sparticuz/chromium';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Tests start hubs and threads of their own: more at once would time the scheduler, not the hub. */
const FILES_AT_ONCE = 2;
const FILE_MS_MAX = 300_000;

/** What runs whole hubs, or browsers, goes last, so that a fault in a part is reported before the faults it causes. */
const HEAVY = /\/(?:end-to-end|browser)\//;

function testFiles(words) {
  const sources = readdirSync(join(ROOT, 'packages'))
    .flatMap((name) => listFiles(join(ROOT, 'packages', name, 'test')))
    .filter((path) => path.endsWith('.test.ts'))
    .filter(
      (path) => words.length === 0 || words.some((word) => relative(ROOT, path).includes(word)),
    );
  const light = sources.filter((path) => !HEAVY.test(path));
  const heavy = sources.filter((path) => HEAVY.test(path));
  return [...light, ...heavy].map(outputOf);
}

function listFiles(folder) {
  try {
    return readdirSync(folder, { recursive: true })
      .map((name) => join(folder, name))
      .toSorted();
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

function outputOf(source) {
  return source.replace('/test/', '/dist/test/').replace(/\.ts$/, '.js');
}

const files = testFiles(process.argv.slice(2));
if (files.length === 0) {
  process.stderr.write('No test file has that in its path.\n');
  process.exitCode = 1;
} else {
  // Unpacked before anything runs: a test that finds it half unpacked would start half a browser.
  if (files.some((file) => file.includes('/browser/'))) await chromium.executablePath();
  run({ files, concurrency: FILES_AT_ONCE, timeout: FILE_MS_MAX })
    .on('test:fail', ({ name, details: { error } }) => {
      process.exitCode = 1;
      // A file that ended as a whole, by a signal or a crash, has no test of its own that could say so.
      if (error?.exitCode !== undefined || error?.signal !== undefined) {
        process.stderr.write(`${name}: exit code ${error.exitCode}, signal ${error.signal}\n`);
      }
    })
    .compose(spec)
    .pipe(process.stdout);
}
