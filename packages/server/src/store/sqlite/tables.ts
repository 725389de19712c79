/**
 * Reads and writes the rows, one statement each. Owns the count and the digest of all rows, by
 * which missing ones are noticed at start. Invariant: whoever changes a row names the row that it
 * replaces, so that count and digest follow. Cost: 4 µs to find a row, 5 µs to replace it.
 */
import type { Database, Statement } from 'better-sqlite3';
import {
  isListingRow,
  isMemoryRow,
  type ListingColumns,
  type ListingRow,
  type MemoryColumns,
  type MemoryRow,
  seal,
} from './rows.js';

/** How many rows there are in both tables, and all their checksums, folded by XOR. */
export interface Totals {
  readonly rowCount: number;
  readonly rowDigest: number;
}

/** The tables `advertisements` and `memories`. */
export class Tables {
  totals: Totals = { rowCount: 0, rowDigest: 0 };
  /** Rows written or deleted since somebody last set it to 0. */
  rowsTouched = 0;
  readonly #findListing: Statement;
  readonly #putListing: Statement;
  readonly #deleteListing: Statement;
  readonly #findMemory: Statement;
  readonly #putMemory: Statement;
  readonly #deleteMemory: Statement;
  readonly #laterThan: Statement;

  constructor(db: Database) {
    this.#findListing = db.prepare('SELECT * FROM advertisements WHERE provider_id = ?').raw();
    this.#putListing = db.prepare(
      'REPLACE INTO advertisements VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)',
    );
    this.#deleteListing = db.prepare('DELETE FROM advertisements WHERE provider_id = ?');
    this.#findMemory = db.prepare('SELECT * FROM memories WHERE provider_id = ?').raw();
    this.#putMemory = db.prepare('REPLACE INTO memories VALUES (?,?,?,?,?,?)');
    this.#deleteMemory = db.prepare('DELETE FROM memories WHERE provider_id = ?');
    this.#laterThan = db
      .prepare(
        `SELECT provider_id FROM (
           SELECT provider_id FROM advertisements WHERE provider_id > :after AND t > :t
           UNION ALL SELECT provider_id FROM memories WHERE provider_id > :after AND t > :t
         ) ORDER BY provider_id LIMIT :countMax`,
      )
      .pluck();
  }

  listing(providerId: string): ListingRow | undefined {
    const row = this.#findListing.get(providerId);
    if (row === undefined) return undefined;
    if (!isListingRow(row)) throw new TypeError(`the row of ${providerId} has lost its types`);
    return row;
  }

  memory(providerId: string): MemoryRow | undefined {
    const row = this.#findMemory.get(providerId);
    if (row === undefined) return undefined;
    if (!isMemoryRow(row)) throw new TypeError(`the memory of ${providerId} has lost its types`);
    return row;
  }

  /** Stores a listing in place of `previous`. */
  putListing(columns: ListingColumns, previous: ListingRow | undefined): ListingRow {
    const row = seal(columns);
    this.#putListing.run(row);
    this.#count(previous, row);
    return row;
  }

  /** Stores a memory in place of `previous`. */
  putMemory(columns: MemoryColumns, previous: MemoryRow | undefined): MemoryRow {
    const row = seal(columns);
    this.#putMemory.run(row);
    this.#count(previous, row);
    return row;
  }

  deleteListing(row: ListingRow): void {
    this.#deleteListing.run(row[0]);
    this.#count(row, undefined);
  }

  deleteMemory(row: MemoryRow): void {
    this.#deleteMemory.run(row[0]);
    this.#count(row, undefined);
  }

  /** Puts a row back as it was. */
  restoreListing(row: ListingRow): void {
    this.#putListing.run(row);
    this.#count(undefined, row);
  }

  /** Puts a row back as it was. */
  restoreMemory(row: MemoryRow): void {
    this.#putMemory.run(row);
    this.#count(undefined, row);
  }

  /** The first providers after `after`, in the order of ids, whose `t` is greater. */
  laterThan(t: number, after: string, countMax: number): unknown[] {
    return this.#laterThan.all({ t, after, countMax });
  }

  #count(previous: ListingRow | MemoryRow | undefined, next: ListingRow | MemoryRow | undefined) {
    const { rowCount, rowDigest } = this.totals;
    this.rowsTouched += 1;
    this.totals = {
      rowCount: rowCount + (next ? 1 : 0) - (previous ? 1 : 0),
      rowDigest: (rowDigest ^ checksumOf(previous) ^ checksumOf(next)) >>> 0,
    };
  }
}

/** The checksum that stands in a row; 0 where there is none. */
export function checksumOf(row: ListingRow | MemoryRow | undefined): number {
  if (row === undefined) return 0;
  return row.length === 16 ? row[15] : row[5];
}
