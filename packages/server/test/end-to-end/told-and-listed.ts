/** What watchers were told against what lists say: replayed up to the cursor of a list, it is that list. */
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { entryOf } from '../registry/feed/watched-market.js';
import type { ResumingWatcher } from './resuming-watcher.js';
import { find } from './wire-client.js';

/** A list, and the cursor that came with it. */
export interface List {
  readonly query: string;
  readonly revision: number;
  readonly records: ReadonlyMap<string, string>;
}

export async function listAt(url: string, query: string): Promise<List> {
  const { status, headers, body } = await find(url, query);
  assert.equal(status, 200);
  assert.ok(Array.isArray(body));
  const records = body.map((record: unknown) => entryOf(JSON.stringify(record)));
  const revision = Number(headers.get('x-discovery-cursor')?.split('-')[1]);
  return { query, revision, records: new Map(records) };
}

/** A bookmark promises everything before it, so whoever comes back is told how far it is. */
export async function untilTold(
  watchers: readonly ResumingWatcher[],
  revision: number,
): Promise<void> {
  const endMs = performance.now() + 20_000;
  while (watchers.some((watcher) => watcher.revision < revision)) {
    assert.ok(performance.now() < endMs, 'somebody was not told everything');
    for (const watcher of watchers) if (watcher.revision < revision) watcher.drop();
    await wait(300);
    for (const watcher of watchers) watcher.verify();
  }
}

/** How many watchers of the same could be compared with a list: those who stopped at its cursor. */
export function compare(
  watchers: readonly ResumingWatcher[],
  { query, revision, records }: List,
): number {
  let count = 0;
  for (const watcher of watchers) {
    const known = watcher.query === query ? stateAt(watcher, revision) : undefined;
    if (known === undefined) continue;
    assert.deepEqual(sorted(known), sorted(records), `${query} at ${revision}`);
    count += 1;
  }
  return count;
}

/** What a watcher knew at a revision: what it knew at the last one that it was told of, up to there. */
function stateAt(
  { states }: ResumingWatcher,
  revision: number,
): ReadonlyMap<string, string> | undefined {
  const told = [...states.keys()];
  const [first = Infinity, last = -1] = [told[0], told.at(-1)];
  if (revision < first || revision > last) return undefined;
  const at = Math.max(...told.filter((each) => each <= revision));
  return states.get(at);
}

function sorted(records: ReadonlyMap<string, string>): [string, string][] {
  return [...records].toSorted(([one], [other]) => (one < other ? -1 : 1));
}
