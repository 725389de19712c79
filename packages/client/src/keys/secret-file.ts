/**
 * Files that only their owner may read. Invariants: a file that exists is never written over, a
 * name never leads to half a file, and what others can read is not used.
 */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, open, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KeyFileError } from './key-file-error.js';

const OWNER_ONLY = 0o600;
const OTHERS = 0o077;

/** A key file has some hundred bytes. */
const FILE_BYTES_MAX = 16_384;

/** Windows has other ways of saying who may read, and shows modes that say nothing. */
const HAS_MODES = process.platform !== 'win32';

/**
 * Writes a new file of mode 0600 that is whole and on disk when this resolves. It is written
 * beside, and linked to its name, which fails where there is one already, whoever was quicker.
 */
export async function writeSecretFile(path: string, text: string): Promise<void> {
  const beside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeWhole(beside, text);
    await linkTo(beside, path, text);
    await syncFolder(dirname(path));
  } catch (error) {
    throw writeFault(path, error);
  } finally {
    await rm(beside, { force: true });
  }
}

/** What a file system answers that knows no links, as those of memory cards do. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

async function linkTo(beside: string, path: string, text: string): Promise<void> {
  try {
    await link(beside, path);
  } catch (error) {
    if (!NO_LINKS.has(codeOf(error))) throw error;
    // Never over another file here either; only a crash in this moment could leave half of one.
    await writeWhole(path, text);
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', OWNER_ONLY);
  try {
    // The umask may have taken more away than it should.
    if (HAS_MODES) await file.chmod(OWNER_ONLY);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Without this, a power cut may take the name back. Windows can't open folders, and needs no such thing. */
async function syncFolder(path: string): Promise<void> {
  if (!HAS_MODES) return;
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function writeFault(path: string, cause: unknown): KeyFileError {
  return codeOf(cause) === 'EEXIST'
    ? new KeyFileError(
        'exists',
        `${path} exists already, and a key is never overwritten: choose another name, or move it away`,
        { cause },
      )
    : new KeyFileError('inaccessible', `${path} can't be written (${codeOf(cause)})`, { cause });
}

/** Reads a file that only its owner may read. What is looked at and what is read is the same file, whatever happens to its name. */
export async function readSecretFile(path: string): Promise<string> {
  const file = await openFile(path);
  try {
    await checkFile(file, path);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    // Without O_NONBLOCK, opening a pipe would wait for somebody to write into it.
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') {
      throw new KeyFileError('not_found', `there is no key file ${path}: make one first`, {
        cause,
      });
    }
    throw new KeyFileError('inaccessible', `${path} can't be read (${codeOf(cause)})`, { cause });
  }
}

async function checkFile(file: FileHandle, path: string): Promise<void> {
  const status = await file.stat();
  if (!status.isFile() || status.size > FILE_BYTES_MAX) {
    throw new KeyFileError('malformed', `${path} is not a key file`);
  }
  if (HAS_MODES && (status.mode & OTHERS) !== 0) {
    const mode = (status.mode & 0o777).toString(8);
    throw new KeyFileError(
      'exposed',
      `${path} can be used by others than its owner (mode ${mode}): take that away with chmod 600, and if somebody else may have read it, make a new key`,
    );
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
