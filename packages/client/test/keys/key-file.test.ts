import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { inspect } from 'node:util';
import {
  generateKey,
  KeyFileError,
  loadKey,
  loadOrCreateKey,
  saveKey,
  type KeyFileFault,
} from '#src/keys/index.js';
import { isBearable } from '#src/keys/sealing.js';
import { isSignedBy } from '#src/signers/is-signed-by.js';

describe('a key file', () => {
  let folder = '';
  let path = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'golem-discovery-keys-'));
    path = join(folder, 'provider.key');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function failsWith(fault: KeyFileFault, promise: Promise<unknown>): Promise<KeyFileError> {
    const error: unknown = await promise.then(
      () => assert.fail('it succeeded'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof KeyFileError, inspect(error));
    assert.equal(error.fault, fault);
    assert.match(error.message, /provider\.key/);
    return error;
  }

  /** Writes the file again with something changed. */
  async function tamper(change: (text: string) => string): Promise<void> {
    const text = await readFile(path, 'utf8');
    assert.notEqual(change(text), text);
    await writeFile(path, change(text));
  }

  for (const scheme of ['ed25519', 'ethereum'] as const) {
    for (const passphrase of [undefined, 'korrekt häst 🐎']) {
      it(`gives back the ${scheme} key that was put in, ${passphrase === undefined ? 'bare' : 'under a passphrase'}`, async () => {
        const key = generateKey(scheme);
        await saveKey(path, key, { passphrase });
        const loaded = await loadKey(path, { passphrase });
        assert.equal(loaded.providerId, key.providerId);
        assert.deepEqual(loaded.secret, key.secret);
        assert.ok(isSignedBy(key.providerId, 'a text', await loaded.sign('a text')));
      });
    }
  }

  it('is for its owner alone, and nothing else is left in the folder', async () => {
    await saveKey(path, generateKey());
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(folder), ['provider.key']);
  });

  it('is never overwritten, whoever comes second', async () => {
    const keys = Array.from({ length: 8 }, () => generateKey());
    const results = await Promise.allSettled(keys.map((key) => saveKey(path, key)));
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    const kept = await readFile(path);
    await failsWith('exists', saveKey(path, generateKey()));
    assert.deepEqual(await readFile(path), kept);
    assert.deepEqual(await readdir(folder), ['provider.key']);
  });

  for (const mode of [0o640, 0o604, 0o660, 0o610, 0o666]) {
    it(`is refused with mode ${mode.toString(8)}, and the message says what to do`, async () => {
      await saveKey(path, generateKey());
      await chmod(path, mode);
      assert.match((await failsWith('exposed', loadKey(path))).message, /chmod 600/);
      await chmod(path, 0o600);
      await loadKey(path);
    });
  }

  it('opens only with its passphrase, however its letters are composed', async () => {
    await saveKey(path, generateKey(), { passphrase: 'r\u00e4ka' });
    await failsWith('passphrase_missing', loadKey(path));
    await failsWith('passphrase_wrong', loadKey(path, { passphrase: 'raka' }));
    await loadKey(path, { passphrase: 'ra\u0308ka' });
  });

  it('does not hold the secret in clear under a passphrase', async () => {
    const key = generateKey();
    await saveKey(path, key, { passphrase: 'secret' });
    const text = await readFile(path, 'utf8');
    for (const encoding of ['base64url', 'base64', 'hex'] as const) {
      assert.ok(!text.includes(Buffer.from(key.secret).toString(encoding)));
    }
  });

  it('can’t be passed off as the key of another provider', async () => {
    await saveKey(path, generateKey());
    await tamper((text) => text.replace(/did:key:\w+/, generateKey().providerId));
    await failsWith('malformed', loadKey(path));
  });

  it('does not open once what it says beside the secret was changed', async () => {
    await saveKey(path, generateKey(), { passphrase: 'secret' });
    await tamper((text) => text.replace(/did:key:\w+/, generateKey().providerId));
    await failsWith('passphrase_wrong', loadKey(path, { passphrase: 'secret' }));
  });

  it('can’t make its reader work for ever', async () => {
    assert.ok(isBearable({ n: 2 ** 20, r: 8, p: 4 }));
    assert.ok(isBearable({ n: 2 ** 14, r: 1, p: 1 }));
    for (const cost of [
      { n: 2 ** 21, r: 8, p: 1 },
      { n: 2 ** 13, r: 8, p: 1 },
      { n: 2 ** 17 + 1, r: 8, p: 1 },
      { n: 2 ** 17, r: 9, p: 1 },
      { n: 2 ** 17, r: 8, p: 5 },
      { n: 2 ** 17, r: 0, p: 1 },
      { n: NaN, r: 8, p: 1 },
    ]) {
      assert.ok(!isBearable(cost), JSON.stringify(cost));
    }
    await saveKey(path, generateKey(), { passphrase: 'secret' });
    await tamper((text) => text.replace('131072', '1099511627776'));
    await failsWith('malformed', loadKey(path, { passphrase: 'secret' }));
  });

  for (const [what, text] of [
    ['nothing', ''],
    ['no JSON', 'provider'],
    ['a list', '[]'],
    ['another format', '{"version":1}'],
    ['a later version', '{"format":"golem-discovery-key","version":2}'],
    [
      'no secret',
      '{"format":"golem-discovery-key","version":1,"scheme":"ed25519","provider_id":"did:key:z6Mk"}',
    ],
    [
      'a short secret',
      '{"format":"golem-discovery-key","version":1,"scheme":"ed25519","provider_id":"x","secret":"AAAA"}',
    ],
    [
      'a secret that is no key',
      `{"format":"golem-discovery-key","version":1,"scheme":"ethereum","provider_id":"x","secret":"${'A'.repeat(43)}"}`,
    ],
    [
      'an unknown scheme',
      '{"format":"golem-discovery-key","version":1,"scheme":"rsa","provider_id":"x","secret":"AAAA"}',
    ],
    [
      'half a seal',
      '{"format":"golem-discovery-key","version":1,"scheme":"ed25519","provider_id":"x","sealed_secret":{"kdf":"scrypt"}}',
    ],
    ['too much', ' '.repeat(16_385)],
  ] as const) {
    it(`is refused when it holds ${what}`, async () => {
      await writeFile(path, text, { mode: 0o600 });
      await failsWith('malformed', loadKey(path, { passphrase: 'secret' }));
    });
  }

  it('is missed by name where there is none, and is no folder', async () => {
    await failsWith('not_found', loadKey(path));
    await failsWith('inaccessible', saveKey(join(folder, 'no', 'provider.key'), generateKey()));
  });

  it('is made once by several that start together', async () => {
    const keys = await Promise.all(Array.from({ length: 6 }, () => loadOrCreateKey(path)));
    assert.equal(new Set(keys.map(({ providerId }) => providerId)).size, 1);
    const { providerId } = await loadKey(path);
    assert.equal(keys[0]?.providerId, providerId);
  });

  it('takes no empty passphrase for protection', async () => {
    await assert.rejects(saveKey(path, generateKey(), { passphrase: '' }), TypeError);
  });

  it('keeps its secret out of what is logged', () => {
    const key = generateKey();
    assert.doesNotMatch(inspect(key), /secret/);
    assert.doesNotMatch(JSON.stringify(key), /secret/);
  });
});
