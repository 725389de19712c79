/** What went wrong with the database, in a sentence that says what to do, and without the secret that its URL holds. */
import postgres from 'postgres';
import { UnreadableStore } from '../unreadable-store.js';
import { Overdue } from './line.js';

/** The code of an error: of PostgreSQL, of the library, or of the network. */
export function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** The sentence for each family of codes; the first that fits. */
const SENTENCES: readonly (readonly [prefix: RegExp, sentence: string])[] = [
  [
    /^(?:28|SASL)/,
    'PostgreSQL does not let this user in: check user and password in DISCOVERY_DB_URL',
  ],
  [/^3D000/, 'the database in DISCOVERY_DB_URL does not exist: create it, or name another'],
  [
    /^42501/,
    'the user in DISCOVERY_DB_URL may not do what the hub has to: make it the owner of the schema golem_discovery, or let it create one',
  ],
  [/^53100/, 'no room is left on the disk of PostgreSQL: free some'],
  [/^53300/, 'PostgreSQL has no connection left: each hub needs four; raise max_connections'],
  [/^25006/, 'this PostgreSQL takes no writes: name the primary in DISCOVERY_DB_URL'],
  [
    /^55P03|^40P01/,
    'another session holds a lock that the hub needs: look for one that is stuck in pg_stat_activity',
  ],
  [/^57014/, 'PostgreSQL took too long: it is overloaded, or a lock is held'],
  [
    /^(?:42P01|42703|3F000)/,
    'the tables in the schema golem_discovery are gone, or are not those that this hub works with: put them back, or stop all hubs and start them again',
  ],
  [
    /^42704/,
    'this PostgreSQL does not know what hubs ask of it: 14 is the oldest that they can use',
  ],
  [
    /^08P01/,
    'what answers does not know what hubs ask of PostgreSQL: connect to it directly, not through a pooler',
  ],
  [/^57P0|^08/, 'PostgreSQL is shutting down or starting'],
  [
    /^(?:ENOTFOUND|EAI_AGAIN)/,
    'the host in DISCOVERY_DB_URL is not known: check its name and the resolver',
  ],
  [
    /^(?:CERT_|DEPTH_|SELF_SIGNED|UNABLE_|ERR_TLS|ERR_SSL)/,
    'the certificate of PostgreSQL does not prove that it is the host in DISCOVERY_DB_URL: let NODE_EXTRA_CA_CERTS name the file of its authority',
  ],
  [
    /^ECONNRESET/,
    'PostgreSQL hung up: where sslmode is set, check that it speaks TLS (ssl = on), else look into its log',
  ],
  [
    /^(?:ENOENT|EACCES)/,
    'the socket of PostgreSQL is not where DISCOVERY_DB_URL says, or may not be used: the host is its folder, as in %2Fvar%2Frun%2Fpostgresql',
  ],
  [
    /^(?:ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|CONNECT_TIMEOUT|CONNECTION_)/,
    'PostgreSQL does not answer: check that it runs, and host and port in DISCOVERY_DB_URL',
  ],
];

/** Codes after which trying again at once can't help. That a row is there already (23505) is what a race looks like: the next look finds it. */
const LASTING =
  /^(?:28|SASL|3D|42|53100|22|23(?!505)|0A|08P01|CERT_|DEPTH_|SELF_SIGNED|UNABLE_|ERR_)/;

/** Says what is wrong and what to do about it. */
export function explainFailure(error: unknown): string {
  const code = codeOf(error);
  const known = SENTENCES.find(([prefix]) => prefix.test(code));
  if (known) return `${known[1]} (${code})`;
  if (error instanceof Overdue) return `PostgreSQL does not answer: ${error.message}`;
  const message = error instanceof Error ? error.message : String(error);
  return `PostgreSQL failed: ${message}${code === '' ? '' : ` (${code})`}`;
}

/** Whether nothing more fits on the disk. */
export function isFull(error: unknown): boolean {
  return codeOf(error) === '53100';
}

/** What to throw where everything is read, and that failed: a bug stays what it is. */
export function unreadable(error: unknown): unknown {
  const mayReturn = isPassing(error);
  if (!mayReturn && !(error instanceof postgres.PostgresError)) return error;
  const message = `what is stored could not be read: ${explainFailure(error)}`;
  return new UnreadableStore(message, { isPassing: mayReturn, cause: error });
}

/** Whether the same may succeed in a moment, as after a fail-over. */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  return error instanceof Overdue || (code !== '' && !LASTING.test(code));
}
