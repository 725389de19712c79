/**
 * The market as a table, and questions as SQL, for SQLite and PostgreSQL alike. What is sorted from the
 * largest down is stored negated, and what has no price costs infinitely much, so that each page is one
 * ascending range of one index, (verified first, sort key, id), and the next page begins after a row
 * value. Every index holds all columns that questions are about: no row is ever fetched.
 */
import type { FindQuery, Requirements, Sort } from 'golem-vm-discovery-protocol';
import type { MarketEntry } from './market.js';
import type { Question } from './matching-contender.js';

const COLUMNS = [
  'id',
  'unverified',
  'created',
  'country',
  'platform',
  'less_cpu',
  'less_memory',
  'less_storage',
  'core_usd',
  'memory_usd',
  'storage_usd',
] as const;

/** A value of a column, or of a parameter. */
export type SqlValue = string | number;

/** A statement, `?` for each parameter. */
export interface Statement {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/** How a database wants parameters written: PostgreSQL has to be told what kind of number one is. */
export interface Dialect {
  readonly real: string;
  readonly whole: string;
}

/** Creates the table; `real` and `text` as the database calls a double and a string in byte order. */
export function tableText(real: string, text: string): string {
  const columns = COLUMNS.map((name) => `${name} ${typeOf(name, real, text)} NOT NULL`);
  return `CREATE TABLE market (${columns.join(', ')})`;
}

function typeOf(name: (typeof COLUMNS)[number], real: string, text: string): string {
  if (name === 'id' || name === 'country' || name === 'platform') return text;
  return name.endsWith('_usd') || name === 'created' ? real : 'INTEGER';
}

const ORDERED: readonly (readonly string[])[] = [
  ['unverified', 'created', 'id'],
  ['unverified', 'less_cpu', 'id'],
  ['unverified', 'less_memory', 'id'],
  ['unverified', 'less_storage', 'id'],
  ['country', 'unverified', 'created', 'id'],
  ['platform', 'unverified', 'created', 'id'],
  ['country', 'less_cpu', 'less_memory', 'less_storage'],
  ['less_cpu', 'less_memory', 'less_storage'],
  ['less_storage', 'less_memory', 'less_cpu'],
];

/** Creates the indexes; `cover` adds to the keys of one all the other columns. */
export function indexTexts(cover: (keys: string, others: string) => string): readonly string[] {
  return ORDERED.map((keys, number) => {
    const others = COLUMNS.filter((name) => !keys.includes(name));
    return `CREATE INDEX market_${number} ON market ${cover(keys.join(', '), others.join(', '))}`;
  });
}

/** The values of a listing, in the order of the columns. */
export function valuesOf(entry: MarketEntry): readonly SqlValue[] {
  const { country, platform, resources, pricing } = entry.advertisement;
  return [
    entry.providerId,
    entry.verified ? 0 : 1,
    entry.createdAtMs,
    country,
    platform ?? '',
    -resources.cpu,
    -resources.memory,
    -resources.storage,
    pricing?.usd_per_core_month ?? Infinity,
    pricing?.usd_per_gb_ram_month ?? Infinity,
    pricing?.usd_per_gb_storage_month ?? Infinity,
  ];
}

/** The names of the columns, for inserting. */
export const columnNames: readonly string[] = COLUMNS;

/** Finds a page. */
export function pageStatement({ query, after }: Question, dialect: Dialect): Statement {
  const where = conditions(query.requirements, dialect);
  const key = keyOf(query, dialect);
  if (after !== undefined) {
    where.texts.push(`(unverified, ${key.text}, id) > (?, ${dialect.real}, ?)`);
    const [id = '', unverified = 0] = valuesOf(after);
    where.values.push(...key.values, unverified, keyValue(query, after), id);
  }
  const order = `ORDER BY unverified, ${key.text}, id LIMIT ?`;
  return {
    text: `SELECT id FROM market ${whereText(where)} ${order}`,
    values: [...where.values, ...key.values, query.limit],
  };
}

/** Counts all matches. */
export function countStatement({ query }: Question, dialect: Dialect): Statement {
  const where = conditions(query.requirements, dialect);
  return { text: `SELECT count(*) AS total FROM market ${whereText(where)}`, values: where.values };
}

interface Conditions {
  readonly texts: string[];
  readonly values: SqlValue[];
}

function whereText({ texts }: Conditions): string {
  return texts.length === 0 ? '' : `WHERE ${texts.join(' AND ')}`;
}

function conditions(requirements: Requirements, dialect: Dialect): Conditions {
  const { cpu, memory, storage, country, platform, verified, max_usd_per_month } = requirements;
  const texts: string[] = [];
  const values: SqlValue[] = [];
  const add = (text: string, ...given: readonly SqlValue[]) => {
    texts.push(text);
    values.push(...given);
  };
  if (country !== undefined) add(`country IN (${country.map(() => '?').join(', ')})`, ...country);
  if (platform !== undefined) add('platform = ?', platform);
  if (verified === true) add('unverified = 0');
  if (cpu !== undefined) add(`less_cpu <= ${dialect.whole}`, -cpu);
  if (memory !== undefined) add(`less_memory <= ${dialect.whole}`, -memory);
  if (storage !== undefined) add(`less_storage <= ${dialect.whole}`, -storage);
  if (max_usd_per_month !== undefined) {
    add(`${usdText(dialect)} <= ${dialect.real}`, ...shapeOf(requirements), max_usd_per_month);
  }
  return { texts, values };
}

function usdText({ real }: Dialect): string {
  return `(${real} * core_usd + ${real} * memory_usd + ${real} * storage_usd)`;
}

function shapeOf({ cpu = 1, memory = 1, storage = 1 }: Requirements): readonly number[] {
  return [cpu, memory, storage];
}

const KEY_COLUMNS: Readonly<Record<Exclude<Sort, 'price'>, string>> = {
  uptime: 'created',
  cpu: 'less_cpu',
  memory: 'less_memory',
  storage: 'less_storage',
};

function keyOf({ sort, requirements }: FindQuery, dialect: Dialect): Statement {
  if (sort === 'price') return { text: usdText(dialect), values: shapeOf(requirements) };
  return { text: KEY_COLUMNS[sort], values: [] };
}

function keyValue({ sort, requirements }: FindQuery, entry: MarketEntry): number {
  const { resources, pricing } = entry.advertisement;
  if (sort === 'uptime') return entry.createdAtMs;
  if (sort !== 'price') return -resources[sort];
  const [cpu = 1, memory = 1, storage = 1] = shapeOf(requirements);
  return (
    cpu * (pricing?.usd_per_core_month ?? Infinity) +
    memory * (pricing?.usd_per_gb_ram_month ?? Infinity) +
    storage * (pricing?.usd_per_gb_storage_month ?? Infinity)
  );
}
