import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { askSecret } from '#src/command/secret-prompt.js';
import type { Secret } from '#src/command/surroundings.js';

/** Somebody who types that. */
async function typed(keys: string): Promise<{ answer: Secret; shown: string }> {
  const input = new PassThrough();
  const output = new PassThrough().setEncoding('utf8');
  const asked = askSecret(input, output, 'Passphrase: ');
  input.write(keys);
  const answer = await asked;
  output.end();
  return { answer, shown: (await output.toArray()).join('') };
}

describe('asking for a secret', () => {
  it('gives the line that was typed, and shows none of it', async () => {
    assert.deepEqual(await typed('correct horse\r'), {
      answer: { typed: 'correct horse' },
      shown: 'Passphrase: \n',
    });
  });

  it('says so when the person gives up', async () => {
    assert.equal((await typed('half\u0003')).answer, 'gave up');
    assert.equal((await typed('\u0004')).answer, 'gave up');
  });
});
