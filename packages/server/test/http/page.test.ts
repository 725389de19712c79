import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { readPageFiles } from '#src/http/page-files.js';
import { type EdgeUnderTest, openEdge } from './edge-under-test.js';
import { ask, type RawAnswer } from './raw-client.js';

const PAGE = '<!doctype html><title>page</title>';
const SCRIPT = 'export const answer = 42;\n'.repeat(40);
const SCRIPT_PATH = '/assets/main-Abc123.js';

/** A built page of two files, and one beside them that its list does not name. */
async function buildPage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'golem-discovery-page-'));
  for (const [name, text] of [
    ['index.html', PAGE],
    ['main.js', SCRIPT],
    ['secret.txt', 'secret'],
  ] as const) {
    await writeFile(join(folder, name), text);
    await writeFile(join(folder, `${name}.br`), brotliCompressSync(text));
    await writeFile(join(folder, `${name}.gzip`), gzipSync(text));
  }
  const shared = { encodings: ['br', 'gzip'], etag: 'A'.repeat(22) };
  const html = { path: '/', name: 'index.html', type: 'text/html; charset=utf-8' };
  const script = { path: SCRIPT_PATH, name: 'main.js', type: 'text/javascript; charset=utf-8' };
  const files = [
    { ...html, ...shared, immutable: false },
    { ...script, ...shared, immutable: true },
  ];
  await writeFile(join(folder, 'files.json'), JSON.stringify({ files }));
  return folder;
}

void describe('the page at /', () => {
  let hub: EdgeUnderTest;
  let folder: string;
  before(async () => {
    folder = await buildPage();
    hub = await openEdge({ page: readPageFiles(folder) });
  });
  after(async () => {
    await hub.close();
    await rm(folder, { recursive: true });
  });

  function get(path: string, headers = '', method = 'GET'): Promise<RawAnswer> {
    return ask(hub.port, `${method} ${path} HTTP/1.1\r\nHost: hub\r\n${headers}\r\n`);
  }

  void it('is served with a policy that lets it run nothing that is not a file of the hub', async () => {
    const { status, headers, body } = await get('/');
    assert.equal(status, 200);
    assert.equal(body, PAGE);
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self';/);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(headers.has('set-cookie'), false);
  });

  void it('is asked for again each time, and not sent again while it is the same', async () => {
    const first = await get('/?cpu=4');
    assert.equal(first.headers.get('cache-control'), 'no-cache');
    const etag = first.headers.get('etag') ?? '';
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const again = await get('/', `If-None-Match: ${tag}\r\n`);
      assert.equal(again.status, 304, tag);
      assert.equal(again.body, '');
      assert.equal(again.headers.get('etag'), etag);
    }
    assert.equal((await get('/', 'If-None-Match: "other"\r\n')).status, 200);
  });

  void it('has parts that are kept for ever', async () => {
    const { headers, body } = await get(SCRIPT_PATH);
    assert.equal(body, SCRIPT);
    assert.match(headers.get('cache-control') ?? '', /max-age=31536000, immutable/);
    assert.equal(headers.get('content-type'), 'text/javascript; charset=utf-8');
  });

  void it('comes as small as the client can take it, compressed ahead of time', async () => {
    const brotli = await get(SCRIPT_PATH, 'Accept-Encoding: gzip, br\r\n');
    assert.equal(brotli.headers.get('content-encoding'), 'br');
    assert.equal(brotliDecompressSync(brotli.bytes).toString(), SCRIPT);
    const gzipped = await get(SCRIPT_PATH, 'Accept-Encoding: gzip\r\n');
    assert.equal(gzipped.headers.get('content-encoding'), 'gzip');
    assert.equal(gunzipSync(gzipped.bytes).toString(), SCRIPT);
    const plain = await get(SCRIPT_PATH, 'Accept-Encoding: br;q=0\r\n');
    assert.equal(plain.headers.has('content-encoding'), false);
    assert.equal(plain.headers.get('vary'), 'Accept-Encoding');
  });

  void it('answers HEAD with the headers of GET', async () => {
    const got = await get(SCRIPT_PATH, 'Accept-Encoding: br\r\n');
    const response = await fetch(hub.url + SCRIPT_PATH, {
      method: 'HEAD',
      headers: { 'Accept-Encoding': 'br' },
    });
    for (const name of ['content-length', 'content-encoding', 'etag', 'cache-control']) {
      assert.equal(response.headers.get(name), got.headers.get(name), name);
    }
  });

  void it('leads to no other file, however it is asked for', async () => {
    for (const path of [
      '/secret.txt',
      '/index.html',
      '/main.js',
      '/files.json',
      '/assets/',
      '/assets/../secret.txt',
      '/assets/%2e%2e/secret.txt',
      '/assets/..%2fsecret.txt',
      '/assets/%2e%2e%2f%2e%2e%2fetc/passwd',
      `${SCRIPT_PATH}.br`,
      `${SCRIPT_PATH}%00`,
      `/${SCRIPT_PATH}`,
      `${SCRIPT_PATH}/`,
    ]) {
      const { status, body } = await get(path);
      assert.ok(status === 404 || status === 400, `${path} ${status}`);
      assert.doesNotMatch(body, /secret\b(?!\.)|root:/);
      assert.match(body, /"code":"REQ_00/);
    }
    const posted = await get('/', 'Content-Length: 0\r\n', 'POST');
    assert.equal(posted.status, 405);
    assert.equal(posted.headers.get('allow'), 'GET, HEAD, OPTIONS');
  });
});

void describe('a hub without a built page', () => {
  void it('says so in a sentence, and what to do', async () => {
    assert.equal(readPageFiles(join(tmpdir(), 'golem-discovery-nowhere')), undefined);
    assert.equal(readPageFiles(undefined), undefined);
    const hub = await openEdge();
    const { status, headers, body } = await ask(hub.port, 'GET / HTTP/1.1\r\nHost: hub\r\n\r\n');
    await hub.close();
    assert.equal(status, 200);
    assert.equal(headers.get('content-type'), 'text/plain; charset=utf-8');
    assert.match(body, /npm run build/);
    assert.match(body, /\/docs/);
  });
});
