import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { startHub, type HubProcess } from '../hub-process.js';
import { createOpened } from '../opened.js';
import { listMany, numberedSigner } from '../providers.js';
import { launchBrowser, seeHeadline, spilledOn, visit } from './visit.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds that keeps people out. It comes past the policy of the page, as an extension would. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(AXE, 'utf8'));
  const found = await page.evaluate<AxeResults>('axe.run()');
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
}

describe('the page is for everyone', () => {
  const opened = createOpened();
  let hub: HubProcess;
  let empty: HubProcess;
  let browser: Browser;
  let views: readonly (readonly [what: string, path: string, seen: string])[];

  before(async () => {
    [hub, empty, browser] = await Promise.all([
      opened.add(startHub()),
      opened.add(startHub()),
      opened.add(launchBrowser()),
    ]);
    await listMany(hub.url, 0, 120);
    const { providerId } = await numberedSigner(2);
    views = [
      ['the market', `${hub.url}/?country=DE,SG&cpu=2&memory=4&storage=20`, 'providers fit'],
      ['nothing that fits', `${hub.url}/?cpu=900`, 'Search like that'],
      ['a refused address', `${hub.url}/?cpu=x`, 'This address is no search'],
      ['a provider', `${hub.url}/#provider/${providerId}`, 'The signature holds'],
      ['the question of a provider', `${hub.url}/#visible/${providerId}`, 'Yes, you are listed'],
      ['an empty hub', empty.url, 'Nobody is listed yet'],
    ];
  });

  after(() => opened.close());

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [390, 1_400]) {
      it(`axe finds nothing serious in any view, ${colorScheme}, ${width} px wide`, async (t) => {
        for (const [what, url, seen] of views) {
          const { page } = await visit(t, browser, url, {
            colorScheme,
            viewport: { width, height: 900 },
            reducedMotion: 'reduce',
          });
          await page.getByText(seen).first().waitFor();
          assert.deepEqual(await seriousFindings(page), [], what);
          const isTooWide = 'document.documentElement.scrollWidth > innerWidth';
          assert.equal(await page.evaluate(isTooWide), false, `${what} is too wide`);
          await page.context().close();
        }
      });
    }
  }

  it('a whole search goes without a mouse', async (t) => {
    const { page } = await visit(t, browser, hub.url);
    await seeHeadline(page, '120 providers are listed');
    const press = async (key: string, times = 1): Promise<void> => {
      for (let time = 0; time < times; time += 1) await page.keyboard.press(key);
    };
    const focused = (): Promise<string> =>
      page.evaluate(() => {
        const { activeElement: element } = document;
        return `${element?.tagName} ${element?.getAttribute('aria-label') ?? element?.textContent}`;
      });
    const tabTo = async (what: RegExp): Promise<void> => {
      for (let stops = 0; stops < 60; stops += 1) {
        if (what.test(await focused())) return;
        await press('Tab');
      }
      assert.fail(`no stop of the Tab key is ${what}: ${await focused()}`);
    };
    await tabTo(/^BUTTON Medium/);
    await press('Enter');
    await seeHeadline(page, /fit/);
    assert.match(page.url(), /cpu=4&memory=8&storage=100&sort=price/);
    await tabTo(/^INPUT Cores/);
    await press('ArrowRight', 2);
    await seeHeadline(page, /fit/);
    assert.match(page.url(), /cpu=8/);
    await tabTo(/^BUTTON .*Germany/);
    await press('Enter');
    await page.waitForURL(/country=DE/);
    await tabTo(/^A Rack/);
    await press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The signature holds').waitFor();
    await press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.match(await focused(), /^A Rack/, 'the focus comes back');
  });

  it('texts that are twice as large stay within their cards, at any width', async (t) => {
    const large = createOpened();
    t.after(() => large.close());
    const reader = await large.add(launchBrowser(32));
    const { providerId } = await numberedSigner(2);
    for (const width of [390, 1_024, 1_600]) {
      const { page } = await visit(
        t,
        reader,
        `${hub.url}/?cpu=2&memory=4&storage=20&country=DE,SG`,
        {
          viewport: { width, height: 900 },
        },
      );
      await seeHeadline(page, /fit/);
      assert.deepEqual(await spilledOn(page), [], `${width} px`);
      await page.goto(`${hub.url}/#provider/${providerId}`);
      await page.getByRole('dialog').getByText('The signature holds').waitFor();
      assert.deepEqual(await spilledOn(page), [], `a provider, ${width} px`);
      await page.context().close();
    }
  });

  it('on paper a market takes a few pages, and a provider has its own', async (t) => {
    const { page } = await visit(t, browser, hub.url, { colorScheme: 'dark' });
    await seeHeadline(page, /listed/);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assert.ok((await page.evaluate(() => document.documentElement.scrollHeight)) < 4_000);
    assert.equal(await page.getByRole('main').isVisible(), true);
    await page.locator('.table-rows a').first().click();
    await page.getByRole('dialog').getByText('The signature holds').waitFor();
    assert.equal(await page.getByRole('main').isVisible(), false);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).colorScheme), 'light');
  });

  it('nothing moves for those who asked for less motion', async (t) => {
    const { page } = await visit(t, browser, hub.url, { reducedMotion: 'reduce' });
    await seeHeadline(page, /listed/);
    const moving = await page.evaluate(() => document.getAnimations().length);
    assert.equal(moving, 0);
  });
});
