import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadKey } from '#src/keys/index.js';
import { run } from './command-run.js';

describe('golem-discovery keygen', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'golem-discovery-'));
  });

  after(() => rm(folder, { recursive: true }));

  it('makes an Ed25519 key in its usual place, prints who it is, and says where it is kept', async () => {
    const { code, out, err } = await run(['keygen'], { HOME: folder });
    const path = join(folder, '.golem-discovery', 'provider.key');
    assert.equal(code, 0);
    assert.match(out, /^did:key:z6Mk\w{44}\n$/);
    assert.equal((await loadKey(path)).providerId, out.trim());
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.equal((await stat(join(folder, '.golem-discovery'))).mode & 0o777, 0o700);
    assert.ok(err.startsWith(`Kept in ${path} (not encrypted, readable for you alone).`));
  });

  it('makes an Ethereum key where it is told to, encrypted with the passphrase of the environment', async () => {
    const key = join(folder, 'rack-7.key');
    const env = { GOLEM_DISCOVERY_KEY: key, GOLEM_DISCOVERY_PASSPHRASE: 'correct horse' };
    const { code, out, err } = await run(['keygen', '--type', 'ethereum'], env);
    assert.equal(code, 0);
    assert.match(out, /^0x[0-9a-f]{40}\n$/);
    assert.match(err, /\(encrypted,/);
    await assert.rejects(loadKey(key));
    assert.equal((await loadKey(key, { passphrase: 'correct horse' })).providerId, out.trim());
  });

  it('never writes over a key: ends with 6', async () => {
    const key = join(folder, 'once.key');
    await run(['keygen', '--key', key]);
    const kept = await readFile(key, 'utf8');
    const { code, out, err } = await run(['keygen', '--key', key]);
    assert.equal(code, 6);
    assert.equal(out, '');
    assert.match(err, /^error: .*once\.key exists already/);
    assert.equal(await readFile(key, 'utf8'), kept);
  });

  it('is not given another file for a name that is empty: ends with 2', async () => {
    const { code, err } = await run(['keygen', '--key', ''], { HOME: folder });
    assert.equal(code, 2);
    assert.match(
      err,
      /^error: option '--key <file>' argument '' is invalid\. It is empty: name a file\.$/m,
    );
  });

  it('is refused a key that others can read, a missing one, and a wrong passphrase: each ends with 6', async () => {
    const key = join(folder, 'open.key');
    await run(['keygen', '--key', key]);
    await chmod(key, 0o644);
    const open = await run(['withdraw', '--key', key]);
    assert.equal(open.code, 6);
    assert.match(open.err, /^error: .*open\.key/);
    const missing = await run(['withdraw', '--key', join(folder, 'nowhere.key')]);
    assert.equal(missing.code, 6);
    assert.match(missing.err, /^Make one with: golem-discovery keygen --key <file>$/m);
    const sealed = join(folder, 'sealed.key');
    await run(['keygen', '--key', sealed], { GOLEM_DISCOVERY_PASSPHRASE: 'right' });
    const silent = await run(['withdraw', '--key', sealed]);
    assert.equal(silent.code, 6);
    assert.match(silent.err, /^Where nobody can be asked, set GOLEM_DISCOVERY_PASSPHRASE\.$/m);
    const wrong = await run(['withdraw', '--key', sealed], { GOLEM_DISCOVERY_PASSPHRASE: 'wrong' });
    assert.equal(wrong.code, 6);
    assert.match(wrong.err, /^error: the passphrase does not open /);
  });
});
