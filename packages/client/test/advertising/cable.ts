/** The cable between a provider and a hub, which a test cuts, floods, and plugs in again. It looks at no bytes. */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * What becomes of what is sent: `whole` carries it on; `swallowing` takes it, and takes new connections,
 * and nothing ever comes back; `cut` breaks off; `storm` answers everything with 429, `portal` with a page.
 */
export type CableState = 'whole' | 'swallowing' | 'cut' | 'storm' | 'portal';

const TOO_MANY = JSON.stringify({
  code: 'RATE_001',
  message: 'too many requests',
  timestamp: '2026-09-21T14:13:20.000Z',
});

const CANNED: Readonly<Partial<Record<CableState, string>>> = {
  storm: answer(
    '429 Too Many Requests',
    `Retry-After: 60\r\nContent-Type: application/json\r\n`,
    TOO_MANY,
  ),
  portal: answer('200 OK', 'Content-Type: text/html\r\n', '<h1>Welcome to our hotel</h1>'),
};

function answer(status: string, headers: string, body: string): string {
  return `HTTP/1.1 ${status}\r\n${headers}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
}

/** A cable with two ends. Whoever made it closes it. */
export class Cable {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  readonly url: string;
  #state: CableState = 'whole';

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Lays a cable to a port of this machine. */
  static async lay(hubPort: number): Promise<Cable> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port was given');
    const cable = new Cable(server, address.port);
    server.on('connection', (near) => cable.#join(near, hubPort));
    return cable;
  }

  /** What was swallowed is lost, and connections that were swallowed stay dead, as with a cable. */
  set state(state: CableState) {
    this.#state = state;
    if (state === 'cut') for (const socket of this.#open) socket.destroy();
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(near: Socket, hubPort: number): void {
    if (this.#state === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(hubPort, '127.0.0.1');
    let dead = false;
    near.on('data', (bytes) => {
      dead ||= this.#state === 'swallowing';
      const canned = CANNED[this.#state];
      if (canned !== undefined) near.end(canned);
      else if (!dead) far.write(bytes);
    });
    far.on('data', (bytes) => {
      dead ||= this.#state === 'swallowing';
      if (!dead) near.write(bytes);
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#open.delete(socket);
        if (!dead) other.destroy();
      });
    }
  }
}
