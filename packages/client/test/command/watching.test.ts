import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { textWidth } from '#src/command/rendering/text-width.js';
import { type HubProcess, startHub } from '../hub-process.js';
import { listMany } from '../listed-providers.js';
import { run, start } from './command-run.js';
import { startScriptedHub } from './scripted-hub.js';

describe('golem-discovery wait-for and find --watch', () => {
  let hub: HubProcess;
  let there: Readonly<Record<string, string>>;
  before(async () => {
    hub = await startHub();
    there = { GOLEM_DISCOVERY_URL: hub.url };
  });
  after(() => hub.end());

  it('wait for the first match, and print what comes, until they are stopped', async () => {
    const waiting = start(['wait-for', '--cpu', '1', '--json'], there);
    const watching = start(['find', '--watch'], there);
    const timedOut = await run(['wait-for', '--cpu', '1024', '--timeout', '1'], there);
    assert.equal(timedOut.code, 1);
    assert.match(
      timedOut.err,
      /Nothing matched within 1 s\. Why not: golem-discovery explain --cpu 1024$/m,
    );
    await listMany(hub.url, 3);
    const found = await waiting.ended;
    assert.equal(found.code, 0);
    assert.match(found.out, /^\{\n {2}"provider_id": "/);
    await watching.printed(/^advertised (?:\S+ ){11}/mu);
    watching.child.kill('SIGINT');
    assert.equal((await watching.ended).code, 0);
  });

  it('show at once what is listed already', async () => {
    const { code, out } = await run(['wait-for'], there);
    assert.equal(code, 0);
    assert.match(out, /^PROVIDER /);
  });

  it('show what was checked here, with --verify, and end with 5 for what does not hold', async () => {
    const proven = await run(['wait-for', '--cpu', '1', '--verify', '--json'], there);
    assert.equal(proven.code, 0);
    assert.match(proven.out, /^ {2}"proof": \{$/m);
    const elsewhere = ['wait-for', '--verify', '--network', 'testnet'];
    assert.equal((await run(elsewhere, there)).code, 5);
  });

  it('end with 3 when no hub answers, whatever the time-out, and say so meanwhile', async () => {
    const gone = await startScriptedHub(() => ({ body: [] }));
    await gone.close();
    const { code, err } = await run(['wait-for', '--timeout', '1', '--hub', gone.url]);
    assert.equal(code, 3);
    assert.match(err, /^UNREACHABLE: .*Trying again\.\nerror: UNREACHABLE: .*\nStart one with/m);
  });

  it('end with 3 at once where there is something else', async () => {
    const other = await startScriptedHub(() => ({ body: { welcome: 'to nginx' } }));
    for (const words of [['wait-for'], ['find', '--watch']]) {
      const { code, err } = await run([...words, '--hub', other.url]);
      assert.equal(code, 3);
      assert.match(err, /^error: UNREADABLE/);
    }
    await other.close();
  });

  it('fit the width where people look, and say what came in their words', async () => {
    const wide = { ...there, COLUMNS: '72', FORCE_COLOR: '1' };
    const watching = start(['find', '--watch'], wide);
    await watching.printed(/cores?, /u);
    watching.child.kill('SIGINT');
    const lines = stripVTControlCharacters((await watching.ended).out)
      .trimEnd()
      .split('\n');
    for (const line of lines) {
      assert.match(line, /^\d\d:\d\d:\d\d {2}advertised {2}\S{6}…\S{4} {2}[A-Z]{2} .*\d cores?, /u);
      assert.ok(textWidth(line) <= 72, line);
    }
  });

  it('say when the hub is lost and when one answers again', async () => {
    const first = await startHub();
    const watching = start(['find', '--watch'], { GOLEM_DISCOVERY_URL: first.url });
    await listMany(first.url, 1);
    await watching.printed(/^advertised /mu);
    await first.end('SIGTERM');
    await watching.printed(/^UNREACHABLE: .*Trying again\.$/mu);
    const second = await startHub({ DISCOVERY_PORT: String(first.port) });
    await watching.printed(/^A hub answers again\.$/mu);
    await watching.printed(/^reset$/mu);
    watching.child.kill('SIGINT');
    assert.equal((await watching.ended).code, 0);
    await second.end();
  });

  it('say what is wrong with how they were called', async () => {
    const odd = await run(['wait-for', '--timeout', 'soon'], there);
    assert.deepEqual([odd.code, odd.out], [2, '']);
    assert.equal((await run(['find', '--watch', '--sort', 'price'], there)).code, 2);
  });
});
