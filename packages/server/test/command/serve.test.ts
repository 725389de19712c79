/** The command as a process of its own, with a hub in it. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../../bin/golem-discovery-server.js', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'golem-discovery-'));
const children: ChildProcess[] = [];
after(() => {
  // After a failure a hub may be left, and the test run would wait for it.
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** A hub on a free port of loopback that keeps its truth in memory, save where a test says otherwise. */
function start(env: Record<string, string> = {}): { child: ChildProcess; output: string[] } {
  const child = spawn(process.execPath, [COMMAND], {
    cwd: folder,
    env: {
      DISCOVERY_HOST: '127.0.0.1',
      DISCOVERY_PORT: '0',
      DISCOVERY_DB_URL: 'sqlite:///:memory:',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const output: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => output.push(text));
  return { child, output };
}

/** The first line of the log that holds these words. */
async function line(child: ChildProcess, words: string): Promise<string> {
  assert.ok(child.stdout);
  for await (const text of createInterface(child.stdout)) if (text.includes(words)) return text;
  throw new Error(`ended before it said: ${words}`);
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null) await once(child, 'close');
  return child.exitCode;
}

test('it says where it listens and with what, and a signal ends it with code 0', async () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const { child, output } = start({ DISCOVERY_NETWORK: 'testnet' });
    const said = await line(child, 'listening on http://127.0.0.1:');
    for (const part of [
      '"network":"testnet"',
      '"auth":"required"',
      '"store":"sqlite:///:memory:"',
    ]) {
      assert.ok(said.includes(part), said);
    }
    child.kill(signal);
    assert.equal(await ended(child), 0);
    assert.deepEqual(output, []);
  }
});

test('a port that is taken ends the second hub with code 1 and one plain line', async () => {
  const first = start();
  const url = /http:\/\/[\d.]+:(\d+)/.exec(await line(first.child, 'listening on'));
  const port = url?.[1] ?? '';
  const second = start({ DISCOVERY_PORT: port });
  assert.equal(await ended(second.child), 1);
  assert.match(
    second.output.join(''),
    new RegExp(`^127\\.0\\.0\\.1:${port} is taken by another process: [^\\n]*\\n$`),
  );
  first.child.kill('SIGTERM');
  assert.equal(await ended(first.child), 0);
});

test('a store that cannot be opened ends the hub with code 1 and one plain line', async () => {
  const { child, output } = start({ DISCOVERY_DB_URL: 'sqlite:////nonexistent/folder/hub.db' });
  assert.equal(await ended(child), 1);
  assert.match(output.join(''), /^\/nonexistent\/folder\/hub\.db [^\n]*\n$/);
});

test('a database that does not answer is waited for, and a signal ends the waiting with code 0', async () => {
  const { child, output } = start({ DISCOVERY_DB_URL: 'postgresql://hub:secret@127.0.0.1:1/hub' });
  assert.match(await line(child, 'trying again'), /PostgreSQL does not answer: check that it runs/);
  child.kill('SIGTERM');
  assert.equal(await ended(child), 0);
  assert.deepEqual(output, []);
});

test('the metrics are where the log says', async () => {
  const { child } = start({ DISCOVERY_METRICS_PORT: '0' });
  const url = /http:\/\/127[^"]*\/metrics/.exec(await line(child, 'metrics at'))?.[0] ?? '';
  const page = await (await fetch(url)).text();
  assert.match(page, /^discovery_advertisements 0$/m);
  child.kill('SIGTERM');
  assert.equal(await ended(child), 0);
});
