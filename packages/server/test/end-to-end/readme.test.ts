import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createTemporaryFolder, startHub } from './hub-process.js';

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));
const LINES_MAX = 150;

describe('the README', () => {
  it(`is at most ${LINES_MAX} lines long`, async () => {
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
    assert.ok(readme.trimEnd().split('\n').length <= LINES_MAX);
  });

  it('has a first example that works as it is pasted', async () => {
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
    const example = /^```sh\n(.*?)^```$/msu.exec(readme)?.[1];
    assert.ok(example !== undefined, 'an example in a block of sh');
    const folder = await createTemporaryFolder();
    const hub = await startHub(folder.path);
    // Inside the checkout, where the reader is: the example imports what is built here.
    const workplace = await mkdtemp(join(ROOT, 'node_modules', '.readme-'));
    try {
      const pasted = example
        .replaceAll('http://127.0.0.1:7465', hub.url)
        .replace('curl', 'curl -sf');
      const { stdout } = await promisify(execFile)('sh', ['-ec', pasted], { cwd: workplace });
      assert.match(stdout, /^200 \{/u);
      const answer: unknown = JSON.parse(stdout.slice(stdout.indexOf('\n[')));
      assert.ok(Array.isArray(answer) && answer.length === 1);
      assert.match(JSON.stringify(answer), /"estimate":\{"usd_per_month":18,/u);
    } finally {
      await rm(workplace, { recursive: true });
      await hub.end('SIGTERM');
      await folder.remove();
    }
  });

  it('of the server has an example of a hub in a program that runs', async () => {
    const readme = await readFile(join(ROOT, 'packages/server/README.md'), 'utf8');
    const example = /^```js\n(.*?)^```$/msu.exec(readme)?.[1];
    assert.ok(example !== undefined, 'an example in a block of js');
    const workplace = await mkdtemp(join(ROOT, 'node_modules', '.readme-'));
    try {
      const file = join(workplace, 'hub.mjs');
      await writeFile(file, example);
      const { stdout } = await promisify(execFile)(process.execPath, [file]);
      assert.equal(stdout, '200\n');
    } finally {
      await rm(workplace, { recursive: true });
    }
  });

  it('names no document that is not there', async () => {
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
    for (const [, path] of readme.matchAll(/\]\((?!http)([^)]+)\)/gu)) {
      await assert.doesNotReject(readFile(join(ROOT, path ?? '')).catch(isFolder), path);
    }
  });
});

function isFolder(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EISDIR')) throw error;
}
