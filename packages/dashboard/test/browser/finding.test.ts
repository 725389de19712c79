import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { startHub, type HubProcess } from '../hub-process.js';
import { createOpened } from '../opened.js';
import { list, listMany, numberedOffer, numberedSigner } from '../providers.js';
import { createPrefixProxy } from '../prefix-proxy.js';
import { ANOTHER_MACHINE, launchBrowser, seeHeadline, spilledOn, visit } from './visit.js';

const PROVIDERS = 300;

/** What people would like a page to run, or to be turned round by. */
const HOSTILE_NAMES = [
  '<script>document.title="run"</script>',
  '<img src=x onerror=document.title="run">',
  '\u05d0\u05d1\u05d2 \u0645\u0631\u062d\u0628\u0627 right to left',
  '\u{1f9ff}'.repeat(32) + '漢'.repeat(32),
];

describe('whoever looks for a provider', () => {
  const opened = createOpened();
  let hub: HubProcess;
  let browser: Browser;

  before(async () => {
    [hub, browser] = await Promise.all([opened.add(startHub()), opened.add(launchBrowser())]);
    await listMany(hub.url, 0, PROVIDERS);
  });

  after(() => opened.close());

  it('types what is needed, and sees those that fit, with the price of just that', async (t) => {
    const { page, complaints } = await visit(t, browser, hub.url);
    await seeHeadline(page, '300 providers are listed');
    await page.getByLabel('Cores', { exact: true }).first().fill('4');
    await page.getByLabel('Memory', { exact: true }).first().fill('16');
    await page.getByLabel('Storage', { exact: true }).first().fill('100');
    await seeHeadline(page, '200 providers fit');
    await page.getByLabel('Sort by').selectOption('price');
    const first = page.locator('.table-rows [role=row]').first();
    // 4 × 2 + 16 × 1 + 100 × 0.05, by the cheapest core there is.
    await first.getByText('$29.00').waitFor();
    assert.match(await first.innerText(), /\$0\.0397 an hour/);
    assert.equal(new URL(page.url()).search, '?cpu=4&memory=16&storage=100&sort=price');
    assert.deepEqual(complaints, []);
  });

  it('is told what an amount may be, and keeps the search that there was until it is one', async (t) => {
    const { page } = await visit(t, browser, `${hub.url}/?cpu=8`);
    await seeHeadline(page, /fit/);
    const cores = page.getByLabel('Cores', { exact: true }).first();
    await cores.fill('2000');
    await page.getByRole('alert').getByText('A whole number, at most 1,024.').waitFor();
    assert.equal(new URL(page.url()).search, '?cpu=8');
    assert.equal(await cores.inputValue(), '2000');
    await page.getByRole('slider', { name: 'Cores' }).press('ArrowRight');
    assert.equal(await cores.inputValue(), '12');
    assert.equal(await page.getByRole('alert').count(), 0);
    await cores.fill('16');
    await page.getByRole('button', { name: /^Small/ }).click();
    assert.equal(await cores.inputValue(), '1');
    await page.goBack();
    await page.waitForFunction(() => location.search === '?cpu=8' || location.search === '?cpu=16');
    assert.equal(`?cpu=${await cores.inputValue()}`, new URL(page.url()).search);
  });

  it('chooses a country on the map, with the mouse and with the keyboard', async (t) => {
    const { page } = await visit(t, browser, hub.url);
    const brazil = page.getByRole('option', { name: 'Brazil: 30 providers' });
    await brazil.click();
    await seeHeadline(page, '30 providers fit');
    assert.equal(new URL(page.url()).search, '?country=BR');
    await page.keyboard.press('Enter');
    await seeHeadline(page, '300 providers are listed');
    // From Brazil to the north lies the country of most others on this side of the sea.
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await seeHeadline(page, '60 providers fit');
    assert.equal(new URL(page.url()).search, '?country=US');
  });

  it('shares a search by its address, and goes back from what was opened', async (t) => {
    const query = '?cpu=2&memory=8&storage=50&country=FI%2CSE&sort=price';
    const { page } = await visit(t, browser, `${hub.url}/${query}`);
    await seeHeadline(page, '50 providers fit');
    assert.equal(await page.getByLabel('Memory', { exact: true }).first().inputValue(), '8');
    await page.getByRole('button', { name: 'Remove Finland' }).waitFor();
    await page.locator('.table-rows a').first().click();
    await page.getByRole('dialog').getByText('The signature holds').waitFor();
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    assert.match(page.url(), /cpu=2&memory=8&storage=50&country=FI,SE|country=FI%2CSE/);
  });

  it('goes back through its searches, and past what it closed', async (t) => {
    const { page } = await visit(t, browser, hub.url);
    await seeHeadline(page, '300 providers are listed');
    await page.getByRole('button', { name: /^Medium/ }).click();
    await page.waitForURL(/cpu=4&/);
    await seeHeadline(page, /fit/);
    await page.locator('.table-rows a').first().click();
    await page.getByRole('dialog').getByText('The signature holds').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.goBack();
    assert.match(page.url(), /cpu=4&/);
    assert.equal(await page.getByRole('dialog').count(), 0);
    await page.goBack();
    await seeHeadline(page, '300 providers are listed');
    assert.equal(new URL(page.url()).search, '');
  });

  it('leaves one search behind, however often a slider moves on its way', async (t) => {
    const { page } = await visit(t, browser, hub.url);
    await seeHeadline(page, '300 providers are listed');
    const atFirst = await page.evaluate(() => history.length);
    await page.getByRole('slider', { name: 'Cores' }).focus();
    for (let step = 0; step < 6; step += 1) await page.keyboard.press('ArrowRight');
    await seeHeadline(page, /fit/);
    assert.equal((await page.evaluate(() => history.length)) - atFirst, 1);
  });

  it('plays with a slider for a minute, and the hub is asked far less than it allows', async (t) => {
    const { page } = await visit(t, browser, 'about:blank');
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/')) asked.push(request.url());
    });
    await page.clock.install();
    await page.goto(hub.url);
    await seeHeadline(page, '300 providers are listed');
    await page.getByRole('slider', { name: 'Cores' }).focus();
    for (let step = 0; step < 120; step += 1) {
      await page.keyboard.press(step % 8 < 4 ? 'ArrowRight' : 'ArrowLeft');
      await page.clock.runFor(500);
    }
    assert.ok(asked.length > 30 && asked.length <= 70, `${asked.length} questions`);
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.clock.runFor(5_000);
    await seeHeadline(page, '300 providers are listed');
  });

  it('copies the address of a search, though the hub is another machine by plain HTTP', async (t) => {
    const { port } = new URL(hub.url);
    const { page } = await visit(t, browser, `http://${ANOTHER_MACHINE}:${port}/?cpu=4`);
    assert.equal(await page.evaluate(() => isSecureContext), false);
    await seeHeadline(page, /fit/);
    await page.getByRole('button', { name: 'Share: the address of this search' }).click();
    await page.getByText('Copied').waitFor();
    await page.getByRole('button', { name: 'Am I visible?' }).click();
    const field = page.getByLabel('Your provider id');
    await field.focus();
    await page.keyboard.press('Control+V');
    assert.equal(await field.inputValue(), `http://${ANOTHER_MACHINE}:${port}/?cpu=4`);
  });

  it('finds through a proxy that puts a path in front of the hub', async (t) => {
    const proxy = await createPrefixProxy(hub.url, '/golem');
    t.after(() => proxy.close());
    const { page, complaints } = await visit(t, browser, `${proxy.url}/?country=FI`);
    await seeHeadline(page, '30 providers fit');
    await page.getByText('Live', { exact: true }).waitFor();
    const line = await page.getByRole('region', { name: 'curl' }).innerText();
    assert.ok(line.includes(`${proxy.url}/api/v1/advertisements?country=FI`.slice(1)), line);
    await page.locator('.table-rows a').first().click();
    await page.getByRole('dialog').getByText('The signature holds').waitFor();
    assert.deepEqual(complaints, []);
  });

  it('is told what is wrong with an address that is no search', async (t) => {
    const { page } = await visit(t, browser, `${hub.url}/?cpus=4`);
    await page.getByRole('alert').getByText('did you mean cpu?').waitFor();
    await page.getByRole('alert').getByRole('button').click();
    await page.getByRole('alert').waitFor({ state: 'hidden' });
    assert.equal(new URL(page.url()).search, '');
  });

  it('is told what to give up where nothing fits, and finds something by one button', async (t) => {
    const { page } = await visit(t, browser, `${hub.url}/?cpu=64&memory=4&storage=20`);
    await seeHeadline(page, 'Nothing fits');
    await page.getByText('Ask for 32 cores instead of 64').waitFor();
    await page.getByText('Without asking for cores, 300 providers fit.').waitFor();
    await page.getByRole('button', { name: 'Search like that' }).click();
    await seeHeadline(page, '50 providers fit');
    assert.equal(new URL(page.url()).search, '?cpu=32&memory=4&storage=20');
  });

  it('takes the search along as curl, and curl gets the same', async (t) => {
    const { page } = await visit(t, browser, `${hub.url}/?cpu=8&country=DE&sort=cpu`);
    await seeHeadline(page, /providers fit/);
    const shown = await page.locator('#results h2').innerText();
    const line = await page.getByRole('region', { name: 'curl' }).innerText();
    const url = /^curl '(http[^']+)'$/.exec(line.trim())?.[1] ?? '';
    const found: unknown = await (await fetch(url)).json();
    assert.ok(Array.isArray(found));
    assert.equal(`${found.length} providers fit`, shown);
    await page.getByRole('radio', { name: 'Command line' }).check();
    const command = await page.getByRole('region', { name: 'Command line' }).innerText();
    assert.ok(command.includes(`find --hub ${hub.url} --cpu 8 --country DE --sort cpu`), command);
  });

  it('sees hostile values as the text that they are', async (t) => {
    const signers = await Promise.all(HOSTILE_NAMES.map((_, at) => numberedSigner(1_000 + at)));
    for (const [at, signer] of signers.entries()) {
      const offer = { ...numberedOffer(at), country: 'IS', provider_name: HOSTILE_NAMES[at] ?? '' };
      await list(hub.url, signer, offer);
    }
    const { page, complaints } = await visit(t, browser, `${hub.url}/?country=IS`);
    await seeHeadline(page, '4 providers fit');
    const links = page.locator('.table-rows a');
    assert.deepEqual((await links.allInnerTexts()).toSorted(), HOSTILE_NAMES.toSorted());
    // Each name keeps to its cell, and turns nothing round it.
    for (const row of await page.locator('.table-rows [role=row]').all()) {
      const box = await row.boundingBox();
      const price = await row.locator('.cell-price').boundingBox();
      assert.ok(box && price && price.x + price.width <= box.x + box.width);
    }
    for (const name of HOSTILE_NAMES) {
      await page.goto(`${hub.url}/?country=IS`);
      await links.filter({ hasText: name }).click();
      await page.getByRole('dialog').getByText('The signature holds').waitFor();
      assert.equal((await page.getByRole('heading', { level: 2, name }).count()) > 0, true, name);
      assert.equal(
        await page.evaluate(() => document.documentElement.scrollWidth > innerWidth),
        false,
      );
    }
    assert.notEqual(await page.title(), 'run');
    assert.deepEqual(complaints, []);
  });

  it('sees the longest names and the largest amounts whole, each within its card', async (t) => {
    const offer = {
      ...numberedOffer(0),
      country: 'GS',
      resources: { cpu: 1_024, memory: 65_536, storage: 10_000_000 },
      provider_name: 'W'.repeat(64),
      platform: 'w'.repeat(32),
      pricing: {
        usd_per_core_month: 1e6,
        usd_per_gb_ram_month: 1e6,
        usd_per_gb_storage_month: 1e6,
      },
    };
    const one = await startHub({ DISCOVERY_DB_URL: 'sqlite:///:memory:' });
    t.after(() => one.close());
    await list(one.url, await numberedSigner(1_100), offer);
    for (const width of [360, 390, 760, 1_024, 1_600]) {
      const { page } = await visit(t, browser, one.url, { viewport: { width, height: 1_000 } });
      await seeHeadline(page, '1 provider is listed');
      assert.deepEqual(await spilledOn(page), [], `${width} px`);
      await page.context().close();
    }
  });
});
