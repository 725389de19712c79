/**
 * What is known of each open connection. Invariant: a connection is here from its first byte to
 * its last. Cost: one small object a connection; Node bounds how many there are.
 */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Source } from '../admission/contract.js';

/** An open connection. */
export interface Connection {
  readonly socket: Socket;
  /** Where it comes from; kept where no proxy in between can change it from request to request. */
  source: Source | undefined;
  /** The answer to the request that came last, finished or not. */
  latest: ServerResponse | undefined;
  /** Requests in a row that came before the one in front of them was answered. */
  queued: number;
  /** It was said on it what cannot be understood; nothing more is read from it. */
  broken: boolean;
}

/** All open connections. */
export class Connections {
  readonly #open = new Map<Socket, Connection>();

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /** The connection of a socket. */
  of(socket: Socket): Connection {
    return this.#open.get(socket) ?? this.#add(socket);
  }

  /** Takes note of a request, and gives its connection. */
  begin(response: ServerResponse): Connection {
    const connection = this.of(response.req.socket);
    const waits = connection.latest?.writableFinished === false;
    connection.queued = waits ? connection.queued + 1 : 0;
    connection.latest = response;
    return connection;
  }

  #add(socket: Socket): Connection {
    const connection = { socket, source: undefined, latest: undefined, queued: 0, broken: false };
    this.#open.set(socket, connection);
    socket.once('close', () => this.#open.delete(socket));
    return connection;
  }

  /** Closes those on which no request is being handled. One whose headers are still arriving is among them. */
  closeIdle(): void {
    for (const { socket, latest } of this.#open.values()) {
      if (latest === undefined || latest.writableFinished) socket.destroy();
    }
  }

  /** Cuts off all. */
  closeAll(): void {
    for (const { socket } of this.#open.values()) socket.destroy();
  }
}
