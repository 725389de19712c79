/**
 * The files of the page at `/`, in memory. Invariant: nothing is ever served but what the list of
 * the built page names, so no path of a request reaches the file system. Memory: about a megabyte,
 * each file plain and compressed.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';

const EncodingSchema = Type.Enum(['br', 'gzip']);

const ListSchema = Type.Object({
  files: Type.Array(
    Type.Object({
      path: Type.String({ pattern: '^/[A-Za-z0-9._/-]*$' }),
      name: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._/-]*$' }),
      type: Type.String(),
      encodings: Type.Array(EncodingSchema),
      etag: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }),
      immutable: Type.Boolean(),
    }),
  ),
});

/** How a file was compressed when the page was built. */
export type PageEncoding = Static<typeof EncodingSchema>;

/** One file of the page. */
export interface PageFile {
  /** Where it is asked for; `/` is the page itself. */
  readonly path: string;
  readonly contentType: string;
  /** As the header has it, quotes included. */
  readonly etag: string;
  /** Whether its content can never change under this path. */
  readonly immutable: boolean;
  readonly plain: Buffer;
  readonly compressed: ReadonlyMap<PageEncoding, Buffer>;
}

/** Where the page is after `npm run build`, or in an installed package; `undefined` where it is not installed. */
export function pageFolder(): string | undefined {
  try {
    const { resolve } = createRequire(import.meta.url);
    return join(dirname(resolve('golem-vm-discovery-dashboard/package.json')), 'dist/page');
  } catch {
    return undefined;
  }
}

/** Reads a built page; `undefined` where there is none. Throws where its list or a file of it is damaged. */
export function readPageFiles(folder: string | undefined): readonly PageFile[] | undefined {
  const list = folder === undefined ? undefined : readIfThere(join(folder, 'files.json'));
  if (folder === undefined || list === undefined) return undefined;
  const { files } = Value.Parse(ListSchema, JSON.parse(list));
  return files.map(({ path, name, type, encodings, etag, immutable }) => ({
    path,
    contentType: type,
    etag: `"${etag}"`,
    immutable,
    plain: readFileSync(join(folder, name)),
    compressed: new Map(
      encodings.map((encoding) => [encoding, readFileSync(join(folder, `${name}.${encoding}`))]),
    ),
  }));
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
