import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requestLines } from '#src/search/request-lines.js';
import { EVERYTHING, type Search } from '#src/search/search.js';

const SEARCH: Search = {
  requirements: {
    cpu: 2,
    memory: 4,
    storage: 20,
    country: ['FI', 'SE'],
    platform: 'x86_64',
    verified: true,
    max_usd_per_month: 12.5,
  },
  sort: 'price',
};

describe('the same search elsewhere', () => {
  it('is one line for curl', () => {
    assert.equal(
      requestLines('http://hub', 'mainnet', SEARCH).curl,
      `curl 'http://hub/api/v1/advertisements?cpu=2&memory=4&storage=20&country=FI,SE&platform=x86_64&verified=true&max_usd_per_month=12.5&sort=price'`,
    );
    assert.equal(
      requestLines('http://hub', 'mainnet', EVERYTHING).curl,
      `curl 'http://hub/api/v1/advertisements'`,
    );
  });

  it('is one line for the command line, with the network where it is another', () => {
    assert.equal(
      requestLines('http://hub', 'testnet', SEARCH).command,
      'npx golem-discovery find --hub http://hub --network testnet --cpu 2 --memory 4 --storage 20 --country FI,SE --platform x86_64 --verified --max-price 12.5 --sort price',
    );
  });

  it('reaches a hub at an IPv6 address from any shell', () => {
    const lines = requestLines('http://[::1]:7465', 'mainnet', EVERYTHING);
    assert.equal(lines.curl, `curl -g 'http://[::1]:7465/api/v1/advertisements'`);
    assert.equal(lines.command, `npx golem-discovery find --hub 'http://[::1]:7465'`);
  });

  it('is a program for the SDK', () => {
    const lines = requestLines('http://hub', 'mainnet', SEARCH).sdk;
    assert.match(lines, /new DiscoveryClient\(\{ hubs: 'http:\/\/hub' \}\)/);
    assert.match(lines, /country: \['FI', 'SE'\],\n {2}platform: 'x86_64',\n {2}verified: true,/);
    assert.match(lines, /sort: 'price',\n\}\);/);
  });
});
