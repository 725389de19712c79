import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { startHub, type HubProcess } from '../hub-process.js';
import { createOpened } from '../opened.js';
import { listMany } from '../providers.js';
import { launchBrowser, seeHeadline, visit } from './visit.js';

const PROVIDERS = 10_000;
const INITIAL_BYTES_MAX = 150_000;
const SLOWER = 4;
const FIRST_RESULT_MS_MAX = 1_000;
/** Rows in the document at once: a window holds some twenty. */
const ROWS_DRAWN_MAX = 80;
const HEAP_BYTES_MAX = 80_000_000;
/** Half of a frame at 60 a second is the page's own; the rest is for the browser to paint. */
const FRAME_WORK_MS_MAX = 8;
const FRAMES = 240;

/** What the tests read of Chromium's own figures. */
interface Metrics {
  readonly metrics: readonly { readonly name: string; readonly value: number }[];
}

describe('with ten thousand providers, the page', () => {
  const opened = createOpened();
  let hub: HubProcess;
  let browser: Browser;

  before(async () => {
    [hub, browser] = await Promise.all([
      opened.add(startHub({ DISCOVERY_DB_URL: 'sqlite:///:memory:' })),
      opened.add(launchBrowser()),
    ]);
    await listMany(hub.url, 0, PROVIDERS);
  });

  after(() => opened.close());

  it('loads no more than 150 kB, gzipped, before it can search', async () => {
    const page = await (await fetch(hub.url)).text();
    const paths = [...page.matchAll(/(?:src|href)="\.(\/[^"]+)"/g)].map(([, path]) => path ?? '');
    assert.ok(paths.length >= 3, String(paths));
    let bytes = gzipSync(page).length;
    for (const path of paths) {
      const file = Buffer.from(await (await fetch(hub.url + path)).arrayBuffer());
      bytes += gzipSync(file).length;
    }
    assert.ok(bytes > 50_000 && bytes <= INITIAL_BYTES_MAX, `${bytes} bytes`);
  });

  it('draws the first result within a second of its load, on a processor four times as slow', async (t) => {
    const context = await browser.newContext({ viewport: { width: 1_400, height: 900 } });
    t.after(() => context.close());
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await page.addInitScript({ content: NOTE_FIRST_ROW });
    await page.goto(hub.url);
    await page.locator('.table-rows [role=row]').first().waitFor();
    const firstRowMs = await page.evaluate<number>('window.firstRowMs');
    const loadMs = await page.evaluate<number>(
      'performance.getEntriesByType("navigation")[0].loadEventEnd',
    );
    assert.ok(firstRowMs - loadMs <= FIRST_RESULT_MS_MAX, `${firstRowMs} ms, load ${loadMs} ms`);
  });

  it('scrolls through all of them smoothly, and draws only those in sight', async (t) => {
    const { page } = await visit(t, browser, hub.url);
    await seeHeadline(page, '10,000 providers are listed');
    const atFirst = await figures(page);
    const mostRows = await page.evaluate<number>(SCROLL);
    const atLast = await figures(page);
    const workMs = ((atLast.workSeconds - atFirst.workSeconds) * 1_000) / FRAMES;
    assert.ok(workMs <= FRAME_WORK_MS_MAX, `${workMs} ms a frame`);
    assert.ok(mostRows <= ROWS_DRAWN_MAX, `${mostRows} rows`);
    await page.locator('.table-rows [role=row][aria-rowindex="10001"]').waitFor();
    const { heapBytes } = atLast;
    assert.ok(heapBytes <= HEAP_BYTES_MAX, `${heapBytes} bytes`);
  });

  it('asks little: far fewer than the hundred questions a minute that a hub allows', async (t) => {
    const { page } = await visit(t, browser, 'about:blank');
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/')) asked.push(request.url());
    });
    await page.goto(hub.url);
    await seeHeadline(page, '10,000 providers are listed');
    const slider = page.getByRole('slider', { name: 'Cores' });
    await slider.focus();
    for (let step = 0; step < 8; step += 1) {
      await page.keyboard.press('ArrowRight');
    }
    await seeHeadline(page, /fit|Nothing/);
    assert.ok(asked.length <= 12, asked.join('\n'));
    const isRestless = await page.evaluate(() =>
      document.getAnimations().some(({ effect }) => effect?.getTiming().iterations === Infinity),
    );
    assert.equal(isRestless, false, 'what moves for ever keeps a processor busy for ever');
  });
});

const NOTE_FIRST_ROW = `
new MutationObserver((_, observer) => {
  if (document.querySelector('.table-rows [role=row]') === null) return;
  observer.disconnect();
  requestAnimationFrame(() => { window.firstRowMs = performance.now(); });
}).observe(document, { childList: true, subtree: true });
`;

/** From the first row to the last; gives how many rows were in the document at most. */
const SCROLL = `new Promise((resolve) => {
  const table = document.querySelector('.table');
  let frame = 0;
  let most = 0;
  const step = () => {
    const end = table.getBoundingClientRect().bottom + scrollY - innerHeight;
    const begin = table.getBoundingClientRect().top + scrollY;
    frame += 1;
    scrollTo(0, begin + (end - begin) * frame / ${FRAMES});
    most = Math.max(most, document.querySelectorAll('.table-rows .row').length);
    if (frame === ${FRAMES}) resolve(most);
    else requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})`;

/** What the page has cost so far: its scripts, styles and layouts, and the memory that it holds. */
async function figures(page: Page): Promise<{ workSeconds: number; heapBytes: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics }: Metrics = await session.send('Performance.getMetrics');
  await session.detach();
  const valueOf = (wanted: string): number =>
    metrics.find(({ name }) => name === wanted)?.value ?? Infinity;
  const work = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'].map(valueOf);
  return {
    workSeconds: work.reduce((sum, seconds) => sum + seconds, 0),
    heapBytes: valueOf('JSHeapUsedSize'),
  };
}
