/** The surroundings that a process gives: its streams, its environment, its signals, its clock. */
import { constants, homedir } from 'node:os';
import type { WriteStream } from 'node:tty';
import { SYSTEM } from '../transport/surroundings.js';
import { askSecret } from './secret-prompt.js';
import type { Interruption, Output, Surroundings } from './surroundings.js';

/** What of a stream is used; `isTTY` and `columns` are absent on pipes. */
type Stream = NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Widths beyond these were not meant. */
const COLUMNS_MAX = 1_000;

/** The surroundings of this process. */
export function processSurroundings(target: NodeJS.Process): Surroundings {
  const { env, stdin, stdout, stderr } = target;
  endQuietlyWhenNobodyReads(target);
  return {
    env,
    homeFolder: homedir(),
    out: outputOf(stdout, env),
    err: outputOf(stderr, env),
    nowMs: () => SYSTEM.wallMs(),
    random: () => SYSTEM.random(),
    askSecret: async (question) =>
      stdin.isTTY && stderr.isTTY ? askSecret(stdin, stderr, question) : 'nobody',
    interruption: () => listenForInterruption(target),
  };
}

function outputOf(stream: Stream, env: NodeJS.ProcessEnv): Output {
  const isTerminal = stream.isTTY === true;
  return {
    write: (text) => void stream.write(text),
    isTerminal,
    columns: () => (isTerminal ? (stream.columns ?? 80) : givenColumns(env['COLUMNS'])),
    colour: wantsColour(isTerminal, env),
  };
}

/** A width that was exported on purpose counts for pipes too; shells keep their own to themselves. */
function givenColumns(text: string | undefined): number | undefined {
  const columns = /^[1-9][0-9]{0,3}$/.test(text ?? '') ? Number(text) : undefined;
  return columns !== undefined && columns <= COLUMNS_MAX ? columns : undefined;
}

/** https://no-color.org: set and not empty means none, whatever its value. */
function wantsColour(isTerminal: boolean, env: NodeJS.ProcessEnv): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'] ?? '';
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}

/** `golem-discovery find | head` ends when head does, without a word, as other commands do. */
function endQuietlyWhenNobodyReads(target: NodeJS.Process): void {
  target.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    target.exit(128 + constants.signals.SIGPIPE);
  });
}

function listenForInterruption(target: NodeJS.Process): Interruption {
  const controller = new AbortController();
  function onSignal(signal: (typeof SIGNALS)[number]): void {
    // Whoever asks twice does not want to wait.
    if (controller.signal.aborted) target.exit(128 + constants.signals[signal]);
    controller.abort();
  }
  for (const signal of SIGNALS) target.on(signal, onSignal);
  return {
    signal: controller.signal,
    close() {
      for (const signal of SIGNALS) target.off(signal, onSignal);
    },
  };
}
