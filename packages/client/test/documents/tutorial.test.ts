import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { tutorialSteps, type TutorialStep } from './tutorial-page.js';

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));
const PORT_OF_THE_PAGE = '7465';

/** What one terminal has shown since it was last looked at. */
interface Terminal {
  readonly child: ChildProcess;
  text: string;
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? String(address.port) : '';
}

/** A shell as the reader has it, after the first block of the page. */
function open(script: string, folder: string, port: string): Terminal {
  const child = spawn('bash', ['-ec', script.replaceAll(PORT_OF_THE_PAGE, port)], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: join(ROOT, 'node_modules', '.bin') + delimiter + (process.env['PATH'] ?? ''),
      HOME: folder,
      COLUMNS: '80',
      DISCOVERY_HOST: '127.0.0.1',
      DISCOVERY_PORT: port,
      GOLEM_DISCOVERY_URL: `http://127.0.0.1:${port}`,
    },
  });
  const terminal: Terminal = { child, text: '' };
  const hear = (text: string) => (terminal.text += text);
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  return terminal;
}

async function untilPrinted({ child, text }: Terminal, pattern: RegExp): Promise<void> {
  let seen = text;
  while (!pattern.test(seen)) {
    const data = Promise.race(
      [child.stdout, child.stderr].flatMap((out) => (out ? [once(out, 'data')] : [])),
    );
    const more = await Promise.race([data, once(child, 'close').then(() => undefined)]);
    if (more === undefined) throw new Error(`it ended:\n${seen}`);
    seen += String(more[0]);
  }
}

/** Ctrl-C goes to whatever runs in that terminal, not to the shell alone. */
async function interrupt({ child }: Terminal): Promise<void> {
  const closed = once(child, 'close');
  process.kill(-(child.pid ?? 0), 'SIGINT');
  await closed;
}

/** What is another one in each run, and how wide a gap is. */
function masked(text: string): string {
  return text
    .replaceAll(/did:key:z6Mk\w+|0x[0-9a-f]{40}|0x[0-9a-f]{4}…[0-9a-f]{4}|z6Mk\w\w…\w{4}/g, 'ID')
    .replaceAll(/<1m|\b\dm\b/g, 'AGE')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'HUB')
    .replaceAll(/ +/g, ' ')
    .trim();
}

/** A long-running terminal says so; others run to their end. */
const RUNNING: Readonly<Record<number, RegExp>> = {
  1: /listening/,
  2: /listed at/,
  3: /listed at/,
};

test('the tutorial can be followed, command by command', async () => {
  const folder = await mkdtemp(join(ROOT, 'node_modules', '.tutorial-'));
  const port = await freePort();
  const terminals = new Map<number, Terminal>();
  const follow = async (step: TutorialStep): Promise<void> => {
    const before = terminals.get(step.terminal);
    if (step.interrupt && before !== undefined) return interrupt(before);
    const terminal = open(step.script, folder, port);
    const running = RUNNING[step.terminal];
    if (running !== undefined) {
      terminals.set(step.terminal, terminal);
      return untilPrinted(terminal, running);
    }
    await once(terminal.child, 'close');
    assert.equal(terminal.child.exitCode, step.code, `${step.script}\n${terminal.text}`);
    const seen = new Set(terminal.text.split('\n').map(masked));
    for (const line of step.shown) {
      assert.ok(seen.has(masked(line)), `the page shows\n${line}\nand here was\n${terminal.text}`);
    }
  };
  try {
    const steps = tutorialSteps();
    assert.ok(steps.length > 12, 'the page has steps');
    for (const step of steps) await follow(step);
  } finally {
    for (const { child } of terminals.values()) {
      if (child.exitCode === null && child.signalCode === null)
        process.kill(-(child.pid ?? 0), 'SIGKILL');
    }
    await rm(folder, { recursive: true });
  }
});
