/**
 * Moves a file out of the way, with everything that belongs to it, and never over another one.
 */
import { existsSync, renameSync } from 'node:fs';
import Database from 'better-sqlite3';

/** What may lie beside a SQLite file and belongs to it. */
const COMPANIONS = ['', '-wal', '-shm', '-journal'] as const;

/** Names that are tried before giving up. */
const NUMBERS_MAX = 1_000;

/** Moves the file that the Python hub left to `<path>.0`, or the next number that is free. Returns a notice for the operator. */
export function moveAside(path: string): string {
  foldLog(path);
  const target = freeName(path);
  for (const companion of COMPANIONS) {
    if (existsSync(path + companion)) renameSync(path + companion, target + companion);
  }
  return `moved the file of the Python hub to ${target}: what it lists is older than a lease, and its providers come back by themselves`;
}

/** Leaves the whole content in one file, so that it can be read wherever it is moved. */
function foldLog(path: string): void {
  const db = new Database(path);
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
}

function freeName(path: string): string {
  for (let number = 0; number < NUMBERS_MAX; number += 1) {
    const name = `${path}.${number}`;
    if (COMPANIONS.every((companion) => !existsSync(name + companion))) return name;
  }
  throw new Error(`${NUMBERS_MAX} files have been moved aside from ${path}: remove some`);
}
