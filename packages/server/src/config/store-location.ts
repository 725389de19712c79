/** Reads DISCOVERY_DB_URL: where the truth is kept. */
import { accept, refuse, type Result } from 'golem-vm-discovery-protocol';
import type { StoreLocation } from './config.js';

/** What may be given, for messages and documentation. */
export const STORE_LOCATION_ALLOWED =
  'sqlite:///discovery.db (three slashes: relative to the working directory), sqlite:////data/discovery.db (four: absolute), sqlite:///:memory: or postgresql://user:password@host/database (several hosts with commas between; ?sslmode=require)';

/** Parses a store URL. The refusal is a reason that quotes nothing of the URL: a URL may hold a password. */
export function parseStoreLocation(url: string): Result<StoreLocation, string> {
  if (/^postgres/i.test(url)) return parsePostgres(url);
  const prefix = 'sqlite:///';
  if (!url.startsWith(prefix)) return refuse('not a URL of a store');
  const path = url.slice(prefix.length);
  if (path === ':memory:') return accept({ kind: 'sqlite_memory' });
  const reason = reasonAgainstPath(path);
  return reason === undefined ? accept({ kind: 'sqlite', path }) : refuse(reason);
}

/** Scheme, user and password, hosts, database, options; the password must be escaped as in every URL. */
const POSTGRES_URL =
  /^postgres(?:ql)?:\/\/(?:[^\s/?#@]*@)?(?<hosts>[^\s/?#@]+)\/(?<database>[^\s/?#@]+)(?:\?(?<options>[^\s#]*))?$/;

const SSL_MODES = ['disable', 'prefer', 'require', 'verify-full'];

function parsePostgres(url: string): Result<StoreLocation, string> {
  const parts = POSTGRES_URL.exec(url)?.groups;
  if (!parts) {
    return refuse('not the URL of a database: escape what is special in a password, as in p%40ss');
  }
  const options = [...new URLSearchParams(parts['options'])];
  const unknown = options.find(([name, value]) => name !== 'sslmode' || !SSL_MODES.includes(value));
  if (unknown) return refuse(`of options only sslmode is read: ${SSL_MODES.join(', ')}`);
  return accept({ kind: 'postgres', url });
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
