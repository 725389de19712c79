/** Reads DISCOVERY_DB_URL: where the truth is kept. */
import { accept, refuse, type Result } from 'golem-vm-discovery-protocol';
import type { StoreLocation } from './config.js';
import { parseDatabaseUrl } from './database-address.js';

/** What may be given, for messages and documentation. */
export const STORE_LOCATION_ALLOWED =
  'sqlite:///discovery.db (three slashes: relative to the working directory), sqlite:////data/discovery.db (four: absolute), sqlite:///:memory: or postgresql://user:password@host/database (several hosts with commas between; ?sslmode=require)';

/** Parses a store URL. The refusal is a reason that quotes nothing of the URL: a URL may hold a password. */
export function parseStoreLocation(url: string): Result<StoreLocation, string> {
  if (/^postgres/i.test(url)) {
    const address = parseDatabaseUrl(url);
    return address.ok ? accept({ kind: 'postgres', url }) : address;
  }
  const prefix = 'sqlite:///';
  if (!url.startsWith(prefix)) return refuse('not a URL of a store');
  const path = url.slice(prefix.length);
  if (path === ':memory:') return accept({ kind: 'sqlite_memory' });
  const reason = reasonAgainstPath(path);
  return reason === undefined ? accept({ kind: 'sqlite', path }) : refuse(reason);
}

/** `?` and `#` would be options of a URL, and options that nobody reads must not look as if they worked. */
function reasonAgainstPath(path: string): string | undefined {
  if (path === '') return 'the path of the file is missing';
  if (path.endsWith('/')) return 'the path names a directory, not a file';
  if (/[?#]/.test(path)) return 'options in the URL are not supported';
  if (/\p{Cc}/u.test(path)) return 'the path holds a control character';
  if (path.startsWith('file:') || path.startsWith(':')) return 'not a path of a file';
  return undefined;
}
