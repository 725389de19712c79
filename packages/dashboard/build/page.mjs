/**
 * Builds the page: what `tsc` compiled goes through Vite into `dist/page`, is compressed, and is
 * listed in `dist/page/files.json`, from which the hub serves. Invariant: the list is written last, so a
 * page that has one is whole. Does nothing when nothing that goes in is newer than the list.
 */
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { describePage } from './files.mjs';
import { drawWorld } from './world.mjs';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const PAGE = join(HERE, 'dist/page');
const LIST = join(PAGE, 'files.json');
const WORLD = join(HERE, 'dist/world/world.json');

/** What the page is made of; the packages under it count as far as they were compiled. */
const SOURCES = [
  'index.html',
  'build',
  'public',
  'src',
  'dist/src',
  '../client/dist/src',
  '../protocol/dist/src',
];

async function newestMs(path) {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return 0;
  if (!found.isDirectory()) return path.endsWith('.tsbuildinfo') ? 0 : found.mtimeMs;
  const times = await Promise.all((await readdir(path)).map((name) => newestMs(join(path, name))));
  return Math.max(0, ...times);
}

async function isFresh() {
  const made = await stat(LIST).catch(() => undefined);
  if (made === undefined) return false;
  const times = await Promise.all(SOURCES.map((path) => newestMs(join(HERE, path))));
  return Math.max(...times) < made.mtimeMs;
}

async function buildPage() {
  await rm(PAGE, { recursive: true, force: true });
  await mkdir(join(HERE, 'dist/world'), { recursive: true });
  await writeFile(WORLD, JSON.stringify(drawWorld()));
  await build({
    root: HERE,
    configFile: false,
    logLevel: 'warn',
    // Relative, so that the page works behind a proxy that adds a prefix.
    base: './',
    build: {
      outDir: PAGE,
      target: 'es2023',
      // The first that know light-dark(); anything older gets a page without colours of its own.
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      modulePreload: { polyfill: false },
      // Nothing becomes a data: URL, which the policy of the page does not allow to be fetched.
      assetsInlineLimit: 0,
      reportCompressedSize: false,
    },
  });
  await writeFile(LIST, `${JSON.stringify(await describePage(PAGE), undefined, 2)}\n`);
}

if (!(await isFresh())) {
  const startedMs = performance.now();
  await buildPage();
  const { files } = JSON.parse(await readFile(LIST, 'utf8'));
  process.stdout.write(
    `the page: ${files.length} files in ${Math.round(performance.now() - startedMs)} ms\n`,
  );
}
