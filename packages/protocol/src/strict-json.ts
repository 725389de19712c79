/**
 * JSON with one meaning: what is signed must be read alike by everyone who reads it, so whatever
 * parsers disagree about is refused. Cost: a few microseconds for a body of 300 bytes, linear in
 * its length.
 */
import { LIMITS } from './limits.js';
import { problem } from './problems.js';
import { accept, refuse, type Result } from './result.js';

/** A JSON text, and what it says. The text keeps every byte: it is valid UTF-8 without a BOM. */
export interface StrictJson {
  readonly value: unknown;
  readonly text: string;
}

const BYTE_ORDER_MARK = '\uFEFF';

/** `ignoreBOM` means: hand it on, so that it can be refused. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a body. REQ_001 for what is not UTF-8, has a byte order mark, is not JSON, names a key
 * twice or `__proto__` at any depth, holds NUL or half a surrogate pair, or is nested deeper than
 * `LIMITS.bodyDepthMax`. How long it may be is for the caller to bound.
 */
export function parseStrictJson(bytes: Uint8Array): Result<StrictJson> {
  const text = decode(bytes);
  if (text === undefined) return malformed('the body is not UTF-8');
  if (text.startsWith(BYTE_ORDER_MARK)) {
    return malformed('the body begins with a byte order mark: send UTF-8 without one');
  }
  const parsed = parse(text);
  if (parsed === undefined) return malformed(notJson(text));
  const shape = measure(text);
  if (shape.depth > LIMITS.bodyDepthMax) {
    return malformed(`the body is nested deeper than ${LIMITS.bodyDepthMax} levels`);
  }
  // Only as an escape can NUL or half a pair stand in a text that is UTF-8 and JSON.
  const census = new Census(text.includes('\\u'));
  census.visit(parsed.value);
  if (census.fault !== undefined) return malformed(census.fault);
  if (census.keys !== shape.keys) {
    return malformed('the body names a key twice: name each key once');
  }
  return accept({ value: parsed.value, text });
}

function malformed(reason: string): Result<never> {
  return refuse(problem('REQ_001', reason));
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function notJson(text: string): string {
  return text.trim() === ''
    ? 'the body is empty: send the advertisement as a JSON object'
    : 'the body is not valid JSON: send one JSON object and nothing after it';
}

/** What the text of a JSON value shows without being understood. */
interface Shape {
  /** How many keys are written, doubled ones included. */
  readonly keys: number;
  readonly depth: number;
}

const QUOTE = 0x22;
const COLON = 0x3a;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** Scans a text that is known to be JSON: outside strings, every colon follows a key. */
function measure(text: string): Shape {
  let keys = 0;
  let depth = 0;
  let depthMax = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = stringEnd(text, at);
    else if (code === COLON) keys += 1;
    else if (OPENING.has(code)) depthMax = Math.max(depthMax, ++depth);
    else if (CLOSING.has(code)) depth -= 1;
  }
  return { keys, depth: depthMax };
}

/** Where the string ends that begins at `start`: at the first quote that no backslash escapes. */
function stringEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

/** Backslashes escape each other: an odd number of them escapes what follows. */
function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text[first - 1] === '\\') first -= 1;
  return (at - first) % 2 === 1;
}

/**
 * Counts the keys of a parsed value. A parser keeps one of several equal keys, however they are
 * spelt: fewer keys in the value than in the text means that one was doubled.
 */
class Census {
  keys = 0;
  fault: string | undefined;
  readonly #escaped: boolean;

  constructor(escaped: boolean) {
    this.#escaped = escaped;
  }

  visit(value: unknown): void {
    if (typeof value === 'string') this.#visitString(value);
    else if (Array.isArray(value)) for (const item of value) this.visit(item);
    else if (typeof value === 'object' && value !== null) this.#visitObject(value);
  }

  #visitObject(value: object): void {
    for (const [key, member] of Object.entries(value)) {
      this.keys += 1;
      if (key === '__proto__') this.fault = 'the body has a key __proto__: leave it out';
      this.#visitString(key);
      this.visit(member);
    }
  }

  #visitString(text: string): void {
    if (!this.#escaped) return;
    if (text.includes('\0')) this.fault = 'the body holds a NUL character: leave it out';
    if (!text.isWellFormed())
      this.fault = 'the body holds half of a surrogate pair: send whole characters';
  }
}
