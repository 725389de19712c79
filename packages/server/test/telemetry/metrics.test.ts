import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMetrics } from '#src/telemetry/metrics.js';
import { serveMetrics } from '#src/telemetry/metrics-page.js';

test('a gauge is read when the page is, and left out while there is no value', async () => {
  const metrics = createMetrics();
  let listed: number | undefined = 5;
  metrics.gauge('listed', 'Listed.', () => listed);
  assert.match((await metrics.page()).text, /^discovery_listed 5$/m);
  listed = undefined;
  assert.doesNotMatch((await metrics.page()).text, /^discovery_listed /m);
  listed = 7;
  assert.match((await metrics.page()).text, /^discovery_listed 7$/m);
});

test('a name that is asked for twice is a bug', () => {
  const metrics = createMetrics();
  metrics.gauge('listed', 'Listed.', () => 1);
  assert.throws(() => metrics.gauge('listed', 'Listed.', () => 1));
});

test('the page is served on the loopback address alone, at /metrics alone', async () => {
  const metrics = createMetrics();
  metrics.gauge('listed', 'Listed.', () => 1);
  const page = await serveMetrics(metrics, 0);
  try {
    assert.match(page.url, /^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    const answer = await fetch(page.url);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    const text = await answer.text();
    assert.match(text, /^discovery_listed 1$/m);
    assert.match(text, /^nodejs_eventloop_lag_seconds /m);
    for (const [path, method] of [
      ['/', 'GET'],
      ['/metrics', 'POST'],
      ['/metrics?x', 'GET'],
    ] as const) {
      assert.equal((await fetch(new URL(path, page.url), { method })).status, 404);
    }
  } finally {
    await page.close();
    await page.close();
  }
});

test('a port that is taken is an error, not a crash', async () => {
  const first = await serveMetrics(createMetrics(), 0);
  try {
    await assert.rejects(serveMetrics(createMetrics(), Number(new URL(first.url).port)), {
      code: 'EADDRINUSE',
    });
  } finally {
    await first.close();
  }
});
