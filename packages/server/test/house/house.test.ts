/** The rules of the house that a machine can check. Each failure names the file and the line of ARCHITECTURE that it breaks. */
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { test } from 'node:test';
import { sourceFiles, type SourceFile } from './sources.js';

const PROTOCOL = sourceFiles('packages/protocol/src');
const SERVER = sourceFiles('packages/server/src');
const PRODUCT = [...PROTOCOL, ...SERVER];
const EVERYTHING = [...sourceFiles('packages'), ...sourceFiles('bench')];

/** From the ground up. Rooms of one floor do not know each other. */
const FLOORS: readonly (readonly string[])[] = [
  ['config'],
  ['telemetry'],
  ['matching', 'store'],
  ['admission'],
  ['registry'],
  ['http'],
  ['hub-metrics'],
  ['hub'],
  ['command'],
  ['main'],
];

/** `packages/server/src/store/sqlite/rows.ts` is in the room `store`. */
function roomOf(path: string): string {
  return /^packages\/server\/src\/([^/]+?)(?:\.ts)?(?:\/|$)/.exec(path)?.[1] ?? '';
}

function floorOf(room: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(room));
}

test('every file of the server is in a room that the design knows', () => {
  const strangers = SERVER.map(({ path }) => path).filter((path) => floorOf(roomOf(path)) === -1);
  assert.deepEqual(strangers, []);
});

test('imports go down the floors and never up or sideways, those of types too', () => {
  const wrong = SERVER.flatMap(({ path, imports }) =>
    imports
      .filter((target) => target.startsWith('packages/'))
      .filter((target) => !mayImport(roomOf(path), roomOf(target)))
      .map((target) => `${path} -> ${target}`),
  );
  assert.deepEqual(wrong, []);
});

function mayImport(from: string, to: string): boolean {
  return from === to || (floorOf(to) !== -1 && floorOf(to) < floorOf(from));
}

test('no file imports itself by a detour, through types neither', () => {
  for (const cycle of cyclesIn(PRODUCT)) assert.fail(cycle.join(' -> '));
});

/** Depth first; a file that is met again while it is being visited closes a cycle. */
function cyclesIn(files: readonly SourceFile[]): string[][] {
  const importsOf = new Map(files.map(({ path, imports }) => [path, imports]));
  const done = new Set<string>();
  const cycles: string[][] = [];
  function visit(path: string, trail: readonly string[]): void {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path]);
    if (done.has(path) || trail.includes(path)) return;
    for (const target of importsOf.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  }
  for (const path of importsOf.keys()) visit(path, []);
  return cycles;
}

test('the check of cycles sees one', () => {
  const files = [
    { path: 'a', text: '', imports: ['b', 'node:fs'] },
    { path: 'b', text: '', imports: ['c'] },
    { path: 'c', text: '', imports: ['b'] },
    { path: 'd', text: '', imports: ['a'] },
  ];
  assert.deepEqual(cyclesIn(files), [['b', 'c', 'b']]);
});

test('every import of an own file finds one', () => {
  const known = new Set(EVERYTHING.map(({ path }) => path));
  const lost = EVERYTHING.flatMap(({ imports }) => imports).filter(
    (target) =>
      /^(?:packages|bench)\//.test(target) && target.endsWith('.ts') && !known.has(target),
  );
  assert.deepEqual(lost, []);
});

test('the protocol runs in a browser: it imports nothing of Node and nothing of the server', () => {
  const wrong = PROTOCOL.flatMap(({ path, imports }) =>
    imports
      .filter((target) => target.startsWith('node:') || target.startsWith('packages/server'))
      .map((target) => `${path} -> ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test('the server takes the protocol as the package that it is', () => {
  const wrong = SERVER.flatMap(({ imports }) => imports).filter((target) =>
    target.startsWith('packages/protocol'),
  );
  assert.deepEqual(wrong, []);
});

test('no file is named after nothing in particular', () => {
  const vague = /^(?:utils?|helpers?|common|managers?|types|misc|shared|constants)\.ts$/;
  assert.deepEqual(
    EVERYTHING.map(({ path }) => path).filter((path) => vague.test(basename(path))),
    [],
  );
});

test('no file is longer than 300 lines', () => {
  const long = EVERYTHING.filter(({ text }) => text.split('\n').length > 301);
  assert.deepEqual(
    long.map(({ path, text }) => `${path}: ${text.split('\n').length - 1}`),
    [],
  );
});

test('every file of the product begins by saying what it owns', () => {
  assert.deepEqual(
    PRODUCT.filter(({ text }) => !text.startsWith('/**')).map(({ path }) => path),
    [],
  );
});

/** What only one place may read, and where that is. */
const SOLE_READERS = [
  { what: 'the environment', pattern: /\bprocess\.env\b/, where: /src\/main\.ts$/ },
  {
    what: 'a clock',
    pattern: /\b(?:Date|performance)\.now\(|\bnew Date\(\)|\bprocess\.hrtime\b/,
    where: /src\/telemetry\/clock\.ts$/,
  },
];

for (const { what, pattern, where } of SOLE_READERS) {
  test(`${what} is read in one place`, () => {
    const readers = PRODUCT.filter(({ text }) => pattern.test(withoutComments(text)));
    assert.deepEqual(
      readers.map(({ path }) => path).filter((path) => !where.test(path)),
      [],
    );
  });
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\/|(?<!:)\/\/.*/g, '');
}
