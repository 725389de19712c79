import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { ROOT } from './packing.js';

const GZIPPED_BYTES_MAX = 15_000;

/** What a page downloads before it can search, gzipped: the first file, and those that it imports at once. */
async function initialBytes(code: string, splitting: boolean): Promise<number> {
  const { metafile, outputFiles } = await build({
    stdin: { contents: code, resolveDir: `${ROOT}/packages/client` },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    outdir: '/out',
    write: false,
    metafile: true,
    splitting,
  });
  const loaded = new Set<string>(['out/stdin.js']);
  for (const path of loaded) {
    const imports = metafile.outputs[path]?.imports ?? [];
    for (const each of imports) if (each.kind === 'import-statement') loaded.add(each.path);
  }
  return outputFiles
    .filter(({ path }) => loaded.has(path.slice(1)))
    .reduce((sum, { contents }) => sum + gzipSync(contents).length, 0);
}

describe('a page that searches', () => {
  it('downloads less than 15 kB for find alone', async () => {
    const bytes = await initialBytes(
      `export { find, Transport } from 'golem-vm-discovery-client'`,
      false,
    );
    assert.ok(bytes > 1_000 && bytes < GZIPPED_BYTES_MAX, `${bytes} bytes`);
  });

  it('downloads less than 15 kB for a client, and the curves when it first verifies', async () => {
    const code = `export { DiscoveryClient } from 'golem-vm-discovery-client'`;
    const bytes = await initialBytes(code, true);
    assert.ok(bytes > 1_000 && bytes < GZIPPED_BYTES_MAX, `${bytes} bytes`);
    const whole = await initialBytes(code, false);
    assert.ok(whole > 2 * bytes, 'the check of proofs is in a file of its own');
  });
});
