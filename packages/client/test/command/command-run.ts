/** The built command as a process of its own, as a shell would run it: words and environment in, text and an exit code out. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../../bin/golem-discovery.js', import.meta.url));

/** A run that came to its end. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A run that goes on. */
export interface Running {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** What was printed so far, standard error included. */
  text(): string;
  /** Resolves when the pattern was printed; rejects when the process ends before. */
  printed(pattern: RegExp): Promise<void>;
  readonly ended: Promise<Ran>;
}

/** A test that fails must not leave one behind. */
const running = new Set<ChildProcessByStdio<null, Readable, Readable>>();
after(() => {
  for (const child of running) child.kill('SIGKILL');
});

type Environment = Readonly<Record<string, string>>;

/** Starts the command in a pipe: no terminal, and nothing of the surrounding environment but the path. */
export function start(words: readonly string[], env: Environment = {}, cwd?: string): Running {
  const child = spawn(process.execPath, [COMMAND, ...words], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd,
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  const printed = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.err += text));
  const text = () => printed.out + printed.err;
  const ended = once(child, 'close').then(([code]: (number | null)[]) => ({
    code: code ?? null,
    ...printed,
  }));
  return {
    child,
    text,
    ended,
    async printed(pattern) {
      const over = ended.then(() => 'ended' as const);
      while (!pattern.test(text())) {
        const more = Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data')]);
        if ((await Promise.race([more, over])) === 'ended' && !pattern.test(text())) {
          throw new Error(`it ended without ${String(pattern)}:\n${text()}`);
        }
      }
    },
  };
}

/** Runs the command to its end. */
export function run(words: readonly string[], env: Environment = {}, cwd?: string): Promise<Ran> {
  return start(words, env, cwd).ended;
}
