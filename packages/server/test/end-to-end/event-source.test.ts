/** A browser's own `EventSource` over restarts of the hub: nothing is lost, nothing comes twice. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright, type Page } from 'playwright-core';
import { createTemporaryFolder, type HubProcess, startHub } from './hub-process.js';
import { createEd25519Stranger, type Stranger } from './strangers.js';
import { advertise, withdraw } from './wire-client.js';

describe("a browser's EventSource", () => {
  const stranger = createEd25519Stranger();
  let folder: Awaited<ReturnType<typeof createTemporaryFolder>>;
  let hub: HubProcess;
  let site: { readonly url: string; readonly server: Server };
  let browser: Browser;

  before(async () => {
    folder = await createTemporaryFolder();
    hub = await startHub(folder.path);
    [site, browser] = await Promise.all([serveBlankPage(), launch()]);
  });

  after(async () => {
    await browser.close();
    site.server.close();
    site.server.closeAllConnections();
    await hub.end('SIGKILL');
    await folder.remove();
  });

  async function restart(signal: NodeJS.Signals): Promise<void> {
    const port = String(hub.port);
    await hub.end(signal);
    hub = await startHub(folder.path, { DISCOVERY_PORT: port });
  }

  it('sees every change once, over a stop and a crash of the hub', async () => {
    const page = await browser.newPage();
    await page.goto(site.url);
    await page.evaluate(openEventSource(`${hub.url}/api/v1/advertisements/watch?country=SE`));
    await seen(page, 1);
    const expected = ['bookmark'];
    const say = async (cpu: number): Promise<void> => {
      assert.equal((await offer(hub.url, stranger, cpu)).status, 200);
      expected.push(`${expected.length === 1 ? 'advertised' : 'changed'} ${cpu}`);
    };
    await say(1);
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      await say(2);
      await restart(signal);
      // Before the browser has come back, and while it does.
      for (let cpu = 3; cpu <= 6; cpu += 1) await say(cpu);
      await say(1);
    }
    assert.equal((await withdraw(hub.url, stranger, Date.now())).status, 200);
    expected.push('withdrawn');
    const events = await seen(page, expected.length);
    assert.deepEqual(events, expected);
    await page.close();
  });
});

function offer(url: string, stranger: Stranger, cpu: number) {
  const resources = { cpu, memory: 8, storage: 40 };
  const body = JSON.stringify({ ip_address: '83.233.10.2', country: 'SE', resources });
  return advertise(url, stranger, body, Date.now());
}

/** Runs in the page: what is seen are the names of events and what they say, bookmarks but the first left out. */
function openEventSource(url: string): string {
  return `
    globalThis.seen = [];
    const source = new EventSource(${JSON.stringify(url)});
    for (const name of ['advertised', 'changed', 'withdrawn', 'expired', 'unmatched', 'bookmark']) {
      source.addEventListener(name, ({ data }) => {
        const cpu = /"cpu":(\\d+)/u.exec(data)?.[1];
        if (name !== 'bookmark' || seen.length === 0) seen.push(cpu ? name + ' ' + cpu : name);
      });
    }`;
}

/** What the page has seen, when that is so much. */
async function seen(page: Page, count: number): Promise<unknown> {
  await page.waitForFunction(`seen.length >= ${count}`, undefined, { timeout: 30_000 });
  return page.evaluate('seen');
}

/** Of an origin of its own, so that the hub is a stranger to it. */
async function serveBlankPage(): Promise<{ url: string; server: Server }> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>watching</title>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return { url: `http://127.0.0.1:${address.port}`, server };
}

async function launch(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', ...chromium.args],
    headless: true,
  });
}
