/** A hub that lies: a real one behind a proxy that alters what it answers about providers. */
import { once } from 'node:events';
import { createServer } from 'node:http';

/** The proxy. Whoever made it closes it. */
export interface TamperingProxy {
  readonly url: string;
  close(): Promise<void>;
}

/** Puts a liar in front of a hub. `alter` is given the text of each JSON answer of the API. */
export async function createTamperingProxy(
  hub: string,
  alter: (text: string) => string,
): Promise<TamperingProxy> {
  const server = createServer((request, response) => {
    void fetch(hub + (request.url ?? '/')).then(async (answer) => {
      const type = answer.headers.get('content-type') ?? '';
      const bytes = Buffer.from(await answer.arrayBuffer());
      const isAnswer = type.startsWith('application/json') && request.url?.startsWith('/api/');
      response.writeHead(answer.status, { 'Content-Type': type });
      response.end(isAnswer === true ? alter(bytes.toString()) : bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('not an IP socket');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
