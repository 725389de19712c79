/**
 * Reads what an earlier run left. Invariant: only rows whose checksum holds are handed over;
 * what is left out is deleted, and then nothing signed before now is accepted again, since one of
 * the lost rows may have known better. Cost: about 0.4 s for 100,000 rows, on the worker.
 */
import type { Database } from 'better-sqlite3';
import type { HourTraffic } from '../traffic.js';
import type { Book } from './book.js';
import type { Committer } from './committer.js';
import { type FlatMessage, FlatWriter } from './flat-message.js';
import type { HistoryMarks } from './history-book.js';
import { readChanges, readMarks, wasLeftInPeace } from './inherited-history.js';
import { writePastChange } from './past-changes.js';
import {
  isIntact,
  isListingRow,
  isMemoryRow,
  isMetaRow,
  type ListingRow,
  type MemoryRow,
  type MetaRow,
} from './rows.js';
import { writeListing, writeMemory } from './stored-rows.js';
import { checksumOf } from './tables.js';

/** Rows handed over in one message: a few milliseconds of the main thread, thirty while its code is cold. */
const CHUNK_ROWS = 500;

/** What stood beside the rows, and what had to be left out. */
export interface Legacy {
  readonly lastAliveMs: number | undefined;
  readonly highWaterMark: number;
  readonly damagedRows: number;
  /** Where it stands, and from where on the chunks of it that were handed over tell it. */
  readonly history: Omit<HistoryMarks, 'closedAtMs'>;
  readonly traffic: readonly HourTraffic[];
  readonly notices: readonly string[];
}

/** Some rows, as `stored-rows` and `past-changes` write them. */
export interface Chunk {
  readonly kind: 'listings' | 'memories' | 'history';
  readonly rows: FlatMessage;
}

/** The circumstances of a start. */
export interface Start {
  readonly nowMs: number;
  /** What is stored is known to be older than what was acknowledged. */
  readonly rewound: boolean;
  /** When anything last touched the file before it was opened; `undefined` in memory. */
  readonly touchedAtMs: number | undefined;
  /** What the epoch is called if this start begins one. */
  readonly newEpoch: string;
}

const REWOUND_NOTICE =
  'the end of the log was damaged, and the last writes with it: their providers come back with their next renewal; signatures from before this start are refused';

/** What reading found. */
interface Findings {
  rowCount: number;
  rowDigest: number;
  newestT: number;
  newestUpdateMs: number;
  leftOut: number;
}

/** Reads everything, chunk by chunk, and returns what stood beside the rows. No write may come before its end. */
export function* readInheritance(
  db: Database,
  book: Book,
  committer: Committer,
  start: Start,
): Generator<Chunk, Legacy> {
  const findings: Findings = {
    rowCount: 0,
    rowDigest: 0,
    newestT: 0,
    newestUpdateMs: 0,
    leftOut: 0,
  };
  yield* chunks('listings', intactRows(db, 'advertisements', isListingRow, findings), writeListing);
  yield* chunks('memories', intactRows(db, 'memories', isMemoryRow, findings), writeMemory);
  const marks = readMarks(db);
  const isWhole = marks ? yield* chunks('history', readChanges(db, marks), writePastChange) : false;
  if (marks) book.history.resume(marks);
  return settle(db, book, committer, findings, start, isWhole ? marks : undefined);
}

/**
 * The rows of a table that are what was written. Reading goes along the tree in the order of its
 * keys: an intact row out of that order is a row that a search would not find.
 */
function* intactRows<Row extends ListingRow | MemoryRow>(
  db: Database,
  table: 'advertisements' | 'memories',
  isRow: (row: unknown) => row is Row,
  findings: Findings,
): Generator<Row> {
  let last = '';
  for (const row of db.prepare(`SELECT * FROM ${table}`).raw().iterate()) {
    if (isRow(row) && isIntact(row) && row[0] > last) {
      last = row[0];
      tally(findings, row);
      yield row;
    } else {
      findings.leftOut += 1;
    }
  }
}

function tally(findings: Findings, row: ListingRow | MemoryRow): void {
  findings.rowCount += 1;
  findings.rowDigest = (findings.rowDigest ^ checksumOf(row)) >>> 0;
  if (isListingRow(row)) {
    findings.newestT = Math.max(findings.newestT, row[11] ?? 0);
    findings.newestUpdateMs = Math.max(findings.newestUpdateMs, Date.parse(row[5]));
  } else {
    findings.newestT = Math.max(findings.newestT, row[1]);
  }
}

/** Returns what the rows return. */
function* chunks<Row, Verdict>(
  kind: Chunk['kind'],
  rows: Generator<Row, Verdict>,
  write: (out: FlatWriter, row: Row) => void,
): Generator<Chunk, Verdict> {
  let out = new FlatWriter();
  let count = 0;
  let step = rows.next();
  for (; step.done !== true; step = rows.next()) {
    write(out, step.value);
    count += 1;
    if (count % CHUNK_ROWS === 0) {
      yield { kind, rows: out.finish() };
      out = new FlatWriter();
    }
  }
  if (count % CHUNK_ROWS > 0) yield { kind, rows: out.finish() };
  return step.value;
}

/** Takes over marks and totals; where anything is missing, leaves it out for good and raises the mark. */
function settle(
  db: Database,
  book: Book,
  committer: Committer,
  findings: Findings,
  start: Start,
  historyMarks: HistoryMarks | undefined,
): Legacy {
  const { nowMs, rewound } = start;
  const { rowCount, rowDigest, newestT, newestUpdateMs, leftOut } = findings;
  const meta = readMeta(db);
  book.newestT = newestT;
  book.tables.totals = { rowCount, rowDigest };
  if (meta !== undefined) {
    const [highWaterMark, lastAliveMs] = meta;
    book.marks = { highWaterMark, lastAliveMs };
  } else if (rowCount > 0) {
    book.marks = { highWaterMark: 0, lastAliveMs: newestUpdateMs || null };
  }
  const damagedRows = Math.max(leftOut, (meta?.[2] ?? 0) - rowCount);
  const complete = meta ? meta[2] === rowCount && meta[3] === rowDigest : rowCount + leftOut === 0;
  const damaged = !complete || leftOut > 0;
  if (damaged) rescue(db, book, committer);
  const { lastAliveMs } = book.marks;
  const isTrusted = historyMarks !== undefined && !damaged;
  const goesOn = isTrusted && !rewound && wasLeftInPeace(historyMarks, { ...start, lastAliveMs });
  committer.transact(() => {
    if (damaged || rewound) book.raiseMark(nowMs);
    if (!isTrusted) book.history.clear();
    if (!goesOn) book.history.beginEpoch(start.newEpoch, isTrusted);
  });
  const { highWaterMark } = book.marks;
  const notices = [
    ...(damaged ? [noticeOf(damagedRows, meta !== undefined)] : []),
    ...(rewound ? [REWOUND_NOTICE] : []),
  ];
  const { position, earlier, changesAfter } = book.history.marks;
  return {
    lastAliveMs: lastAliveMs ?? undefined,
    highWaterMark,
    damagedRows,
    history: { position, earlier, changesAfter },
    traffic: book.traffic.hours(),
    notices,
  };
}

function readMeta(db: Database): MetaRow | undefined {
  const select = 'SELECT high_water_mark, last_alive_ms, row_count, row_digest, checksum FROM meta';
  const row = db.prepare(select).raw().get();
  return isMetaRow(row) && isIntact(row) ? row : undefined;
}

/**
 * Keeps the intact rows and nothing else. All are written anew, since a key that was damaged in
 * its place can mislead every search that passes it. Holds them in memory while it works.
 */
function rescue(db: Database, book: Book, committer: Committer): void {
  const ignored: Findings = {
    rowCount: 0,
    rowDigest: 0,
    newestT: 0,
    newestUpdateMs: 0,
    leftOut: 0,
  };
  const listings = [...intactRows(db, 'advertisements', isListingRow, ignored)];
  const memories = [...intactRows(db, 'memories', isMemoryRow, ignored)];
  committer.transact(() => {
    db.exec('DELETE FROM advertisements; DELETE FROM memories; DELETE FROM meta');
    book.tables.totals = { rowCount: 0, rowDigest: 0 };
    for (const row of listings) book.tables.restoreListing(row);
    for (const row of memories) book.tables.restoreMemory(row);
  });
}

function noticeOf(damagedRows: number, metaIntact: boolean): string {
  const faults = [
    ...(metaIntact ? [] : ["the file's own record was damaged"]),
    ...(damagedRows > 0
      ? [`${damagedRows} damaged ${damagedRows === 1 ? 'row was' : 'rows were'} left out`]
      : []),
  ];
  const what =
    faults.length > 0
      ? faults.join(', and ')
      : "the rows did not fit the file's own record of them";
  return `${what}: providers that are missing come back with their next renewal; signatures from before this start are refused`;
}
