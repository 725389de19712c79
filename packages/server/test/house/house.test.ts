/** The rules of the house that a machine can check. Each failure names the file and the line of ARCHITECTURE that it breaks. */
import assert from 'node:assert/strict';
import { isBuiltin } from 'node:module';
import { basename } from 'node:path';
import { test } from 'node:test';
import { sourceFiles, type SourceFile } from './sources.js';

const PROTOCOL = sourceFiles('packages/protocol/src');
const CLIENT = sourceFiles('packages/client/src');
const DASHBOARD = sourceFiles('packages/dashboard/src');
const SERVER = sourceFiles('packages/server/src');
const PRODUCT = [...PROTOCOL, ...CLIENT, ...DASHBOARD, ...SERVER];
const EVERYTHING = [...sourceFiles('packages'), ...sourceFiles('bench')];

/** A package whose rooms stand on floors: from the ground up; rooms of one floor do not know each other. */
interface House {
  readonly name: string;
  readonly files: readonly SourceFile[];
  readonly floors: readonly (readonly string[])[];
}

const HOUSES: readonly House[] = [
  {
    name: 'client',
    files: CLIENT,
    floors: [
      ['failure'],
      ['discovery-error'],
      ['transport'],
      ['answers', 'signers'],
      ['verification'],
      ['asking', 'advertising'],
      ['watching'],
      ['discovery-client'],
      ['index'],
      ['keys'],
      ['command'],
    ],
  },
  {
    name: 'dashboard',
    files: DASHBOARD,
    floors: [
      ['words'],
      ['parts', 'search'],
      ['address', 'hub'],
      ['live'],
      ['finding'],
      ['market', 'provider', 'visibility'],
      ['frame'],
      ['main'],
    ],
  },
  {
    name: 'server',
    files: SERVER,
    floors: [
      ['config'],
      ['telemetry'],
      ['matching', 'store'],
      ['admission'],
      ['registry'],
      ['http'],
      ['hub-metrics'],
      ['hub'],
      ['index', 'command'],
      ['main'],
    ],
  },
];

/** `packages/server/src/store/sqlite/rows.ts` is in the room `store`. */
function roomOf(path: string): string {
  return /^packages\/\w+\/src\/([^/]+?)(?:\.tsx?)?(?:\/|$)/.exec(path)?.[1] ?? '';
}

function floorOf({ floors }: House, room: string): number {
  return floors.findIndex((rooms) => rooms.includes(room));
}

for (const house of HOUSES) {
  test(`every file of the ${house.name} is in a room that the design knows`, () => {
    const paths = house.files.map(({ path }) => path);
    assert.ok(paths.length > 0);
    assert.deepEqual(
      paths.filter((path) => floorOf(house, roomOf(path)) === -1),
      [],
    );
  });

  test(`in the ${house.name}, imports go down the floors and never up or sideways, those of types too`, () => {
    const wrong = house.files.flatMap(({ path, imports }) =>
      imports
        .filter((target) => target.startsWith(`packages/${house.name}/`))
        .filter((target) => !mayImport(house, roomOf(path), roomOf(target)))
        .map((target) => `${path} -> ${target}`),
    );
    assert.deepEqual(wrong, []);
  });

  test(`the ${house.name} takes other packages as the packages that they are`, () => {
    const wrong = house.files.flatMap(({ path, imports }) =>
      imports
        .filter((target) => target.startsWith('packages/'))
        .filter((target) => !target.startsWith(`packages/${house.name}/`))
        .map((target) => `${path} -> ${target}`),
    );
    assert.deepEqual(wrong, []);
  });
}

function mayImport(house: House, from: string, to: string): boolean {
  const floor = floorOf(house, to);
  return from === to || (floor !== -1 && floor < floorOf(house, from));
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
      /^(?:packages|bench)\//.test(target) && /\.tsx?$/.test(target) && !known.has(target),
  );
  assert.deepEqual(lost, []);
});

/** What the client keeps for Node alone. */
const NODE_ONLY = new Set(['keys', 'command']);

const PORTABLE = [...PROTOCOL, ...CLIENT.filter(({ path }) => !NODE_ONLY.has(roomOf(path)))];

test('the protocol and the SDK run in a browser: they import nothing of Node', () => {
  const wrong = PORTABLE.flatMap(({ path, imports }) =>
    imports.filter((target) => isBuiltin(target)).map((target) => `${path} -> ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test('the protocol and the SDK use no global that only Node has', () => {
  const nodeGlobal = /\b(?:Buffer|process|require|global|setImmediate)\b\s*[.([]/;
  assert.deepEqual(
    PORTABLE.filter(({ text }) => nodeGlobal.test(withoutComments(text))).map(({ path }) => path),
    [],
  );
});

/** Which packages of ours a package may take. */
const NEIGHBOURS: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  client: ['golem-vm-discovery-protocol'],
  dashboard: ['golem-vm-discovery-client', 'golem-vm-discovery-protocol'],
  server: ['golem-vm-discovery-protocol'],
};

test('packages know each other one way: client and server the protocol, and nobody else', () => {
  const wrong = PRODUCT.flatMap(({ path, imports }) => {
    const neighbours = NEIGHBOURS[path.split('/')[1] ?? ''] ?? [];
    return imports
      .filter((target) => target.startsWith('golem-vm-discovery-'))
      .filter((target) => !neighbours.includes(target.split('/')[0] ?? ''))
      .map((target) => `${path} -> ${target}`);
  });
  assert.deepEqual(wrong, []);
});

test('no file is named after nothing in particular', () => {
  const vague = /^(?:utils?|helpers?|common|managers?|types|misc|shared|constants)\.tsx?$/;
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
  { what: 'the environment', pattern: /\bprocess\.env\b/, where: /src\/(?:command\/)?main\.ts$/ },
  {
    what: 'a clock',
    pattern: /\b(?:Date|performance)\.now\(|\bnew Date\(\)|\bprocess\.hrtime\b/,
    where:
      /src\/telemetry\/clock\.ts$|client\/src\/transport\/surroundings\.ts$|dashboard\/src\/parts\/clock\.ts$/,
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
