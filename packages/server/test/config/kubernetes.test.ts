import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultsOf, read } from './sources.js';

const SERVICE_CALLED_DISCOVERY = {
  DISCOVERY_SERVICE_HOST: '10.3.2.1',
  DISCOVERY_SERVICE_PORT: '7465',
  DISCOVERY_SERVICE_PORT_HTTP: '7465',
  DISCOVERY_PORT_7465_TCP: 'tcp://10.3.2.1:7465',
  DISCOVERY_PORT_7465_TCP_PROTO: 'tcp',
  DISCOVERY_PORT_7465_TCP_PORT: '7465',
  DISCOVERY_PORT_7465_TCP_ADDR: '10.3.2.1',
};

test('variables that Kubernetes makes for a Service called discovery are passed over', () => {
  assert.deepEqual(faultsOf(SERVICE_CALLED_DISCOVERY), []);
});

test('so are those of a Service whose name begins with discovery', () => {
  assert.deepEqual(
    faultsOf({
      DISCOVERY_WEB_SERVICE_HOST: '10.3.2.1',
      DISCOVERY_WEB_SERVICE_PORT: '80',
      DISCOVERY_WEB_PORT: 'tcp://10.3.2.1:80',
      DISCOVERY_WEB_PORT_80_TCP: 'tcp://10.3.2.1:80',
    }),
    [],
  );
});

test('a port that a Service link took says how to get it back', () => {
  for (const variable of ['DISCOVERY_PORT', 'DISCOVERY_METRICS_PORT']) {
    const [line, ...more] = faultsOf({
      ...SERVICE_CALLED_DISCOVERY,
      [variable]: 'tcp://10.3.2.1:7465',
    });
    assert.deepEqual(more, []);
    assert.match(
      line ?? '',
      new RegExp(`^${variable} is "tcp://10.3.2.1:7465".*enableServiceLinks: false`),
    );
  }
});

test('a flag makes a port that a Service link took harmless', () => {
  const env = { ...SERVICE_CALLED_DISCOVERY, DISCOVERY_PORT: 'tcp://10.3.2.1:7465' };
  const outcome = read({ env, flags: new Map([['--port', '7465']]) });
  assert.ok(outcome.ok);
});

test('what only looks like it is a fault all the same', () => {
  for (const variable of [
    'DISCOVERY_SERVICE',
    'DISCOVERY_SERVICE_HOSTS',
    'DISCOVERY_PORT_TCP',
    'DISCOVERY_WEB_PORT',
  ]) {
    assert.equal(faultsOf({ [variable]: '1' }).length, 1, variable);
  }
});
