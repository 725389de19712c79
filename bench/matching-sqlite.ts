/** SQLite in memory, in this very process: no file, no socket, statements prepared. */
import Database, { type Statement as Prepared } from 'better-sqlite3';
import type { MarketEntry } from './market.js';
import type { Answer, Contender, Question } from './matching-contender.js';
import {
  type Dialect,
  type SqlValue,
  type Statement,
  columnNames,
  countStatement,
  indexTexts,
  pageStatement,
  tableText,
  valuesOf,
} from './matching-sql.js';

const DIALECT: Dialect = { real: '?', whole: '?' };

export class SqliteContender implements Contender {
  readonly name = 'SQLite';
  readonly #database = new Database(':memory:');
  readonly #prepared = new Map<string, Prepared>();

  load(market: readonly MarketEntry[]): Promise<void> {
    const database = this.#database;
    database.pragma('temp_store = MEMORY');
    database.exec(`${tableText('REAL', 'TEXT')} STRICT`);
    const places = columnNames.map(() => '?').join(', ');
    const insert = database.prepare(`INSERT INTO market VALUES (${places})`);
    database.transaction(() => {
      for (const entry of market) insert.run(...valuesOf(entry));
    })();
    for (const text of indexTexts((keys, others) => `(${[keys, others].join(', ')})`)) {
      database.exec(text);
    }
    database.exec('ANALYZE');
    return Promise.resolve();
  }

  ask(question: Question): Answer {
    const ids = this.#run(pageStatement(question, DIALECT)).map(([id]) => String(id));
    if (!question.query.count) return { ids, total: undefined };
    const [first] = this.#run(countStatement(question, DIALECT));
    return { ids, total: Number(first?.[0]) };
  }

  close(): Promise<void> {
    this.#database.close();
    return Promise.resolve();
  }

  #run({ text, values }: Statement): readonly (readonly SqlValue[])[] {
    let prepared = this.#prepared.get(text);
    if (prepared === undefined) {
      prepared = this.#database.prepare(text).raw();
      this.#prepared.set(text, prepared);
    }
    return prepared.all(...values).map(rowOf);
  }
}

function rowOf(row: unknown): readonly SqlValue[] {
  if (!Array.isArray(row)) throw new TypeError('not a row');
  return row.map((value: unknown) => (typeof value === 'number' ? value : String(value)));
}
