import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { describeListenError, describeStoreProblem } from '#src/command/start-problem.js';

/** The error that listening there really gives. */
function listenError(host: string, port: number): Promise<Error> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ host, port }, () => server.close(() => reject(new Error('it listens'))));
  });
}

test('a port that is taken says so, and what to do', async () => {
  const first = createServer();
  await new Promise<void>((resolve) => void first.listen({ host: '127.0.0.1', port: 0 }, resolve));
  const address = first.address();
  assert.ok(address !== null && typeof address === 'object');
  try {
    assert.equal(
      describeListenError(await listenError('127.0.0.1', address.port)),
      `127.0.0.1:${address.port} is taken by another process: stop that one, or choose another port with DISCOVERY_PORT or --port`,
    );
    assert.match(
      describeListenError(await listenError('127.0.0.1', address.port), address.port) ?? '',
      /with DISCOVERY_METRICS_PORT or --metrics-port$/,
    );
  } finally {
    first.close();
  }
});

test('an address that is not of this machine names the setting', async () => {
  const message = describeListenError(await listenError('192.0.2.1', 0));
  assert.match(
    message ?? '',
    /^192\.0\.2\.1(?::0)? is not an address of this machine.*DISCOVERY_HOST/,
  );
});

test('any other error is a bug and stays one', () => {
  assert.equal(describeListenError(new Error('boom')), undefined);
  assert.equal(describeListenError('boom'), undefined);
});

test('an addon that was never built, or for another Node, says how to build it', () => {
  for (const said of [
    "hub.db can't be used: Could not locate the bindings file. Tried:\n → /x/build/better_sqlite3.node",
    "hub.db can't be used: The module '/x/better_sqlite3.node'\nwas compiled against a different Node.js version using\nNODE_MODULE_VERSION 115.",
  ]) {
    assert.match(describeStoreProblem(said), /^[^\n]*npm rebuild better-sqlite3[^\n]*$/);
  }
  assert.equal(describeStoreProblem('hub.db is damaged'), 'hub.db is damaged');
});
