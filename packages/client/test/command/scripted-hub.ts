/** Something that answers like a hub, with whatever a test wants it to say: real hubs never would. */
import { once } from 'node:events';
import { createServer } from 'node:http';

/** An answer of it. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A server on loopback. Whoever started it closes it. */
export interface ScriptedHub {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts one; `answer` is given the method, the path and the query. */
export async function startScriptedHub(
  answer: (method: string, url: URL) => ScriptedAnswer,
): Promise<ScriptedHub> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://hub');
    const { status = 200, headers = {}, body } = answer(request.method ?? '', url);
    request.resume();
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
