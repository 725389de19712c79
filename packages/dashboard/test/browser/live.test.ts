import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { type HubProcess, startHub } from '../hub-process.js';
import { createOpened } from '../opened.js';
import { list, listMany, numberedOffer, numberedSigner, withdraw } from '../providers.js';
import { launchBrowser, seeHeadline, visit } from './visit.js';

const PROVIDERS = 200;

describe('a page that stays open', () => {
  const opened = createOpened();
  let hub: HubProcess;
  let browser: Browser;

  before(async () => {
    [hub, browser] = await Promise.all([opened.add(startHub()), opened.add(launchBrowser())]);
    await listMany(hub.url, 0, PROVIDERS);
  });

  after(() => opened.close());

  it('shows who arrives, who changes and who leaves, each in its place, without a reload', async (t) => {
    const { page, complaints } = await visit(t, browser, `${hub.url}/?country=NO&sort=cpu`);
    await seeHeadline(page, 'Nothing fits');
    await page.getByText('Live', { exact: true }).waitFor();
    await page.evaluate('window.isSameVisit = true');
    const [one, other] = await Promise.all([numberedSigner(501), numberedSigner(502)]);
    const offer = { ...numberedOffer(0), country: 'NO' };
    const small = {
      ...offer,
      provider_name: 'Small',
      resources: { cpu: 2, memory: 4, storage: 9 },
    };
    const large = {
      ...small,
      provider_name: 'Large',
      resources: { cpu: 8, memory: 4, storage: 9 },
    };
    await list(hub.url, one, small);
    await seeHeadline(page, '1 provider fits');
    await list(hub.url, other, large);
    await seeHeadline(page, '2 providers fit');
    const names = page.locator('.table-rows a');
    assert.deepEqual(await names.allInnerTexts(), ['Large', 'Small']);
    await list(hub.url, one, { ...small, resources: { cpu: 16, memory: 4, storage: 9 } });
    await page.locator('.table-rows [role=row]').first().getByText('Small').waitFor();
    await list(hub.url, one, { ...small, country: 'SE' });
    await seeHeadline(page, '1 provider fits');
    await withdraw(hub.url, other);
    await seeHeadline(page, 'Nothing fits');
    assert.equal(await page.evaluate('window.isSameVisit'), true);
    assert.deepEqual(complaints, []);
  });

  it('keeps the numbers of the market up to date', async (t) => {
    const { page } = await visit(t, browser, hub.url);
    await seeHeadline(page, /providers are listed/);
    const cores = page.locator('.totals > div').filter({ hasText: 'Cores' }).locator('dd');
    const shown = await cores.innerText();
    const signer = await numberedSigner(510);
    await list(hub.url, signer, {
      ...numberedOffer(0),
      resources: { cpu: 1_000, memory: 1, storage: 1 },
    });
    await page.waitForFunction(
      (old) =>
        ![...document.querySelectorAll('.totals dd')].some(
          ({ textContent }) => textContent === old,
        ),
      shown,
    );
    await withdraw(hub.url, signer);
  });

  it('lives through a crash of the hub, says so meanwhile, and misses nothing of it', async (t) => {
    const { page, complaints } = await visit(t, browser, `${hub.url}/?country=FI`);
    await seeHeadline(page, '20 providers fit');
    await page.getByText('Live', { exact: true }).waitFor();
    await page.evaluate('window.isSameVisit = true');
    await hub.kill();
    await page.getByText('Reconnecting').waitFor();
    // What was found stays in sight while nobody answers.
    assert.ok((await page.locator('.table-rows a').count()) > 5);
    await hub.restart();
    await list(hub.url, await numberedSigner(520), { ...numberedOffer(0), country: 'FI' });
    await seeHeadline(page, '21 providers fit');
    await page.getByText('Live', { exact: true }).waitFor();
    assert.equal(await page.evaluate('window.isSameVisit'), true);
    assert.deepEqual(complaints, []);
  });

  it('that was opened while the hub was away shows what there is once it is back', async (t) => {
    const { page } = await visit(t, browser, hub.url);
    await seeHeadline(page, /providers are listed/);
    await hub.kill();
    await page.getByLabel('Cores', { exact: true }).first().fill('32');
    await page.getByRole('alert').getByText('It can’t be reached').waitFor({ timeout: 60_000 });
    await hub.restart();
    await seeHeadline(page, /fit/);
    await page.getByRole('alert').waitFor({ state: 'hidden' });
  });
});

describe('a page whose hub', () => {
  const opened = createOpened();
  let browser: Browser;

  before(async () => {
    browser = await opened.add(launchBrowser());
  });

  after(() => opened.close());

  it('is swapped for another one shows the other one', async (t) => {
    const hub = await startHub({ DISCOVERY_DB_URL: 'sqlite:///:memory:' });
    t.after(() => hub.close());
    await listMany(hub.url, 0, 30);
    const { page, complaints } = await visit(t, browser, hub.url);
    await seeHeadline(page, '30 providers are listed');
    await page.getByText('Live', { exact: true }).waitFor();
    await hub.restart();
    await listMany(hub.url, 0, 5);
    await seeHeadline(page, '5 providers are listed');
    await page.getByText('Live', { exact: true }).waitFor();
    assert.deepEqual(complaints, []);
  });

  it('wants fewer questions waits as long as it is told, and then shows what there is', async (t) => {
    const hub = await startHub({
      DISCOVERY_RATE_LIMIT_PER_MINUTE: '6',
      DISCOVERY_DB_URL: 'sqlite:///:memory:',
    });
    t.after(() => hub.close());
    await list(hub.url, await numberedSigner(1), numberedOffer(1));
    for (let read = 0; read < 6; read += 1) await fetch(`${hub.url}/api/v1/info`);
    const { page } = await visit(t, browser, 'about:blank');
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/advertisements')) asked.push(request.url());
    });
    await page.clock.install();
    await page.goto(`${hub.url}/?country=US`);
    await page.getByRole('alert').getByText('too many reads').waitFor();
    await page.clock.runFor(8_000);
    assert.equal(asked.length, 1, asked.join('\n'));
    await page.clock.runFor(60_000);
    while (asked.length === 1) await page.waitForEvent('request');
  });
});

describe('the page of an empty hub', () => {
  it('says how to be the first, and shows the first when it comes', async (t) => {
    const opened = createOpened();
    t.after(() => opened.close());
    const [hub, browser] = await Promise.all([opened.add(startHub()), opened.add(launchBrowser())]);
    const { page } = await visit(t, browser, hub.url);
    await page.getByRole('heading', { name: 'Nobody is listed yet' }).waitFor();
    const commands = await page.getByRole('region').allInnerTexts();
    assert.ok(
      commands[0]?.startsWith(`npx golem-discovery advertise --hub ${hub.url}`),
      commands[0],
    );
    assert.equal(await page.getByRole('table').count(), 0);
    await page.getByText('Live', { exact: true }).waitFor();
    const signer = await numberedSigner(1);
    await list(hub.url, signer, numberedOffer(1));
    await seeHeadline(page, '1 provider is listed');
    await withdraw(hub.url, signer);
    await page.getByRole('heading', { name: 'Nobody is listed yet' }).waitFor();
  });
});
