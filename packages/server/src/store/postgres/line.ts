/**
 * A connection to PostgreSQL for one kind of work. Owns its sockets, so that one that hangs can be
 * thrown away: the library has no time-out of its own for a question that is never answered.
 *
 * Invariants: work is answered or fails within its bound; all of a transaction is said on one connection;
 * after `close` nothing is left open. A connection is made when it is first needed, and again after it
 * was lost, each time with a client of its own: the library's would go on with what was waiting on a new
 * connection, in the middle of what was a transaction on the old one.
 */
import { Socket } from 'node:net';
import postgres, { type Sql } from 'postgres';
import {
  type DatabaseAddress,
  type DatabaseHost,
  parseDatabaseUrl,
} from '../../config/database-address.js';
import {
  GREETING,
  type SessionOptions,
  sessionSettings,
  UNACKNOWLEDGED_MS_MAX,
} from './session-settings.js';

/** What queries are asked of. */
export type Connection = Sql<{ bigint: number }>;

/** Work in a transaction. */
type TransactionWork<Value> = (
  connection: Connection,
  commit: () => Promise<unknown>,
) => Promise<Value>;

/** See the head of this file. */
export interface LineOptions extends SessionOptions {
  readonly url: string;
  readonly onNotify?: (payload: string) => void;
  /** Called when a connection was lost. */
  readonly onLost?: () => void;
}

/** A question that was not answered in time; its connection is gone. */
export class Overdue extends Error {}

/** A connection that was lost is not made again under those who used it. */
class Lost extends Error {
  readonly code = 'CONNECTION_CLOSED';
}

/** A server that only repeats what another one does. */
class StandBy extends Error {
  /** As PostgreSQL calls what it would answer to a write. */
  readonly code = '25006';
}

/** How long a server may take to greet. */
const CONNECT_SECONDS_MAX = 3;

export class Line {
  readonly #options: LineOptions;
  readonly #address: DatabaseAddress;
  readonly #sockets = new Set<Socket>();
  #connection: Connection | undefined;
  #making: Promise<Connection> | undefined;
  #hostIndex = 0;
  #drops = 0;
  #closed = false;

  constructor(options: LineOptions) {
    const address = parseDatabaseUrl(options.url);
    if (!address.ok) throw new TypeError(address.problem);
    this.#options = options;
    this.#address = address.value;
  }

  /** Does work on the connection. Where it takes longer than `msMax` the connection is dropped, and it fails with `Overdue`. */
  async run<Value>(
    msMax: number,
    work: (connection: Connection) => Promise<Value>,
  ): Promise<Value> {
    if (this.#closed) throw new Overdue('the line is closed');
    let timer: NodeJS.Timeout | undefined;
    const overdue = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Overdue(`no answer within ${msMax / 1_000} s`));
        this.drop();
      }, msMax);
    });
    try {
      return await Promise.race([this.#ready().then(work), overdue]);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Does work in a transaction: `begin` is sent with the first of it, and what it resolves with is
   * committed. Where it rejects, nothing was done, or, if it was the commit that failed, nobody knows.
   * `work` may send the commit behind its last questions, without waiting for their answers: where one
   * of them fails, the server takes it for a rollback.
   */
  transact<Value>(msMax: number, begin: string, work: TransactionWork<Value>): Promise<Value> {
    return this.run(msMax, async (connection) => {
      try {
        // The library sends a question when somebody waits for it, or is told to as here.
        const begun = connection.unsafe(begin).execute();
        let committed: Promise<unknown> | undefined;
        const commit = () => (committed ??= connection.unsafe('COMMIT').execute());
        const [, value] = await Promise.all([begun, work(connection, commit)]);
        await commit();
        return value;
      } catch (error) {
        // Where the connection is lost, so is the transaction.
        await connection.unsafe('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }

  /** Throws the connection away, whatever it is doing; the next work makes another. */
  drop(): void {
    this.#drops += 1;
    const connection = this.#connection;
    this.#connection = undefined;
    // Its own end would wait for a server that may be gone.
    void connection?.end({ timeout: 0 });
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  /** Says good-bye, so that the server lets go at once. Safe to call twice. */
  async close(): Promise<void> {
    this.#closed = true;
    const connection = this.#connection;
    if (connection) await connection.end({ timeout: 1 });
    this.drop();
  }

  #ready(): Promise<Connection> {
    if (this.#connection) return Promise.resolve(this.#connection);
    this.#making ??= this.#make().finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  /** Hosts take turns until one lets us in, so that a fail-over is found. */
  async #make(): Promise<Connection> {
    const { hosts } = this.#address;
    const drops = this.#drops;
    for (let tried = 1; ; tried += 1) {
      const host = hosts[this.#hostIndex % hosts.length];
      if (host === undefined) throw new TypeError('an address without a host');
      const connection = this.#open(host);
      try {
        await connection.unsafe(GREETING);
        if (drops !== this.#drops) throw new Lost('the connection was dropped');
        this.#connection = connection;
        return connection;
      } catch (error) {
        this.#hostIndex += 1;
        void connection.end({ timeout: 0 });
        if (tried >= hosts.length || drops !== this.#drops) throw error;
      }
    }
  }

  #open(host: DatabaseHost): Connection {
    let socket: Socket | undefined;
    // The library’s types don’t know all that it takes.
    const options = {
      ...destination(this.#address, host),
      max: 1,
      fetch_types: false,
      connect_timeout: CONNECT_SECONDS_MAX,
      backoff: () => 0.1,
      max_lifetime: null,
      keep_alive: UNACKNOWLEDGED_MS_MAX / 1_000,
      onnotice: () => undefined,
      onnotify: (_channel: string, payload: string) => this.#options.onNotify?.(payload),
      onparameter: (key: string, value: unknown) => {
        // A stand-by would answer with what was.
        if (key === 'in_hot_standby' && value === 'on') socket?.destroy(new StandBy());
      },
      onclose: () => {
        if (this.#connection === connection) this.#connection = undefined;
        void connection.end({ timeout: 0 });
        this.#options.onLost?.();
      },
      socket: () => {
        if (socket) throw new Lost('the connection was lost');
        socket = this.#connect(host);
        return socket;
      },
      types: {
        bigint: { to: 20, from: [20], serialize: String, parse: Number },
      },
      connection: sessionSettings(this.#options),
    };
    const connection = postgres(options);
    return connection;
  }

  #connect({ host, port }: DatabaseHost): Socket {
    const socket = new Socket();
    // A batch goes out in several small pieces: each would wait 40 ms for the last one to be acknowledged.
    socket.setNoDelay(true);
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    // The library reads the name of a server whose certificate it checks off the socket.
    Object.assign(socket, { host });
    if (host.startsWith('/')) socket.connect(`${host}/.s.PGSQL.${port}`);
    else socket.connect(port, host);
    return socket;
  }
}

/** One of the hosts of an address, as the library takes it. */
function destination(
  { user, password, database, sslMode }: DatabaseAddress,
  { host, port }: DatabaseHost,
) {
  return {
    host,
    port,
    database,
    ...(user !== '' && { username: user }),
    ...(password !== '' && { password }),
    ssl: sslMode === 'disable' ? false : sslMode,
  };
}
