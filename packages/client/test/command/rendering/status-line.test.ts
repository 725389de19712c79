import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { progressText } from '#src/command/rendering/progress-text.js';
import { createStatusLine } from '#src/command/rendering/status-line.js';

function recorded(isTerminal: boolean) {
  const written: string[] = [];
  const write = (text: string) => void written.push(text);
  const status = createStatusLine({ write, isTerminal, columns: () => 20, colour: false });
  return { status, written };
}

describe('a status line', () => {
  it('stays last on a terminal, is rewritten in place, and never wraps', () => {
    const { status, written } = recorded(true);
    status.show('one');
    status.print('news');
    status.show('a status that is far too long');
    status.close();
    status.close();
    assert.deepEqual(written, [
      'one',
      '\r\u001B[2Knews\none',
      '\r\u001B[2Ka status that is f…',
      '\r\u001B[2K',
      '',
    ]);
  });

  it('is not there in a pipe, where only news is', () => {
    const { status, written } = recorded(false);
    status.show('one');
    status.print('news');
    status.close();
    assert.equal(written.join(''), 'news\n');
  });

  it('can show how far something is', () => {
    assert.equal(progressText(0, 10), `${'░'.repeat(24)} 0/10`);
    assert.equal(progressText(5, 10), `${'█'.repeat(12)}${'░'.repeat(12)} 5/10`);
    assert.equal(progressText(11, 10), `${'█'.repeat(24)} 11/10`);
    assert.equal(progressText(0, 0), `${'█'.repeat(24)} 0/0`);
  });
});
