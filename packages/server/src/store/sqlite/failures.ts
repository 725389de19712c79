/**
 * What went wrong with the file, in a sentence that says what to do. No stack trace, no code
 * without its meaning.
 */

/** The code of an error, of SQLite or of the file system. */
function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** The sentence for each family of codes; the first that fits. `path` is the file of the store. */
const SENTENCES: readonly (readonly [prefix: RegExp, sentence: (path: string) => string])[] = [
  [
    /^SQLITE_(?:BUSY|LOCKED)/,
    (path) =>
      `${path} is in use by another process, probably another hub: stop that one, or give this one its own DISCOVERY_DB_URL`,
  ],
  [/^(?:SQLITE_FULL|ENOSPC|EDQUOT)/, (path) => `no room is left on the disk of ${path}: free some`],
  [
    /^(?:SQLITE_READONLY|EROFS)/,
    (path) => `${path} can't be written to: give the hub write access to the file and its folder`,
  ],
  [
    /^(?:SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_AUTH|EACCES|EPERM|ENOENT|ENOTDIR|EISDIR)/,
    (path) =>
      `${path} can't be opened or made: check that its folder exists and that the hub may write there`,
  ],
  [
    /^SQLITE_NOTADB/,
    (path) =>
      `${path} is not a database; the hub won't overwrite it: move it away, or give another DISCOVERY_DB_URL`,
  ],
  [/^SQLITE_CORRUPT/, damagedFile],
  [
    /^(?:SQLITE_IOERR|EIO)/,
    (path) => `the disk of ${path} fails to read or write: check the disk and the system's log`,
  ],
];

/** The sentence for a file whose structure is damaged. */
export function damagedFile(path: string): string {
  return `${path} is damaged: move it and ${path}-wal away and start again; providers that renew are back within one lease`;
}

/** Says what is wrong and what to do about it. */
export function explainFailure(error: unknown, path: string): string {
  const code = codeOf(error);
  const known = SENTENCES.find(([prefix]) => prefix.test(code));
  if (known) return `${known[1](path)} (${code})`;
  return `${path} can't be used: ${error instanceof Error ? error.message : String(error)}`;
}
