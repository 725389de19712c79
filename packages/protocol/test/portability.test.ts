import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { describe, it } from 'node:test';
import * as protocol from 'golem-vm-discovery-protocol';

const SOURCE = new URL('../../src/', import.meta.url);
const FILES = readdirSync(SOURCE).filter((name) => name.endsWith('.ts'));

function importsOf(file: string): string[] {
  const text = readFileSync(new URL(file, SOURCE), 'utf8');
  return Array.from(text.matchAll(/\b(?:from|import)\s*\(?'([^']+)'/g), ([, name = '']) => name);
}

describe('the protocol', () => {
  it('imports nothing of Node, so that it runs in a browser', () => {
    assert.ok(FILES.length > 20);
    const builtin = new Set(builtinModules);
    for (const file of FILES) {
      for (const name of importsOf(file)) {
        assert.ok(!name.startsWith('node:') && !builtin.has(name), `${file} imports ${name}`);
      }
    }
  });

  it('uses no global that only Node has, and reads no clock', () => {
    for (const file of FILES) {
      const code = readFileSync(new URL(file, SOURCE), 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
      const [found] =
        /\b(?:Buffer|process|require|global|Date|performance|Math\.random)\b[.([]/.exec(code) ?? [];
      assert.equal(found, undefined, `${file} uses ${found}`);
    }
  });

  it('offers everything by one entry, and nothing by another', async () => {
    assert.equal(typeof protocol.parseFindQuery, 'function');
    const inner: string = 'golem-vm-discovery-protocol/dist/src/index.js';
    await assert.rejects(import(inner), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
  });

  it('names a network by 1 to 32 of a-z, 0-9 and hyphen', () => {
    for (const name of ['a', 'mainnet', 'test-7', 'x'.repeat(32)])
      assert.ok(protocol.isNetworkName(name));
    for (const name of ['', 'Main', 'a_b', 'a\n', 'ä', 'x'.repeat(33)])
      assert.ok(!protocol.isNetworkName(name));
  });

  it('knows the countries of ISO 3166-1, by upper-case code alone', () => {
    assert.equal(protocol.countryName('SE'), 'Sweden');
    for (const code of ['se', 'ZZ', 'UK', 'EU', '']) assert.ok(!protocol.isCountryCode(code));
  });

  it('describes every problem with a status, a title and an advice', () => {
    for (const [code, { status, title }] of Object.entries(protocol.PROBLEMS)) {
      assert.match(code, /^[A-Z]+_\d{3}$/);
      assert.ok(status >= 400 && status < 600 && title.length > 5, code);
    }
  });
});
