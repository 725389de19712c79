/**
 * Opens the file of a store and makes sure of three things before anything is promised: that it
 * is ours, that it is ours alone, and that each commit is synced. Closed by whoever opened it.
 */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Database, { type Database as Connection } from 'better-sqlite3';
import { damagedFile, explainFailure } from './failures.js';
import { lastCommitFrame } from './log-tail.js';
import { APPLICATION_ID, MIGRATIONS } from './migrations.js';
import { moveAside } from './move-aside.js';

/** What to open. */
export interface DatabaseFile {
  /** The file, or `:memory:`. */
  readonly path: string;
  /** Whether what is no hub's file yet is refused, and left as it is. */
  readonly onlyExisting: boolean;
  /** How long to wait for another process to let go of the file. */
  readonly busyTimeoutMs: number;
}

/** An open file of ours, or one sentence that says what to do. */
export type OpenedFile =
  | {
      readonly ok: true;
      readonly db: Connection;
      readonly notices: readonly string[];
      /** Commits at the end of the log could not be read: what is stored is older than what was acknowledged. */
      readonly rewound: boolean;
      /** When anything last touched the file; `undefined` in memory. */
      readonly touchedAtMs: number | undefined;
    }
  | { readonly ok: false; readonly message: string };

/** A file that is refused for a reason that SQLite does not know. */
class Refused extends Error {}

const MEMORY = ':memory:';

/** Opens the file, makes it, or moves the Python hub's aside and makes it. */
export function openDatabaseFile(file: DatabaseFile): OpenedFile {
  try {
    if (file.path !== MEMORY) refuseUnusable(file);
    const opened = openOurs(file);
    return { ok: true, ...opened };
  } catch (error) {
    const message = error instanceof Refused ? error.message : explainFailure(error, file.path);
    return { ok: false, message };
  }
}

/**
 * Asks the running connection what it does, after its first write: SQLite built with
 * `DEFAULT_WAL_SYNCHRONOUS=1`, as here, falls back to NORMAL by itself when a file turns out to be
 * in WAL mode, and then a power cut takes acknowledged writes. Returns a sentence where a promise
 * is not kept.
 */
export function brokenPromise(db: Connection): string | undefined {
  const expected = [
    ['synchronous', 2],
    ['journal_mode', db.memory ? 'memory' : 'wal'],
    ['locking_mode', 'exclusive'],
  ] as const;
  for (const [pragma, wanted] of expected) {
    const found: unknown = db.pragma(pragma, { simple: true });
    if (found !== wanted) {
      return `SQLite runs with ${pragma}=${String(found)} instead of ${wanted}: writes would not be durable; report this with the version of the hub`;
    }
  }
  return undefined;
}

/** Refuses what SQLite would report as a failing disk, or would take for a new database. */
function refuseUnusable({ path, onlyExisting }: DatabaseFile): void {
  accessSync(dirname(path), constants.W_OK);
  if (!existsSync(path)) {
    if (onlyExisting) throw new Refused(`there is no file ${path}: give another DISCOVERY_DB_URL`);
    return;
  }
  if (!statSync(path).isFile()) {
    throw new Refused(`${path} is not a file: give another DISCOVERY_DB_URL`);
  }
  accessSync(path, constants.R_OK | constants.W_OK);
  if (!isSqliteOrEmpty(path)) throw Object.assign(new Error(path), { code: 'SQLITE_NOTADB' });
}

/**
 * When anything last touched a file, by the clock that stamps files: writing, copying over it,
 * moving it, changing its rights. Unlike the time of the last write, nobody can set it back.
 */
export function touchedAt(path: string): number | undefined {
  return path === MEMORY ? undefined : Math.ceil(statSync(path).ctimeMs);
}

function isSqliteOrEmpty(path: string): boolean {
  const header = Buffer.alloc(16);
  const descriptor = openSync(path, 'r');
  const length = readSync(descriptor, header);
  closeSync(descriptor);
  return length === 0 || header.toString('latin1') === 'SQLite format 3\0';
}

function openOurs(file: DatabaseFile): Omit<OpenedFile & { ok: true }, 'ok'> {
  const notices: string[] = [];
  let db = connect(file);
  try {
    // Now that the file is held: a hub that is just closing folds its log away until the last moment.
    const lastFrame = file.path === MEMORY ? 0 : lastCommitFrame(file.path);
    const touchedAtMs = touchedAt(file.path);
    const owner = ownerOf(db, file.path);
    if (file.onlyExisting && versionOf(db) === 0) throw new Refused(nothingIn(file.path, owner));
    if (owner === 'python hub') {
      db.close();
      notices.push(moveAside(file.path));
      db = connect(file);
    }
    const rewound = lastFrame > framesRead(db);
    prepare(db, file.path);
    return { db, notices, rewound, touchedAtMs };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Takes the lock and keeps it: EXCLUSIVE refuses a second hub at its start, and nobody can lock this one out later. */
function connect({ path, busyTimeoutMs }: DatabaseFile): Connection {
  const db = new Database(path, { timeout: busyTimeoutMs });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN IMMEDIATE; COMMIT');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function ownerOf(db: Connection, path: string): 'this hub' | 'python hub' {
  const applicationId: unknown = db.pragma('application_id', { simple: true });
  const version = versionOf(db);
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  if (applicationId === APPLICATION_ID) {
    if (version === 0) throw new Refused(damagedFile(path));
    if (version <= MIGRATIONS.length) return 'this hub';
    throw new Refused(
      `${path} was written by a newer version of the hub (schema ${version}, this one knows ${MIGRATIONS.length}): start that version, or give another DISCOVERY_DB_URL`,
    );
  }
  if (tables.length === 0 && version === 0) return 'this hub';
  if (tables.includes('advertisements') && version === 0) return 'python hub';
  throw new Refused(
    `${path} is the database of another program; the hub won't touch it: give another DISCOVERY_DB_URL`,
  );
}

function nothingIn(path: string, owner: 'this hub' | 'python hub'): string {
  if (owner === 'this hub') return `${path} is empty: give another DISCOVERY_DB_URL`;
  return `${path} is the file of the Python hub, whose listings nobody signed and all of which end within minutes: there is nothing to take from it. Start the new hubs, and its providers come by themselves`;
}

/** How many frames of the log SQLite took in; it folds them into the file while it is at it. A database in memory has no log and says -1. */
function framesRead(db: Connection): number {
  const [result]: unknown[] = Array.of(db.pragma('wal_checkpoint(PASSIVE)')).flat();
  const frames: unknown =
    result !== null && typeof result === 'object' && 'log' in result && result.log;
  return typeof frames === 'number' ? Math.max(0, frames) : 0;
}

function versionOf(db: Connection): number {
  return Number(db.pragma('user_version', { simple: true }));
}

function prepare(db: Connection, path: string): void {
  const damage: unknown = db.pragma('quick_check(1)', { simple: true });
  if (damage !== 'ok') throw new Refused(damagedFile(path));
  db.pragma('journal_mode = WAL');
  // After WAL, not before: entering it resets what was set.
  db.pragma('synchronous = FULL');
  // macOS calls a write done that still lies in the drive, unless it is asked twice.
  db.pragma('fullfsync = ON');
  db.pragma('checkpoint_fullfsync = ON');
  // Folding the log into the file is the committer's, between commits.
  db.pragma('wal_autocheckpoint = 0');
  db.pragma('cache_size = -65536');
  migrate(db);
  if (schemaOf(db) !== expectedSchema()) throw new Refused(damagedFile(path));
  db.exec('REPLACE INTO room VALUES (1, zeroblob(1)); DELETE FROM room');
  const broken = brokenPromise(db);
  if (broken !== undefined) throw new Refused(broken);
}

function migrate(db: Connection): void {
  for (let version = versionOf(db); version < MIGRATIONS.length; version += 1) {
    db.exec(`BEGIN IMMEDIATE;
      ${MIGRATIONS[version]}
      PRAGMA application_id = ${APPLICATION_ID};
      PRAGMA user_version = ${version + 1};
      COMMIT;`);
  }
}

/** The definitions are rows like any other, without a checksum: damage there would show as strange errors later. */
function schemaOf(db: Connection): string {
  const select = 'SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name';
  return JSON.stringify(db.prepare(select).raw().all());
}

function expectedSchema(): string {
  const db = new Database(MEMORY);
  migrate(db);
  const schema = schemaOf(db);
  db.close();
  return schema;
}
