/** A hub that lies: a real one behind a proxy that alters what it answers. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { Advertisement } from 'golem-vm-discovery-protocol';
import { isAdvertisement, isAdvertisementList } from '#src/answers/advertisement.js';

/** Alters a list of advertisements in place, or gives another. */
export type Tampering = (advertisements: Advertisement[]) => unknown[];

/** The proxy. Whoever made it closes it. */
export interface TamperingHub {
  readonly url: string;
  /** What is done to every answer from now on. */
  tamper: Tampering;
  close(): Promise<void>;
}

/** Puts a liar in front of a hub. Lists and single advertisements are altered alike. */
export async function createTamperingHub(hub: string): Promise<TamperingHub> {
  const server = createServer((request, response) => {
    void fetch(hub + request.url).then(async (answer) => {
      const body: unknown = await answer.json();
      const link = answer.headers.get('link');
      response.writeHead(answer.status, { ...(link !== null && { Link: link }) });
      response.end(JSON.stringify(altered(body)));
    });
  });
  function altered(body: unknown): unknown {
    if (isAdvertisementList(body)) return liar.tamper([...body]);
    return isAdvertisement(body) ? liar.tamper([body])[0] : body;
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const liar: TamperingHub = {
    url: `http://127.0.0.1:${port}`,
    tamper: (advertisements) => advertisements,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return liar;
}
