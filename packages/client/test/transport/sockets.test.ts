import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import {
  DiscoveryClient,
  DiscoveryError,
  Transport,
  type DiscoveryClientOptions,
} from '#src/index.js';
import { ANSWER_BYTES_MAX } from '#src/transport/bounded-text.js';
import { startHub, type HubProcess } from '../hub-process.js';

/** What a socket does with each request that comes in; `times` counts from 1. */
type Manners = (socket: Socket, times: number) => void;

/** A server that behaves on the wire as it is told. */
async function serve(
  manners: Manners,
): Promise<{ url: string; asked: () => number; server: Server }> {
  let times = 0;
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', () => manners(socket, (times += 1)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return { url: `http://127.0.0.1:${address.port}`, asked: () => times, server };
}

function answer(status: string, body: string, headers = ''): string {
  return `HTTP/1.1 ${status}\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`;
}

const BUSY = '{"code":"SYS_002","message":"too much","timestamp":"2026-09-21T14:13:20.000Z"}';

/** What a stranger at that port may do, and what a client calls it. */
const STRANGERS: readonly { what: string; manners: Manners; code: string }[] = [
  { what: 'says nothing', manners: () => undefined, code: 'TIMED_OUT' },
  { what: 'hangs up', manners: (socket) => socket.destroy(), code: 'UNREACHABLE' },
  {
    what: 'resets the connection',
    manners: (socket) => socket.resetAndDestroy(),
    code: 'UNREACHABLE',
  },
  {
    what: 'stops in the middle of an answer',
    manners: (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{"prov'),
    code: 'TIMED_OUT',
  },
  {
    what: 'hangs up in the middle of an answer',
    manners: (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{"prov'),
    code: 'UNREACHABLE',
  },
  {
    what: 'speaks another protocol',
    manners: (socket) => socket.end('220 mail.example ESMTP\r\n'),
    code: 'UNREACHABLE',
  },
  {
    what: 'greets with a page',
    manners: (socket) => socket.end(answer('200 OK', '<html>Log in to the hotel')),
    code: 'UNREADABLE',
  },
  {
    what: 'answers with JSON of its own',
    manners: (socket) => socket.end(answer('200 OK', '[{"id":1}]')),
    code: 'UNREADABLE',
  },
  {
    what: 'never stops answering',
    manners: (socket) => {
      const flood = Buffer.alloc(1_000_000, ' ');
      const pour = (): void => {
        while (!socket.destroyed && socket.write(flood));
      };
      socket.write('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n');
      socket.on('drain', pour);
      pour();
    },
    code: 'UNREADABLE',
  },
];

describe('a client on real sockets', () => {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  let hub: HubProcess;

  before(async () => {
    hub = await startHub();
  });

  after(async () => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers) server.close();
    await hub.end();
  });

  async function createServerOf(manners: Manners): Promise<{ url: string; asked: () => number }> {
    const { server, ...more } = await serve(manners);
    server.on('connection', (socket) => sockets.add(socket));
    servers.push(server);
    return more;
  }

  function createClient(hubs: readonly string[], more: Partial<DiscoveryClientOptions> = {}) {
    return new DiscoveryClient({ hubs, attemptTimeoutMs: 2_000, ...more });
  }

  for (const { what, manners, code } of STRANGERS) {
    const attemptTimeoutMs = code === 'TIMED_OUT' ? 200 : 10_000;

    it(`calls it ${code} when what is there ${what}`, async () => {
      const { url } = await createServerOf(manners);
      const client = createClient([url], { attemptsMax: 1, attemptTimeoutMs });
      await assert.rejects(client.find().page(), (error) => {
        assert.ok(error instanceof DiscoveryError);
        assert.deepEqual([error.code, error.hub], [code, url], error.message);
        assert.ok(error.message.includes(url));
        return true;
      });
    });
  }

  it('goes past all of them to a hub that works', async () => {
    const strangers = await Promise.all(
      STRANGERS.slice(0, -2).map(({ manners }) => createServerOf(manners)),
    );
    const urls = [...strangers.map(({ url }) => url), hub.url];
    const client = createClient(urls, { attemptTimeoutMs: 200 });
    const page = await client.find().page();
    assert.equal(page.hub, hub.url);
    assert.equal((await client.info()).network, 'mainnet');
    assert.deepEqual(
      strangers.map(({ asked }) => asked()),
      strangers.map(() => 1),
    );
  });

  it('says that nothing listens there', async () => {
    const { url, server } = await serve(() => undefined);
    server.close();
    await once(server, 'close');
    const client = createClient([url], { attemptsMax: 2 });
    await assert.rejects(client.info(), { code: 'UNREACHABLE', message: /ECONNREFUSED.*after 2/u });
  });

  it('waits for as long as it was told, and tries again', async () => {
    const busy = await createServerOf((socket, times) => {
      const retry = 'Retry-After: 1\r\n';
      socket.end(times === 1 ? answer('503 Busy', BUSY, retry) : answer('200 OK', '[]'));
    });
    const startedMs = performance.now();
    assert.deepEqual(await createClient([busy.url]).find().toArray(), []);
    const tookMs = performance.now() - startedMs;
    assert.ok(tookMs >= 1_000 && tookMs < 3_000, `${tookMs} ms`);
  });

  it('gives up at once when its caller does, before an answer and within one', async () => {
    const halves = [STRANGERS[0], STRANGERS[3]];
    for (const half of halves) {
      assert.ok(half);
      const { url } = await createServerOf(half.manners);
      const controller = new AbortController();
      const search = createClient([url]).find({ signal: controller.signal }).toArray();
      setTimeout(() => controller.abort('enough'), 50);
      const startedMs = performance.now();
      await assert.rejects(search, { code: 'ABORTED', cause: 'enough' });
      assert.ok(performance.now() - startedMs < 1_000);
    }
  });

  it('reads no more than a bounded answer', async () => {
    const body = `["${' '.repeat(ANSWER_BYTES_MAX - 4)}"]`;
    const full = await createServerOf((socket) => socket.end(answer('400 Bad', body)));
    const over = await createServerOf((socket) => socket.end(answer('400 Bad', `${body} `)));
    await assert.rejects(createClient([full.url]).info(), /answered 400 and nothing/u);
    await assert.rejects(createClient([over.url]).info(), /answered more than 16777216 bytes/u);
  });

  it('does not let a signed request be sent on elsewhere', async () => {
    const redirecting = await createServerOf((socket) =>
      socket.end(answer('307 Over there', '', `Location: ${hub.url}/api/v1/advertisements\r\n`)),
    );
    const transport = new Transport({ hubs: redirecting.url, attemptsMax: 1 });
    const request = { method: 'POST', path: '/', body: new Uint8Array() } as const;
    const sent = await transport.send(request);
    assert.ok(!sent.ok && sent.failure.code === 'UNREACHABLE', JSON.stringify(sent));
  });
});
