import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readTypedId } from '#src/visibility/typed-id.js';

const ADDRESS = '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed';
const CHECKSUMMED = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const KEY = 'did:key:z6MkmqN8vTCLMPQLQ3yExawoVkATx8ShcnXyyqrc5PGrrV9j';

describe('an id that somebody typed', () => {
  for (const typed of [
    ADDRESS,
    CHECKSUMMED,
    ` ${ADDRESS}\n`,
    `"${ADDRESS}"`,
    `${ADDRESS.slice(0, 22)}\n  ${ADDRESS.slice(22)}`,
    ADDRESS.slice(2),
    CHECKSUMMED.slice(2),
    ADDRESS.toUpperCase(),
    `0x${ADDRESS.slice(2).toUpperCase()}`,
  ]) {
    it(`is an address, written ${JSON.stringify(typed)}`, () => {
      assert.equal(readTypedId(typed), ADDRESS);
    });
  }

  it('is a key, whatever was copied along with it', () => {
    for (const typed of [KEY, `'${KEY}'`, `did:key: ${KEY.slice(8)} `]) {
      assert.equal(readTypedId(typed), KEY);
    }
  });

  it('stays as it was typed where it is none, a wrong checksum and the names of the unsigned included', () => {
    const wrong = CHECKSUMMED.replace('aA', 'Aa');
    for (const typed of ['', 'rack-of-old', '0x12', KEY.toUpperCase(), wrong, 'a b', '../stats']) {
      assert.equal(readTypedId(` ${typed} `), typed);
    }
  });
});
