/**
 * Reads the URL of a database. It is read here, and not by the library that connects, because that one
 * takes a part of an IPv6 address for a port, and connects to something else when an option is misspelt.
 */
import { isIP } from 'node:net';
import { accept, refuse, type Result } from 'golem-vm-discovery-protocol';

/** Where a server may be: a name or an address, or the folder of a socket in the file system. */
export interface DatabaseHost {
  readonly host: string;
  readonly port: number;
}

/** Whether the connection is encrypted, and whether the server has to prove who it is, as PostgreSQL calls it. */
export type SslMode = 'disable' | 'prefer' | 'require' | 'verify-full';

/** What a URL says. */
export interface DatabaseAddress {
  /** At least one; they are tried in turn. */
  readonly hosts: readonly DatabaseHost[];
  readonly database: string;
  /** Empty: that of the process. */
  readonly user: string;
  readonly password: string;
  readonly sslMode: SslMode;
}

const PORT = 5_432;

/** Scheme, user and password, hosts, database, options; what is special in them must be escaped as in every URL. */
const POSTGRES_URL =
  /^postgres(?:ql)?:\/\/(?:(?<user>[^\s/?#@:]*)(?::(?<password>[^\s/?#@]*))?@)?(?<hosts>[^\s/?#@]+)\/(?<database>[^\s/?#@]+)(?:\?(?<options>[^\s#]*))?$/i;

/** One host: an IPv6 address in brackets, or anything without a colon, and a port. */
const HOST = /^(?:\[(?<ipv6>[0-9a-f:.]+)\]|(?<name>[^:[\]]+))(?::(?<port>\d{1,5}))?$/i;

const SSL_MODES: readonly SslMode[] = ['disable', 'prefer', 'require', 'verify-full'];

/** Reads a URL. The refusal is a reason that quotes nothing of it: it may hold a password. */
export function parseDatabaseUrl(url: string): Result<DatabaseAddress, string> {
  const parts = POSTGRES_URL.exec(url)?.groups;
  if (!parts) {
    return refuse('not the URL of a database: escape what is special in a password, as in p%40ss');
  }
  const { user = '', password = '', database = '' } = parts;
  const words = [user, password, database].map(unescape);
  const hosts = (parts['hosts'] ?? '').split(',').map(parseHost);
  if (words.includes(undefined) || hosts.includes(undefined)) return refuse(unreadable(hosts));
  const sslMode = parseOptions(parts['options'] ?? '');
  if (sslMode === undefined) {
    return refuse(`of options only sslmode is read: ${SSL_MODES.join(', ')}`);
  }
  return accept({
    hosts: hosts.filter((host) => host !== undefined),
    database: words[2] ?? '',
    user: words[0] ?? '',
    password: words[1] ?? '',
    sslMode,
  });
}

function unreadable(hosts: readonly unknown[]): string {
  return hosts.includes(undefined)
    ? "a host in it can't be read: a name or an address, IPv6 in brackets as in [2001:db8::1]:5432"
    : 'a % in it that begins no escape: write it as %25';
}

function parseHost(text: string): DatabaseHost | undefined {
  const parts = HOST.exec(text)?.groups;
  const host = parts?.['ipv6'] ?? unescape(parts?.['name'] ?? '');
  const port = Number(parts?.['port'] ?? PORT);
  if (host === undefined || host === '' || port < 1 || port > 65_535) return undefined;
  if (parts?.['ipv6'] !== undefined && isIP(host) !== 6) return undefined;
  return { host, port };
}

function parseOptions(text: string): SslMode | undefined {
  const options = [...new URLSearchParams(text)];
  if (options.length === 0) return 'disable';
  const [name, value] = options[0] ?? [];
  if (options.length > 1 || name !== 'sslmode') return undefined;
  return SSL_MODES.find((mode) => mode === value);
}

function unescape(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
