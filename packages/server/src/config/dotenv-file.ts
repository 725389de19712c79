/**
 * Reads `.env`. Invariant: no line is passed over in silence, where Node's own reader drops or
 * joins what it does not understand. What is in a line is not shown: it may be a secret.
 */
import { parseEnv } from 'node:util';

/** What a `.env` says, and what in it cannot be read. */
export interface DotenvFile {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** One plain line for each, with the number of the line in the file. */
  readonly faults: readonly string[];
}

// Not `\s`: it takes in the byte order mark, which Node's reader makes part of the first name.
const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*(.*)$/s;
const NOTHING = /^[ \t]*(?:#.*)?$/s;

/** Reads the text of a file; without one there is nothing in it. */
export function readDotenvFile(text: string | undefined): DotenvFile {
  if (text === undefined) return { variables: {}, faults: [] };
  const faults: string[] = [];
  const firstLines = new Map<string, number>();
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (NOTHING.test(line)) continue;
    const number = at + 1;
    const [, name = '', value = ''] = line.includes('\r') ? [] : (ASSIGNMENT.exec(line) ?? []);
    const end = name === '' ? undefined : endOfValue(lines, at, value);
    const first = firstLines.get(name);
    if (name === '') faults.push(`line ${number} of .env is not NAME=VALUE${adviceFor(line)}`);
    else if (end === undefined) faults.push(quoteFault(name, number));
    else if (first === undefined) firstLines.set(name, number);
    else faults.push(`${name} is given twice in .env, in lines ${first} and ${number}`);
    at = end ?? at;
  }
  return { variables: parseEnv(text), faults };
}

/** The line in which a value ends: a quoted one may have several. `undefined` where its quotes do not fit. */
function endOfValue(lines: readonly string[], at: number, value: string): number | undefined {
  const quote = /^["'`]/.exec(value)?.[0];
  if (quote === undefined) return at;
  let rest = value.slice(1);
  let end = at;
  while (!rest.includes(quote)) {
    end += 1;
    const next = lines[end];
    if (next === undefined) return undefined;
    rest = next;
  }
  return NOTHING.test(rest.slice(rest.indexOf(quote) + 1)) ? end : undefined;
}

function quoteFault(name: string, number: number): string {
  return `line ${number} of .env gives ${name} a value whose quotes don't end, or end too early`;
}

/** Only a name that looks like one of ours is shown. */
function adviceFor(line: string): string {
  const name = /^\s*(?:export\s+)?(DISCOVERY_[A-Z0-9_]{1,60})[\s:]/.exec(line)?.[1];
  return name === undefined ? '' : `: ${name} needs a = and nothing else before its value`;
}
