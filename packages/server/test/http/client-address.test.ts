import assert from 'node:assert/strict';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, it } from 'node:test';
import { createClientAddresses } from '#src/http/client-address.js';

/** Where a request is said to come from. */
function locate(trusted: readonly string[], peer: string, forwardedFor?: string): string {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: peer });
  const request = new IncomingMessage(socket);
  if (forwardedFor !== undefined) request.headers['x-forwarded-for'] = forwardedFor;
  const connection = { socket, source: undefined, latest: undefined, queued: 0, broken: false };
  const { address, network } = createClientAddresses(trusted)(request, connection);
  return address === network ? address : `${address} of ${network}`;
}

void describe('the address of a client', () => {
  void it('is the socket’s, v4-mapped folded, IPv6 counted by its /64', () => {
    assert.equal(locate([], '198.51.100.7'), '198.51.100.7');
    assert.equal(locate([], '::ffff:198.51.100.7'), '198.51.100.7');
    assert.equal(locate([], '2a01:4f8:0:1::7'), '2a01:4f8:0:1::7 of 2a01:4f8:0:1::/64');
    assert.equal(locate([], 'fe80::1%eth0'), 'fe80::1 of fe80::/64');
  });

  void it('is not what a stranger forwards', () => {
    assert.equal(locate([], '198.51.100.7', '203.0.113.1'), '198.51.100.7');
    assert.equal(locate(['10.0.0.0/8'], '198.51.100.7', '203.0.113.1'), '198.51.100.7');
  });

  void it('is the right-most that no trusted proxy wrote', () => {
    const trusted = ['10.0.0.0/8', '2001:db8::5'];
    assert.equal(locate(trusted, '10.0.0.1', '203.0.113.1'), '203.0.113.1');
    assert.equal(locate(trusted, '::ffff:10.0.0.1', '203.0.113.1'), '203.0.113.1');
    assert.equal(locate(trusted, '2001:db8::5', '203.0.113.1, 10.9.9.9'), '203.0.113.1');
    assert.equal(locate(trusted, '10.0.0.1', '1.1.1.1, 203.0.113.1, 10.9.9.9'), '203.0.113.1');
    assert.equal(locate(trusted, '10.0.0.1', '10.0.0.3,10.0.0.2'), '10.0.0.3');
  });

  void it('may be forwarded with a port', () => {
    assert.equal(locate(['10.0.0.1'], '10.0.0.1', '203.0.113.1:4711'), '203.0.113.1');
    assert.equal(
      locate(['10.0.0.1'], '10.0.0.1', '[2a01:4f8::7]:4711'),
      '2a01:4f8::7 of 2a01:4f8::/64',
    );
  });

  void it('is the last one known to be true where garbage was forwarded', () => {
    for (const garbage of [
      '',
      ' ',
      ',',
      'unknown',
      '_hidden',
      '999.1.1.1',
      'a,b',
      '203.0.113.1,',
    ]) {
      assert.equal(locate(['10.0.0.1'], '10.0.0.1', garbage), '10.0.0.1', garbage);
    }
    assert.equal(locate(['10.0.0.0/8'], '10.0.0.1', 'x, 10.0.0.2'), '10.0.0.2');
  });

  void it('is looked for in 32 entries at most', () => {
    const chain = (proxies: number) => `203.0.113.1, ${Array(proxies).fill('10.0.0.2').join(', ')}`;
    assert.equal(locate(['10.0.0.0/8'], '10.0.0.1', chain(31)), '203.0.113.1');
    assert.equal(locate(['10.0.0.0/8'], '10.0.0.1', chain(32)), '10.0.0.2');
    assert.equal(locate(['10.0.0.0/8'], '10.0.0.1', chain(1_000)), '10.0.0.2');
  });

  void it('knows proxies by address, CIDR, and v4-mapped form', () => {
    assert.equal(locate(['::ffff:10.0.0.1'], '10.0.0.1', '203.0.113.1'), '203.0.113.1');
    assert.equal(locate(['::ffff:10.0.0.0/104'], '10.0.0.1', '203.0.113.1'), '203.0.113.1');
    assert.equal(locate(['2001:db8::/32'], '10.0.0.1', '203.0.113.1'), '10.0.0.1');
    assert.throws(() => locate(['ten'], '10.0.0.1'));
  });
});
