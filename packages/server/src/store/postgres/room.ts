/**
 * Asks whether the disk of the database has room, by taking some and giving it back. A sign of life alone is
 * written in place long after nothing else fits: the store would flap between the two, and leases would run
 * while nobody can renew.
 */
import { codeOf } from './failures.js';
import type { Line } from './line.js';

/** What is wanted: as much as a large batch needs. */
const ROOM_BYTES = 1_024 * 1_024;

/** A row that fills a page but for some bytes. */
const ROW_BYTES = 8_000;

/** Another hub that asks holds the table for less, a back-up for much longer. */
const LOCK_MS_MAX = 300;

/** How PostgreSQL calls a lock that was not to be had in time. */
const LOCKED = '55P03';

/** Rejects where there is none. A session that holds the table, as a back-up does, leaves it open. */
export async function findRoom(line: Line, msMax: number): Promise<void> {
  const rows = Math.ceil(ROOM_BYTES / ROW_BYTES);
  try {
    await line.transact(msMax, 'BEGIN', async (sql) => {
      await sql.unsafe(`SET LOCAL lock_timeout = ${LOCK_MS_MAX}`);
      // Emptied, the table is in a new file, which takes room from the first row on, and is gone where that fails.
      await sql`TRUNCATE golem_discovery.room`;
      await sql`INSERT INTO golem_discovery.room SELECT repeat('-', ${ROW_BYTES}::int) FROM generate_series(1, ${rows}::int)`;
      await sql`TRUNCATE golem_discovery.room`;
    });
  } catch (error) {
    if (codeOf(error) !== LOCKED) throw error;
  }
}
