/** The packages as they would be published. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));

/** Runs a program to its end; rejects with what it printed when it fails. */
export const run = promisify(execFile);

/** A folder with one tarball for each package. Whoever made it removes it. */
export interface PackedPackages {
  readonly folder: string;
  /** Full paths. */
  readonly tarballs: readonly string[];
  remove(): Promise<void>;
}

/** What other people install. */
export const PUBLISHED = ['protocol', 'client', 'dashboard', 'server'] as const;

/** Packs what is published, as built. */
export async function packPackages(): Promise<PackedPackages> {
  const folder = await mkdtemp(join(tmpdir(), 'golem-discovery-packed-'));
  const workspaces = PUBLISHED.flatMap((name) => ['--workspace', `packages/${name}`]);
  const args = ['pack', ...workspaces, '--pack-destination', folder, '--silent'];
  await run('npm', args, { cwd: ROOT });
  const tarballs = (await readdir(folder)).map((name) => join(folder, name));
  return { folder, tarballs, remove: () => rm(folder, { recursive: true }) };
}
