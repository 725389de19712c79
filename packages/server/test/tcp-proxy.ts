/** A proxy between hubs and their database that does what networks do: cuts, delays, and goes silent without a word. */
import { createServer, type Server, Socket } from 'node:net';

/** A running proxy. Whoever started it closes it. */
export interface TcpProxy {
  readonly port: number;
  /** Ends every connection at once. */
  cut(): void;
  /** Holds back everything for so long, in both directions; 0 is no delay. */
  delay(ms: number): void;
  /** While silent nothing gets through and nothing is closed: connections are half-open. */
  silence(silent: boolean): void;
  /** While deaf, the connections whose first packet holds this text hear nothing from the server after `LISTEN`. */
  deafen(text: string | undefined): void;
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** What the client said first: PostgreSQL clients say their name. */
  greeting: string;
  heard: number;
}

/** Starts a proxy to a port of loopback. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let delayMs = 0;
  let isSilent = false;
  let deaf: string | undefined;

  function pass(from: Socket, to: Socket, mayPass: (chunk: Buffer) => boolean): void {
    from.on('data', (chunk: Buffer) => {
      if (isSilent || !mayPass(chunk)) return;
      if (delayMs === 0) return void to.write(chunk);
      setTimeout(() => to.writable && to.write(chunk), delayMs);
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      if (!isSilent) to.destroy();
    });
  }

  const listener: Server = createServer((client) => {
    const server = new Socket();
    const pair: Pair = { client, server, greeting: '', heard: 0 };
    pairs.add(pair);
    // Else it would delay what nobody asked it to.
    for (const socket of [client, server]) socket.setNoDelay(true);
    server.connect(target, '127.0.0.1');
    pass(client, server, (chunk) => {
      pair.greeting ||= chunk.toString('latin1');
      if (chunk.includes('LISTEN')) pair.heard += 1;
      return true;
    });
    pass(
      server,
      client,
      () => deaf === undefined || pair.heard === 0 || !pair.greeting.includes(deaf),
    );
    client.on('close', () => pairs.delete(pair));
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');

  function cut(): void {
    for (const { client, server } of pairs) {
      client.destroy();
      server.destroy();
    }
    pairs.clear();
  }

  return {
    port: address.port,
    cut,
    delay: (ms) => void (delayMs = ms),
    silence: (silent) => void (isSilent = silent),
    deafen: (text) => void (deaf = text),
    async close() {
      isSilent = false;
      cut();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
