import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { EXIT_CODES } from '#src/command/exit-codes.js';
import { run } from '../command/command-run.js';

const PAGE = await readFile(
  new URL('../../../../../docs/command-line.md', import.meta.url),
  'utf8',
);

/** The rows of the table below a heading; the first table of the page is below its title. */
function rows(heading: string): readonly (readonly string[])[] {
  const section = PAGE.split(`${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}

describe('the page about the command line', () => {
  it('lists every exit code with its meaning', () => {
    const expected = Object.values(EXIT_CODES).map(({ code, meaning }) => [String(code), meaning]);
    assert.deepEqual(rows('## Exit codes'), expected);
  });

  it('lists every command and every variable as --help does', async () => {
    const { out } = await run(['--help'], { COLUMNS: '200' });
    const told = out.replaceAll(/\s+/g, ' ');
    const listed = rows('# The command line');
    const commands = out.split('\nCommands:\n')[1]?.split('\n\n')[0]?.trimEnd().split('\n') ?? [];
    assert.equal(listed.length, commands.length - 1, 'all but help');
    for (const [name = '', summary = ''] of listed) {
      assert.match(told, new RegExp(` ${name}( \\S+)* ${summary}`));
    }
    for (const [name, meaning] of rows('## Environment')) {
      assert.ok(told.includes(`${name} ${meaning}`), name);
    }
  });
});
