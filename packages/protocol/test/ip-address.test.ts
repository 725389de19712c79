import assert from 'node:assert/strict';
import { isIP, SocketAddress } from 'node:net';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { parseIpAddress } from 'golem-vm-discovery-protocol';

const pieces = fc.constantFrom(
  ' ',
  '\n',
  ...'0 1 01 255 256 1.1.1.1 10.0.0.1 010.1.1.1 1.2.3 . : ::'.split(' '),
  ...'f ffff 0db8 00001 FFFF g 2001 fe80 % %1 / [ ]'.split(' '),
);
const mutated = fc
  .tuple(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(40), fc.nat(2), pieces)
  .map(([text, at, dropped, piece]) => text.slice(0, at) + piece + text.slice(at + dropped));
const texts = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  mutated,
  fc.array(pieces, { maxLength: 17 }).map((list) => list.join('')),
  fc.array(fc.constantFrom('0', 'a', 'ffff', '1', ''), { maxLength: 9 }).map((l) => l.join(':')),
  fc.string(),
);

describe('parseIpAddress', () => {
  it('reads exactly what Node reads, less zones', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const expected = isIP(text) !== 0 && !text.includes('%');
        assert.equal(parseIpAddress(text) !== undefined, expected, JSON.stringify(text));
      }),
      { numRuns: 20_000 },
    );
  });

  it('gives the canonical form that Node gives', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const parsed = parseIpAddress(text);
        const canonical = parsed?.canonical ?? '';
        assert.equal(parsed?.text, text);
        assert.equal(parseIpAddress(canonical)?.canonical, canonical);
        if (!canonical.includes(':')) return;
        const byNode = new SocketAddress({ address: text, family: 'ipv6' }).address;
        assert.equal(parseIpAddress(byNode)?.canonical, canonical);
      }),
    );
  });

  it('folds a v4-mapped address to its IPv4 address, however it is written', () => {
    for (const text of ['::ffff:10.0.0.1', '::FFFF:a00:1', '0:0:0:0:0:ffff:0a00:0001']) {
      const address = parseIpAddress(text);
      assert.deepEqual(address, {
        text,
        canonical: '10.0.0.1',
        network: '10.0.0.1',
        reach: 'local',
      });
    }
  });

  const networks = [
    ['83.233.10.2', '83.233.10.2'],
    ['2001:db8:0:1:ffff::1', '2001:db8:0:1::/64'],
    ['2001:db8::1', '2001:db8::/64'],
    ['::1', '::/64'],
    ['2a01:4f8:1:2:3:4:5:6', '2a01:4f8:1:2::/64'],
    ['2A01:0:0:2::', '2a01:0:0:2::/64'],
  ] as const;
  it('counts an IPv4 address by itself and an IPv6 one by its /64', () => {
    for (const [text, network] of networks) assert.equal(parseIpAddress(text)?.network, network);
  });

  const reaches = {
    public:
      '1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 172.15.255.255 ' +
      '172.32.0.0 192.167.255.255 198.20.0.0 223.255.255.255 2000:: 2a01:4f8::7 2001:200:: ' +
      '2001:db9:: 3ffe:ffff:: ::ffff:8.8.8.8',
    local:
      '10.0.0.0 10.255.255.255 100.64.0.0 127.0.0.1 169.254.1.1 172.16.0.0 172.31.255.255 ' +
      '192.0.0.1 192.0.2.1 192.168.0.0 198.18.0.0 198.51.100.1 203.0.113.255 192.88.99.1 ' +
      '::1 fc00:: fdff::1 fe80::1 febf:: 64:ff9b::a00:1 2001:db8::1 2001::1 2002:a00:1:: 3fff::1',
    none:
      '0.0.0.0 0.1.2.3 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 :: ::2 ::1.2.3.4 ' +
      'fec0::1 ff02::1 4000:: 1fff:: 100::1 64:ff9c::1 ::ffff:0.0.0.0 ::ffff:224.0.0.1',
  };
  for (const [reach, addresses] of Object.entries(reaches)) {
    it(`knows which addresses are ${reach}`, () => {
      for (const text of addresses.split(' '))
        assert.equal(parseIpAddress(text)?.reach, reach, text);
    });
  }
});
