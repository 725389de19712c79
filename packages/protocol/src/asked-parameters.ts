/**
 * The parameters of a question, collected and then read one by one, with everything that is wrong
 * with them. Invariant: a parameter that is unknown, repeated or unreadable is never dropped
 * silently. Cost: linear in the query; what is said about faults is bounded.
 */
import { FIND_PARAMETERS } from './find-parameters.js';
import type { WatchQuerySchema } from './watch-query-schema.js';
import { nearestName } from './near-miss.js';
import type { ProblemDetail } from './problems.js';
import type { Grammar } from './query-grammars.js';
import { splitQuery } from './query-string.js';
import { printable, quote } from './quoting.js';

/** The name of a parameter. */
export type ParameterName = keyof typeof FIND_PARAMETERS | keyof typeof WatchQuerySchema.properties;

/** The parameters that a route knows, with what each must be. */
export type ParameterTable = Readonly<Record<string, string>>;

/** More faults than that are not listed: an answer must not grow with a hostile question. */
const FAULTS_MAX = 16;

/** Words for the same thing that no typing error leads to. */
const SYNONYMS: ReadonlyMap<string, ParameterName> = new Map([
  ['cores', 'cpu'],
  ['vcpus', 'cpu'],
  ['ram', 'memory'],
  ['mem', 'memory'],
  ['disk', 'storage'],
  ['countries', 'country'],
  ['arch', 'platform'],
  ['price', 'max_usd_per_month'],
  ['max_price', 'max_usd_per_month'],
  ['order', 'sort'],
  ['order_by', 'sort'],
  ['sort_by', 'sort'],
  ['per_page', 'limit'],
  ['page_size', 'limit'],
  ['page', 'after'],
  ['cursor', 'after'],
  ['offset', 'after'],
]);

const WATCH_SYNONYMS: ReadonlyMap<string, ParameterName> = new Map<string, ParameterName>([
  ...SYNONYMS,
  ['cursor', 'since'],
  ['from', 'since'],
  ['last_event_id', 'since'],
  ['timeout', 'wait'],
]);

/** What was asked. */
export class AskedParameters {
  readonly #texts = new Map<string, string>();
  readonly #faults: ProblemDetail[] = [];
  readonly #known: ParameterTable;
  readonly #taken: readonly string[];

  /** Collects the parameters of a raw query string. `untaken` are known only to be refused by name, and proposed to nobody. */
  constructor(
    query: string,
    known: ParameterTable = FIND_PARAMETERS,
    untaken: readonly string[] = [],
  ) {
    this.#known = known;
    this.#taken = Object.keys(known).filter((name) => !untaken.includes(name));
    for (const { name, value } of splitQuery(query)) {
      if (this.#faults.length === FAULTS_MAX) break;
      this.#collect(name, value);
    }
  }

  #collect(name: string, value: string | undefined): void {
    const before = this.#texts.get(name);
    if (!Object.hasOwn(this.#known, name)) this.refuse(shownName(name), unknown(name, this.#taken));
    else if (value === undefined) this.refuse(name, 'is not percent-encoded UTF-8');
    else if (before === undefined) this.#texts.set(name, value);
    else if (name === 'country') this.#texts.set(name, `${before},${value}`);
    else this.refuse(name, 'is given twice: give it once');
  }

  /** Reads one parameter; `undefined` where it was not given, or can't be read, which is noted. */
  read<Value>(name: ParameterName, grammar: Grammar<Value>): Value | undefined {
    const text = this.#texts.get(name);
    if (text === undefined) return undefined;
    const value = grammar(text);
    if (value === undefined) {
      const expected = this.#known[name] ?? 'something else';
      this.refuse(name, `must be ${expected}, not ${quote(text)}`);
    }
    return value;
  }

  /** Whether a parameter was given, readable or not. */
  has(name: ParameterName): boolean {
    return this.#texts.has(name);
  }

  /** Notes that something is wrong with a parameter. */
  refuse(field: string, message: string): void {
    if (this.#faults.length < FAULTS_MAX) this.#faults.push({ field, message });
  }

  /** What is wrong, at most 16 faults. */
  get faults(): readonly ProblemDetail[] {
    return this.#faults;
  }
}

/** What can't be seen can't be named. */
function shownName(name: string): string {
  return name.trim() === '' ? 'query' : printable(name);
}

function unknown(name: string, names: readonly string[]): string {
  if (name.trim() === '') return 'has a value without a name before its =';
  const synonyms = names.includes('since') ? WATCH_SYNONYMS : SYNONYMS;
  const synonym = synonyms.get(name.toLowerCase());
  const meant = names.find((taken) => taken === synonym) ?? nearestName(name, names);
  return meant === undefined
    ? `is not a parameter: there are ${names.join(', ')}`
    : `is not a parameter: did you mean ${meant}?`;
}
