/**
 * The table `traffic`: a row for each hour in which anything came or went. Invariant: what a commit
 * brought is counted in that commit, or not at all. A row that fails its checksum begins anew: it is a
 * figure for people, and nothing depends on it.
 * Cost: a row read and written for each commit in which anything came or went.
 */
import type { Database, Statement } from 'better-sqlite3';
import { type HourTraffic, type Passage, Traffic, TRAFFIC_HOURS_KEPT } from '../traffic.js';
import { isIntact, isTrafficRow, seal } from './rows.js';

/** See the head of this file. */
export class TrafficBook {
  /** Of the commit that is being made. */
  readonly #coming = new Traffic();
  readonly #find: Statement;
  readonly #put: Statement;
  readonly #prune: Statement;
  readonly #all: Statement;

  constructor(db: Database) {
    this.#find = db.prepare('SELECT * FROM traffic WHERE hour = ?').raw();
    this.#put = db.prepare('REPLACE INTO traffic VALUES (?,?,?,?,?)');
    this.#prune = db.prepare(
      `DELETE FROM traffic WHERE hour <= (SELECT hour FROM traffic ORDER BY hour DESC LIMIT 1 OFFSET ${TRAFFIC_HOURS_KEPT})`,
    );
    this.#all = db.prepare('SELECT * FROM traffic ORDER BY hour').raw();
  }

  /** Everything that is kept. */
  hours(): readonly HourTraffic[] {
    return this.#all.all().flatMap((row) => trafficOf(row) ?? []);
  }

  /** Counts one that passes in the commit that is being made. */
  note(atMs: number, passage: Passage): void {
    this.#coming.note(atMs, passage);
  }

  /** Writes down what the commit brought: a last step of every commit. */
  write(): void {
    for (const coming of this.#coming.hours) {
      const known = trafficOf(this.#find.get(coming.hour));
      const arrived = (known?.arrived ?? 0) + coming.arrived;
      const withdrawn = (known?.withdrawn ?? 0) + coming.withdrawn;
      const expired = (known?.expired ?? 0) + coming.expired;
      this.#put.run(seal([coming.hour, arrived, withdrawn, expired]));
      if (known === undefined) this.#prune.run();
    }
    this.#coming.clear();
  }

  /** Forgets what a commit that failed would have brought. */
  abandon(): void {
    this.#coming.clear();
  }
}

function trafficOf(row: unknown): HourTraffic | undefined {
  if (!isTrafficRow(row) || !isIntact(row)) return undefined;
  const [hour, arrived, withdrawn, expired] = row;
  return { hour, arrived, withdrawn, expired };
}
