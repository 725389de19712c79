import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { startHub, type HubProcess } from '../hub-process.js';
import { createOpened } from '../opened.js';
import { list, listMany, numberedOffer, numberedSigner, withdraw } from '../providers.js';
import { createTamperingProxy } from '../tampering-proxy.js';
import { launchBrowser, visit } from './visit.js';

const TTL_SECONDS = 9;

describe('whoever looks at one provider', () => {
  const opened = createOpened();
  let hub: HubProcess;
  let browser: Browser;

  before(async () => {
    [hub, browser] = await Promise.all([opened.add(startHub()), opened.add(launchBrowser())]);
    await listMany(hub.url, 0, 20);
  });

  after(() => opened.close());

  for (const [number, kind] of [
    [2, 'Ed25519'],
    [3, 'Ethereum'],
  ] as const) {
    it(`sees all that it said, and its ${kind} proof checked in the browser`, async (t) => {
      const { providerId } = await numberedSigner(number);
      const { page, complaints } = await visit(t, browser, `${hub.url}/#provider/${providerId}`);
      const dialog = page.getByRole('dialog', { name: `Rack ${number}` });
      await dialog.getByText('The signature holds').waitFor();
      const text = await dialog.innerText();
      const { ip_address: address, resources } = numberedOffer(number);
      for (const said of [providerId, address, `${resources.memory} GB`, 'x86_64', 'By the word']) {
        assert.ok(text.includes(said), said);
      }
      assert.match(text, /It does not prove that the address can be reached/);
      await dialog.getByText(/by price, among all|the only one/).waitFor();
      assert.deepEqual(complaints, []);
      await page.context().close();
    });
  }

  for (const aheadMs of [3_600_000, -3_600_000]) {
    it(`sees that a proof holds by a clock that is ${aheadMs} ms wrong, and that it is`, async (t) => {
      const { providerId } = await numberedSigner(2);
      const { page } = await visit(t, browser, 'about:blank');
      await page.clock.install({ time: Date.now() + aheadMs });
      await page.goto(`${hub.url}/#provider/${providerId}`);
      const dialog = page.getByRole('dialog');
      await dialog.getByText('The signature holds').waitFor();
      await dialog.getByText(/are (?:1 h|59 min) apart/).waitFor();
      assert.match(await dialog.locator('.countdown').innerText(), /^in [1-5]:\d\d,/);
      await page.context().close();
    });
  }

  it('is told of an id that is none, and no hub is asked twice about it', async (t) => {
    const { page } = await visit(t, browser, 'about:blank');
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/0x12')) asked.push(request.url());
    });
    await page.clock.install();
    await page.goto(`${hub.url}/#provider/0x12`);
    await page.getByRole('dialog').getByText('is not an Ethereum address').waitFor();
    await page.clock.runFor(60_000);
    assert.equal(asked.length, 1, asked.join('\n'));
  });

  it('keeps the market in sight where the rest of the page can no longer be had', async (t) => {
    const { page } = await visit(t, browser, 'about:blank');
    await page.route(/provider-panel/, (route) => route.abort());
    await page.goto(hub.url);
    await page.locator('.table-rows a').first().click();
    const dialog = page.getByRole('dialog', { name: 'This could not be loaded' });
    await dialog.getByText('Reload it once the hub is back').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.ok((await page.locator('.table-rows a').count()) > 5);
  });

  it('says so where what checks a proof can no longer be had', async (t) => {
    const { providerId } = await numberedSigner(2);
    const { page } = await visit(t, browser, 'about:blank');
    await page.route(/verify-advertisement/, (route) => route.abort());
    await page.goto(`${hub.url}/#provider/${providerId}`);
    await page.getByRole('dialog').getByText('The proof could not be fetched').waitFor();
  });

  it('is warned where the hub says something else than the key signed', async (t) => {
    const { providerId } = await numberedSigner(4);
    const { ip_address: address } = numberedOffer(4);
    const liar = await createTamperingProxy(hub.url, (text) =>
      text.replaceAll(`"ip_address":"${address}"`, '"ip_address":"203.0.113.66"'),
    );
    t.after(() => liar.close());
    const { page } = await visit(t, browser, `${liar.url}/#provider/${providerId}`);
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The proof is broken').waitFor();
    const text = await dialog.innerText();
    assert.match(text, /ip_address is "203\.0\.113\.66" in the answer, and "198\.51\.100\.4"/);
    assert.doesNotMatch(text, /The signature holds/);
  });

  it('sees what was signed, where the hub says something else when it is not asked for the proof', async (t) => {
    const { providerId } = await numberedSigner(4);
    const { ip_address: address } = numberedOffer(4);
    const liar = await createTamperingProxy(hub.url, (text) =>
      text.includes('"proof":') ? text : text.replaceAll(address, '203.0.113.66'),
    );
    t.after(() => liar.close());
    const { page } = await visit(t, browser, `${liar.url}/#provider/${providerId}`);
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The signature holds').waitFor();
    const text = await dialog.innerText();
    assert.ok(text.includes(address));
    assert.doesNotMatch(text, /203\.0\.113\.66/);
  });

  it('is told at once where nobody of that id is listed, and can ask why', async (t) => {
    const signer = await numberedSigner(900);
    await list(hub.url, signer, numberedOffer(0));
    await withdraw(hub.url, signer);
    const { page } = await visit(t, browser, `${hub.url}/#provider/${signer.providerId}`);
    await page.getByText('This provider is not listed').waitFor();
    await page.getByRole('button', { name: 'Ask why' }).click();
    await page.getByText('No: you withdrew').waitFor();
  });

  it('sees a renewal without asking, and the end of who does not renew', async (t) => {
    const short = await startHub({
      DISCOVERY_ADVERTISEMENT_TTL_SECONDS: String(TTL_SECONDS),
      DISCOVERY_DB_URL: 'sqlite:///:memory:',
    });
    t.after(() => short.close());
    const signer = await numberedSigner(5);
    await list(short.url, signer, numberedOffer(5));
    const { page } = await visit(t, browser, `${short.url}/#provider/${signer.providerId}`);
    const end = page
      .getByRole('dialog')
      .locator('.facts dd')
      .filter({ hasText: 'unless it renews' });
    const firstEnd = (await end.innerText()).split('\n')[0] ?? '';
    await list(short.url, signer, numberedOffer(5));
    await page.waitForFunction(
      (old) => !(document.querySelector('dialog')?.innerText ?? '').includes(old),
      firstEnd,
    );
    await page.getByText('This provider is not listed').waitFor();
  });

  it('asks about an unsigned provider, where the hub lists such', async (t) => {
    const open = await startHub({
      DISCOVERY_AUTH: 'optional',
      DISCOVERY_DB_URL: 'sqlite:///:memory:',
    });
    t.after(() => open.close());
    const { page } = await visit(t, browser, `${open.url}/#visible`);
    await page.getByLabel('Your provider id').fill('rack-of-old');
    await page.keyboard.press('Enter');
    await page.getByText('No: this hub does not know you').waitFor();
  });

  it('asks as a provider whether it is visible, with the id as it is written on its key', async (t) => {
    const { providerId } = await numberedSigner(7);
    const { page } = await visit(t, browser, hub.url);
    await page.getByRole('button', { name: 'Am I visible?' }).click();
    await page.getByLabel('Your provider id').fill('0x12');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('is not an Ethereum address').waitFor();
    await page.getByLabel('Your provider id').fill(`  ${providerId}`);
    await page.keyboard.press('Enter');
    await page.getByText('Yes, you are listed').waitFor();
    assert.equal(new URL(page.url()).hash, `#visible/${providerId}`);
    const told = await page.getByRole('dialog').innerText();
    assert.doesNotMatch(told, /\d{4}-\d\d-\d\dT/, 'times are in the zone of the viewer');
    await page.getByLabel('Your provider id').fill(`0x${'0'.repeat(39)}1`);
    await page.getByRole('button', { name: 'Look' }).click();
    await page.getByText('No: this hub does not know you').waitFor();
  });
});
