import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import chromium from '@sparticuz/chromium';
import { build } from 'esbuild';
import { chromium as playwright, type Browser } from 'playwright-core';
import { startHub, type HubProcess } from '../hub-process.js';

const PAGE = fileURLToPath(new URL('marketplace-page.js', import.meta.url));

/** A page that imports the built SDK, bundled as a site would do it. It has an origin of its own, so the hub is a stranger to it. */
async function servePage(): Promise<{ url: string; server: Server }> {
  const { outputFiles } = await build({
    entryPoints: [PAGE],
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    outdir: '/',
    write: false,
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [path, contents]));
  const server = createServer((request, response) => {
    const script = files.get(request.url ?? '');
    response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html');
    // As strict as a page can be about scripts: nothing in the SDK is made from text.
    response.setHeader('Content-Security-Policy', "script-src 'self'");
    response.end(script ?? '<!doctype html><title>marketplace</title>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return { url: `http://127.0.0.1:${address.port}`, server };
}

describe('a page in a browser', () => {
  let hub: HubProcess;
  let browser: Browser;
  let site: Awaited<ReturnType<typeof servePage>>;

  before(async () => {
    [hub, site, browser] = await Promise.all([startHub(), servePage(), launch()]);
  });

  after(async () => {
    await browser.close();
    site.server.close();
    site.server.closeAllConnections();
    await hub.end();
  });

  it('creates a key, advertises, finds itself, checks the proof, and withdraws', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(site.url);
    await page.addScriptTag({ type: 'module', url: '/marketplace-page.js' });
    const seen = await page.evaluate((url) => window.visit(url), hub.url);
    assert.match(seen.providerId, /^did:key:z6Mk/u);
    assert.deepEqual(
      seen.found.map(({ provider_id }) => provider_id),
      [seen.providerId],
    );
    assert.equal(seen.found[0]?.estimate?.usd_per_month, 18);
    assert.equal(seen.got.provider_id, seen.providerId);
    assert.equal(seen.total, 1);
    assert.equal(seen.afterWithdrawal, 'ADV_004');
    assert.deepEqual(complaints, [
      'Failed to load resource: the server responded with a status of 404 (Not Found)',
    ]);
  });
});

async function launch(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', ...chromium.args],
    headless: true,
  });
}
