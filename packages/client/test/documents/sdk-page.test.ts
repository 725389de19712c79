import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PROBLEMS } from 'golem-vm-discovery-protocol';
import { CLIENT_PROBLEMS } from '#src/index.js';
import { startHub, type HubProcess } from '../hub-process.js';

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));
const LINES_MAX = 10;

describe('the page about the SDK', () => {
  let page: string;
  let hub: HubProcess;
  let workplace: string;

  before(async () => {
    page = await readFile(join(ROOT, 'docs/sdk.md'), 'utf8');
    hub = await startHub();
    // Inside the checkout, so that the examples import what is built here.
    workplace = await mkdtemp(join(ROOT, 'node_modules', '.sdk-page-'));
  });

  after(async () => {
    await rm(workplace, { recursive: true });
    await hub.end();
  });

  /** The example under a heading, pointed at the hub of this test. */
  async function writeExample(heading: string): Promise<string> {
    const section = page.slice(page.indexOf(`## ${heading}`));
    const code = /^```js\n(.*?)^```$/msu.exec(section)?.[1] ?? '';
    const lines = code.split('\n').filter((line) => line.trim() !== '');
    assert.ok(lines.length > 0 && lines.length <= LINES_MAX, `${lines.length} lines`);
    const path = join(workplace, `${heading.split(',')[0]}.mjs`);
    await writeFile(path, code.replace('http://127.0.0.1:7465', hub.url));
    return path;
  }

  it('advertises and finds in ten lines each, as they are written', async () => {
    const options = { cwd: workplace };
    const advertiser = spawn(process.execPath, [await writeExample('Advertise, in')], options);
    const said = createInterface(advertiser.stdout);
    assert.match(await nextLine(said), /^listed at /u);
    const finder = spawn(process.execPath, [await writeExample('Find, in')], options);
    const found = await nextLine(createInterface(finder.stdout));
    assert.equal(found, 'SE 192.168.1.100 no price');
    const exited = once(advertiser, 'exit');
    advertiser.kill('SIGINT');
    assert.match(await nextLine(said), /^withdrawn from /u);
    assert.deepEqual(await exited, [0, null]);
  });

  it('lists every code with its meaning and its advice, and no other', () => {
    const rows = [...page.matchAll(/^\| `([A-Z_0-9]+)` *\| (.*?) *\| (\w+) *\|$/gmu)];
    const described = { ...PROBLEMS, ...CLIENT_PROBLEMS };
    assert.deepEqual(
      Object.fromEntries(rows.map(([, code, title, retry]) => [code, [title, retry]])),
      Object.fromEntries(
        Object.entries(described).map(([code, { title, retry }]) => [code, [title, retry]]),
      ),
    );
  });
});

async function nextLine(lines: Interface): Promise<string> {
  const words: readonly unknown[] = await once(lines, 'line');
  return String(words[0]);
}
