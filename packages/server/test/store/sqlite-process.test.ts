/** What becomes of a file when processes are killed, compete, run out of room or lack rights. */
import { strict as assert } from 'node:assert';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.js';
import { clock, makeSqlitePlace, type SqlitePlace } from './sqlite-place.js';
import { View } from './view.js';
import { advertising, provider } from './writes.js';

const PROGRAM = fileURLToPath(new URL('./child-program.js', import.meta.url));

let place: SqlitePlace;
beforeEach(async () => {
  place = await makeSqlitePlace();
});
afterEach(() => place.remove());

function start(mode: string, path = place.path): ChildProcess {
  return spawn(process.execPath, [PROGRAM, mode, path], { stdio: ['pipe', 'pipe', 'inherit'] });
}

function linesOf({ stdout }: ChildProcess): AsyncIterable<string> {
  if (stdout === null) throw new Error('the process was started without a pipe');
  return createInterface({ input: stdout });
}

async function allLinesOf(child: ChildProcess): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(child)) lines.push(line);
  return lines;
}

function acknowledged(line: string): [providerId: string, t: number] {
  const match = /"providerId":"(\w+)","t":(\d+)/.exec(line);
  return [match?.[1] ?? '', Number(match?.[2])];
}

describe('a hub that is killed', () => {
  it('finds everything that it had acknowledged, every time', async () => {
    const promised = new Map<string, number>();
    for (let round = 1; round <= 3; round += 1) {
      const child = start('write for ever');
      let count = 0;
      for await (const line of linesOf(child)) {
        promised.set(...acknowledged(line));
        count += 1;
        if (count === 400) child.kill('SIGKILL');
      }
      const view = new View();
      const store = await place.open(view);
      const inheritance = await view.load(store);
      assert.deepEqual([inheritance.damagedRows, inheritance.notices], [0, []]);
      for (const [providerId, t] of promised) {
        assert.ok((view.timeOf(providerId) ?? 0) >= t, `${providerId} lost ${t}`);
      }
      await store.close();
    }
  });
});

describe('a file that somebody holds', () => {
  it('is refused to a second hub, and stays with the first', async () => {
    const child = start('hold');
    await once(createInterface({ input: child.stdout ?? process.stdin }), 'line');
    const listener = new View();
    const second = await openSqliteStore({ path: place.path, listener, clock, busyTimeoutMs: 20 });
    assert.equal(second.ok, false);
    assert.match(second.ok ? '' : second.problem, /is in use by another process/);
    child.stdin?.end('\n');
    await once(child, 'exit');
    const store = await place.open(listener);
    await store.close();
  });

  it('is refused to a second store of the same process', async () => {
    const first = await place.open(new View());
    const second = await openSqliteStore({
      path: place.path,
      listener: new View(),
      clock,
      busyTimeoutMs: 0,
    });
    assert.match(second.ok ? '' : second.problem, /is in use/);
    await first.close();
  });
});

describe('a file without room', () => {
  it('refuses writes, says so, and takes them again when there is room', async () => {
    // The shell bounds the size of any file that the process writes: the log soon reaches it. Folding the log makes room.
    const command = 'ulimit -f 8192; exec "$0" "$@"';
    const args = ['-c', command, process.execPath, PROGRAM, 'run out of room', place.path];
    const child = spawn('/bin/sh', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line = ''] = await allLinesOf(child);
    const said: unknown = JSON.parse(line);
    assert.ok(typeof said === 'object' && said !== null);
    const { rounds, refused, recovered, health, again } = Object.fromEntries(Object.entries(said));
    assert.ok(Number(rounds) > 0);
    assert.deepEqual(
      refused,
      Array.from({ length: 50 }, () => 'unavailable'),
    );
    assert.equal(recovered, true);
    assert.match(JSON.stringify(health), /"refusing".*"message":".*disk.*"writable"/);
    assert.deepEqual(
      again,
      Array.from({ length: 50 }, () => 'renewed'),
    );
  });
});

describe('a file that must not be written', () => {
  it('is refused with a sentence, in a folder or by itself', async () => {
    const store = await place.open(new View());
    await store.close();
    const folder = join(dirname(place.path), 'locked');
    await mkdir(folder);
    const path = join(folder, 'discovery.db');
    await copyFile(place.path, path);
    await chmod(path, 0o444);
    await chmod(folder, 0o555);
    await chmod(dirname(place.path), 0o755);
    const [existing] = await allLinesOf(start('open as nobody', path));
    assert.match(existing ?? '', /refused.*can't be/);
    const [missing] = await allLinesOf(start('open as nobody', `${path}.new`));
    assert.match(missing ?? '', /refused.*can't be opened or made/);
    await chmod(folder, 0o755);
  });
});

describe('a disk that is too slow', () => {
  it('has its writes refused in time, applies them when they are done, and says that it takes writes again', async () => {
    const view = new View();
    // No disk commits two thousand long bodies within a millisecond.
    const store = await place.open(view, { writeTimeoutMs: 1 });
    await view.load(store);
    const body = 'x'.repeat(8_000);
    const ids = Array.from({ length: 2_000 }, (_, n) => provider(n + 1));
    const writes = ids.map((id) => store.advertise(advertising(id, { body })));
    const kinds = new Set((await Promise.all(writes)).map(({ kind }) => kind));
    assert.deepEqual([...kinds], ['unavailable']);
    assert.equal(view.listings.size, 0);
    assert.equal(view.health.at(-1)?.kind, 'refusing');
    const meanwhile = await store.advertise(advertising(provider(9_999)));
    assert.equal(meanwhile.kind, 'unavailable');
    assert.equal(await store.heartbeat(1), false);
    while (view.health.at(-1)?.kind !== 'writable') await setImmediate();
    assert.equal(view.listings.size, ids.length);
    assert.equal(view.timeOf(provider(9_999)), undefined);
    await store.close();
  });

  it('does not hold up a close for longer than it may wait, and leaves nobody without an answer', async () => {
    const view = new View();
    let lost = 0;
    const store = await place.open(view, { closeTimeoutMs: 1, lost: () => (lost += 1) });
    await view.load(store);
    const body = 'x'.repeat(8_000);
    const ids = Array.from({ length: 2_000 }, (_, n) => provider(n + 1));
    const writes = ids.map((id) => store.advertise(advertising(id, { body })));
    await store.close();
    assert.equal((await Promise.all(writes)).length, ids.length);
    assert.equal(lost, 0);
  });
});
