/**
 * The list of a built page, and its files compressed beside them. Compressing is done here, once,
 * as well as it can be: a hub only chooses.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
};

const ENCODINGS = [
  {
    encoding: 'br',
    compress: (bytes) =>
      promisify(brotliCompress)(bytes, {
        params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      }),
  },
  { encoding: 'gzip', compress: (bytes) => promisify(gzip)(bytes, { level: 9 }) },
];

/** Compresses every file below `folder` and says what there is. */
export async function describePage(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted();
  return { files: await Promise.all(names.map((name) => describeFile(folder, name))) };
}

async function describeFile(folder, name) {
  const type = TYPES[extname(name)];
  if (type === undefined) throw new Error(`${name} is of no type that the page has`);
  const bytes = await readFile(join(folder, name));
  const encodings = [];
  for (const { encoding, compress } of ENCODINGS) {
    await writeFile(join(folder, `${name}.${encoding}`), await compress(bytes));
    encodings.push(encoding);
  }
  return {
    // `/` is the page itself.
    path: name === 'index.html' ? '/' : `/${name}`,
    name,
    type,
    encodings,
    etag: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
    // Vite puts the hash of what is in them into the names of these.
    immutable: name.startsWith('assets/'),
  };
}
