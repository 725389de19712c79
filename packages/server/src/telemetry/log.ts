/**
 * The log: one line for each event, JSON for collectors, or readable for a person in debug.
 * A value that somebody sent can neither break a line nor drive a terminal, and no password
 * of a URL gets in. Costs one regular expression over each line that is written.
 */
import { type DestinationStream, destination as openDestination, type Logger, pino } from 'pino';
import { prettyFactory } from 'pino-pretty';

/** What all parts of the hub log to. Fields first, then a sentence: `log.info({ port }, 'listening')`. */
export type Log = Logger;

/** How to log. */
export interface LogOptions {
  /** Readable lines, and the debug level. */
  readonly debug: boolean;
  /** Receives whole lines; standard output where it is left out. */
  readonly destination?: DestinationStream;
}

/** Fields that hold credentials, wherever a request or its headers are logged. Signatures are public and stay. */
const SECRET_FIELDS = ['authorization', 'cookie', '["set-cookie"]', 'password'];
const REDACTED_PATHS = SECRET_FIELDS.flatMap((field) => {
  const dotted = field.startsWith('[') ? field : `.${field}`;
  return [dotted.replace(/^\./, ''), `*${dotted}`, `*.*${dotted}`];
});

/** Makes the log. It holds nothing that needs closing: each line is written before the call returns. */
export function createLog({ debug, destination }: LogOptions): Log {
  const out = destination ?? openDestination({ fd: 1, sync: true });
  return pino(
    {
      level: debug ? 'debug' : 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: REDACTED_PATHS, censor: '***' },
      formatters: { level: (label) => ({ level: label }) },
    },
    debug ? readableLines(out) : safeLines(out),
  );
}

/** Hides what may be a password in any URL of a line: all up to the last `@` of the word. */
function withoutPasswords(line: string): string {
  return line.replaceAll(/:\/\/[^\s"\\]*/g, (rest) => {
    const end = rest.lastIndexOf('@');
    return end === -1 ? rest : `://***${rest.slice(end)}`;
  });
}

/** What JSON leaves as it is and a terminal or an editor does not: C1 controls, line separators, changes of direction. */
const TREACHEROUS = /[\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function safeLines(out: DestinationStream): DestinationStream {
  // Escaping the whole line is escaping its strings: JSON has no such characters elsewhere.
  return {
    write: (line) => out.write(withoutPasswords(line).replaceAll(TREACHEROUS, escapeUnit)),
  };
}

function readableLines(out: DestinationStream): DestinationStream {
  const format = prettyFactory({ translateTime: 'SYS:HH:MM:ss.l', singleLine: true });
  return {
    write(line) {
      const record: unknown = JSON.parse(withoutPasswords(line), escapeValue);
      const text: unknown = isRecord(record) ? format(record) : undefined;
      if (typeof text === 'string') out.write(text);
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Stacks keep their line feeds, since pino-pretty indents them; all else is one line, names of fields too. */
function escapeValue(key: string, value: unknown): unknown {
  if (typeof value === 'string') return escapeText(value, key === 'stack');
  if (Array.isArray(value) || !isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [escapeText(name, false), field]),
  );
}

function escapeText(text: string, keepsLineFeeds: boolean): string {
  const controls = keepsLineFeeds ? /[\u0000-\u0009\u000b-\u001f]/g : /[\u0000-\u001f]/g;
  return text.replaceAll(controls, escapeUnit).replaceAll(TREACHEROUS, escapeUnit);
}
