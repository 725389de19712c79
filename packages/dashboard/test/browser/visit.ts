/** A browser that visits the page, and what a visitor does there. One browser serves a file of tests. */
import type { TestContext } from 'node:test';
import chromium from '@sparticuz/chromium';
import {
  type Browser,
  type BrowserContextOptions,
  chromium as playwright,
  type Page,
} from 'playwright-core';

/** A name for this machine that browsers don't know to be this machine: what comes from there by plain HTTP they don't trust. */
export const ANOTHER_MACHINE = 'hub.example';

/** As browsers are delivered. */
const TEXT_PX = 16;

/**
 * Starts a browser, whose viewer set the size of texts to `textPx`; the test closes it. The package's own arguments are for functions in a cloud: one
 * process for all pages, which ends with the first of them, and no security between sites. A graphics processor that is
 * imitated takes up to twenty seconds to let go of a page.
 */
export async function launchBrowser(textPx = TEXT_PX): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [
      '--no-sandbox',
      '--no-zygote',
      '--disable-gpu',
      `--blink-settings=defaultFontSize=${textPx}`,
      `--host-resolver-rules=MAP ${ANOTHER_MACHINE} 127.0.0.1`,
    ],
    headless: true,
  });
}

/** A visit, and what went wrong in it that no visitor sees. */
export interface Visit {
  readonly page: Page;
  /** What the browser complained of: errors, and what the policy of the page forbade. */
  readonly complaints: readonly string[];
}

/** Opens a page in a browser of its own, as far as it can tell. Its test closes it, however that ends. */
export async function visit(
  t: TestContext,
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1_400, height: 900 }, ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // That a request failed is no fault of the page: hubs go away, and come back.
    const isFault = message.type() === 'error' && !message.text().startsWith('Failed to load');
    if (isFault) complaints.push(message.text());
  });
  await page.goto(url);
  return { page, complaints };
}

const MAY_SPILL =
  '.card, .totals > div, .chart-axis, .row > .cell-number, .row > [role=columnheader], .panel-inside';

/** The cards out of which something stands, and the amounts and headings that are cut off. */
export async function spilledOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    (selector) =>
      [...document.querySelectorAll(selector)]
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ className, textContent }) => `${className}: ${textContent}`),
    MAY_SPILL,
  );
}

/** The headline of the results, once it says `expected`. */
export async function seeHeadline(page: Page, expected: RegExp | string): Promise<void> {
  await page.locator('#results h2').filter({ hasText: expected }).waitFor();
}
