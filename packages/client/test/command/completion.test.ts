import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { before, describe, it } from 'node:test';
import { run } from './command-run.js';

describe('golem-discovery completion', () => {
  let bash: string;

  before(async () => {
    bash = (await run(['completion', 'bash'])).out;
  });

  /** What bash would offer for the last of these words. */
  function completed(...words: readonly string[]): readonly string[] {
    const array = words.map((word) => `'${word}'`).join(' ');
    const ask = `COMP_WORDS=(golem-discovery ${array}); COMP_CWORD=${words.length}`;
    const script = `${bash}\n${ask}; _golem_discovery; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr, status } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return stdout.split('\n').filter((line) => line !== '');
  }

  it('offers the commands of this very program in bash', () => {
    assert.deepEqual(completed('f'), ['find']);
    assert.deepEqual(completed('wi'), ['withdraw']);
    assert.ok(completed('').length >= 9);
  });

  it('offers the options of a command, and the values of an option', () => {
    assert.deepEqual(completed('find', '--m'), ['--memory', '--max-price']);
    assert.deepEqual(completed('find', '--sort', 'p'), ['price']);
    assert.deepEqual(completed('keygen', '--type', ''), ['ed25519', 'ethereum']);
    assert.deepEqual(completed('completion', 'z'), ['zsh']);
  });

  it('leaves files to bash where an option takes one', () => {
    assert.deepEqual(completed('advertise', '--key', 'x'), []);
    assert.match(bash, /^complete -o default -F _golem_discovery golem-discovery$/m);
  });

  it('knows every command, option and choice in zsh and in fish', async () => {
    const zsh = (await run(['completion', 'zsh'])).out;
    assert.match(zsh, /^#compdef golem-discovery$/m);
    assert.match(zsh, /^ {4}'find:show the providers that fit'$/m);
    assert.match(zsh, /'--sort\[[^\]]*\]:value:\(uptime price cpu memory storage\)'/);
    assert.match(zsh, /'--key\[[^\]]*\]:value:_files'/);
    const fish = (await run(['completion', 'fish'])).out;
    assert.match(fish, /-n __fish_use_subcommand -a find -d 'show the providers that fit'$/m);
    assert.match(fish, /find' -l sort -x -a 'uptime price cpu memory storage' -d '/);
    assert.match(fish, /advertise' -l key -r -F -d '/);
  });

  it('ends with 2 for a shell that it does not know, and lists those that it does', async () => {
    const { code, err } = await run(['completion', 'tcsh']);
    assert.equal(code, 2);
    assert.match(err, /Allowed choices are bash, zsh, fish/);
  });
});
