/** A proxy that shows a hub under a path of its own, as one that serves other things beside it does. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';

/** The proxy. Whoever made it closes it. */
export interface PrefixProxy {
  /** With the path, without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Puts `prefix` in front of whatever a hub serves; nothing else is there. */
export async function createPrefixProxy(hub: string, prefix: string): Promise<PrefixProxy> {
  const server = createServer((asked, response) => {
    const path = asked.url ?? '/';
    if (!path.startsWith(`${prefix}/`)) {
      response.writeHead(404).end();
      return;
    }
    const { method, headers } = asked;
    const onward = request(hub + path.slice(prefix.length), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    asked.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('not an IP socket');
  return {
    url: `http://127.0.0.1:${address.port}${prefix}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
