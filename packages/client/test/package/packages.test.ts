import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { packPackages, PUBLISHED, ROOT, run, type PackedPackages } from './packing.js';

/** The packages are ES modules alone: what CommonJS and the resolution of Node 10 make of them is no matter. */
const RESOLUTIONS = new Set(['node16-esm', 'bundler']);

describe('the packages as they are published', () => {
  let packed: PackedPackages;

  before(async () => {
    packed = await packPackages();
    assert.equal(packed.tarballs.length, PUBLISHED.length);
  });

  after(() => packed.remove());

  it('have nothing that publint would mend', async () => {
    for (const path of packed.tarballs) {
      const tarball = Uint8Array.from(await readFile(path)).buffer;
      const { messages } = await publint({ pack: { tarball }, strict: true });
      assert.deepEqual(messages, [], basename(path));
    }
  });

  it('have types that are right for whoever imports them', async () => {
    // The page is files to be served: there is nothing in it to import.
    const imported = packed.tarballs.filter((path) => !path.includes('-dashboard-'));
    assert.equal(imported.length, packed.tarballs.length - 1);
    for (const path of imported) {
      const result = await checkPackage(createPackageFromTarballData(await readFile(path)));
      assert.ok(result.types !== false, basename(path));
      const problems = result.problems.filter(
        (problem) => !('resolutionKind' in problem) || RESOLUTIONS.has(problem.resolutionKind),
      );
      assert.deepEqual(problems, [], basename(path));
    }
  });

  it('hold neither tests nor what only a build needs', async () => {
    for (const path of packed.tarballs) {
      const names = createPackageFromTarballData(await readFile(path)).listFiles();
      assert.deepEqual(
        names.filter((name) => /\/test\/|\.map$|tsbuildinfo|\.ts$(?<!\.d\.ts)/.test(name)),
        [],
      );
    }
  });

  it('install into an empty folder, where both commands run, the page is served and the SDK finds', async () => {
    const folder = join(packed.folder, 'empty');
    await mkdir(folder);
    // What is installed here is in npm's cache, so that only what is not asks the registry.
    const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
    await run('npm', ['install', ...quiet, ...packed.tarballs], { cwd: folder });
    await takeBuiltAddon(folder);
    await checkTypes(folder);
    const { stdout: help } = await run('npx', ['golem-discovery', '--help'], { cwd: folder });
    assert.match(help, /^Usage: golem-discovery /mu);
    await writeFile(join(folder, 'find.mjs'), EXAMPLE);
    const hub = spawn(join(folder, 'node_modules/.bin/golem-discovery-server'), {
      cwd: folder,
      env: { PATH: process.env['PATH'], DISCOVERY_HOST: '127.0.0.1', DISCOVERY_PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(hub, 'exit');
    try {
      const url = await listeningUrl(hub.stdout);
      const { stdout } = await run(process.execPath, ['find.mjs', url], { cwd: folder });
      assert.equal(stdout, 'mainnet 0\n');
      const page = await fetch(`${url}/`);
      assert.match(await page.text(), /<script type="module"[^>]* src="\.\/assets\//u);
    } finally {
      hub.kill('SIGTERM');
      assert.deepEqual(await exited, [0, null]);
    }
  });
});

const PROGRAM = `
import { Advertiser, DiscoveryClient, DiscoveryError } from 'golem-vm-discovery-client';
import { loadOrCreateKey } from 'golem-vm-discovery-client/keys';
const client = new DiscoveryClient({ hubs: ['http://127.0.0.1:7465'] });
const wanted = { cpu: 2, country: undefined, sort: 'cpu' } as const;
for await (const { signed_at } of client.find({ ...wanted, verify: true })) signed_at.slice(1);
for await (const { created_at } of client.find(wanted)) created_at.slice(1);
const signer = await loadOrCreateKey('key');
const resources = { cpu: 1, memory: 1, storage: 1 };
const advertisement = { ip_address: '::1', country: 'SE', resources };
await Advertiser.start({ hubs: '', signer, advertisement, onEvent: ({ message }) => message });
export const codeOf = (error: unknown) => error instanceof DiscoveryError && error.code === 'ADV_004';
`;

/** Nobody needs the types of the DOM to write for Node, nor those of Node to write a page. */
const PROGRAMS_LIBRARIES: readonly (readonly string[])[] = [
  ['--lib', 'es2023', '--types', 'node'],
  ['--lib', 'es2023,dom,dom.iterable'],
];

async function checkTypes(folder: string): Promise<void> {
  await writeFile(join(folder, 'program.mts'), PROGRAM);
  const rules = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext'];
  const roots = ['--target', 'es2023', '--typeRoots', join(ROOT, 'node_modules/@types')];
  for (const libraries of PROGRAMS_LIBRARIES) {
    const args = [...rules, ...roots, ...libraries, 'program.mts'];
    await run(join(ROOT, 'node_modules/.bin/tsc'), args, { cwd: folder }).catch(throwOutput);
  }
}

function throwOutput(error: unknown): never {
  throw error instanceof Error && 'stdout' in error ? new Error(String(error.stdout)) : error;
}

/** Compiling it again would take a minute and prove nothing about our packages. */
async function takeBuiltAddon(folder: string): Promise<void> {
  const addon = 'node_modules/better-sqlite3/build';
  await cp(join(ROOT, addon), join(folder, addon), { recursive: true });
}

const EXAMPLE = `
import { DiscoveryClient } from 'golem-vm-discovery-client';
const client = new DiscoveryClient({ hubs: process.argv[2] });
const { network } = await client.info();
console.log(network, await client.find({ cpu: 1 }).count());
`;

async function listeningUrl(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(output)) {
    const url = /listening.*?(http:\/\/[\w.[\]:]+)/u.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error('the hub ended before it listened');
}
