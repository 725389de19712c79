/** Whose key signs: `--key`, else `GOLEM_DISCOVERY_KEY`, else a file in the home of the user. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  loadKey,
  loadOrCreateKey,
  type KeyFileOptions,
  type ProviderKey,
} from '../../keys/index.js';
import { KeyFileError } from '../../keys/key-file-error.js';
import { type Ended, ended } from '../exit-codes.js';
import { neutralText } from '../rendering/neutral-text.js';
import type { Surroundings } from '../surroundings.js';

/** What commander makes of the option. */
export interface KeyOption {
  readonly key?: string;
}

const PASSPHRASE = 'GOLEM_DISCOVERY_PASSPHRASE';

/** Adds the option. */
export function addKeyOption(command: Command): Command {
  return command.addOption(
    new Option(
      '--key <file>',
      'the key file (or GOLEM_DISCOVERY_KEY; default ~/.golem-discovery/provider.key)',
    )
      .argParser(namedFile)
      .helpGroup('Key:'),
  );
}

/** `--key "$KEY"` with a variable that was not set must not mean another key. */
function namedFile(path: string): string {
  if (path === '') throw new InvalidArgumentError('It is empty: name a file.');
  return path;
}

/** The key file that is meant. */
export interface KeyFile {
  readonly path: string;
  /** Whether it is the one that nobody had to name. */
  readonly isDefault: boolean;
}

/** Which file is meant. */
export function keyFileOf({ key }: KeyOption, { env, homeFolder }: Surroundings): KeyFile {
  const named = key ?? (env['GOLEM_DISCOVERY_KEY'] || undefined);
  const path = named ?? join(homeFolder, '.golem-discovery', 'provider.key');
  return { path, isDefault: named === undefined };
}

/** The passphrase of the environment, if there is one. */
export function givenPassphrase({ env }: Surroundings): KeyFileOptions {
  const passphrase = env[PASSPHRASE] || undefined;
  return passphrase === undefined ? {} : { passphrase };
}

/** Reads the key, and asks for its passphrase where it has one and somebody is there. Rejects with a `KeyFileError`. */
export async function readKey(path: string, surroundings: Surroundings): Promise<ProviderKey> {
  try {
    return await loadKey(path, givenPassphrase(surroundings));
  } catch (error) {
    if (!(error instanceof KeyFileError && error.fault === 'passphrase_missing')) throw error;
    const secret = await surroundings.askSecret(`Passphrase of ${neutralText(path)}: `);
    if (typeof secret === 'string' || secret.typed === '') throw error;
    return loadKey(path, { passphrase: secret.typed });
  }
}

/**
 * The key of this provider. Where nobody named a file and there is none yet, one is made: a first
 * start should need nothing else. Rejects with a `KeyFileError`.
 */
export async function ownKey(options: KeyOption, surroundings: Surroundings): Promise<ProviderKey> {
  const { path, isDefault } = keyFileOf(options, surroundings);
  try {
    return await readKey(path, surroundings);
  } catch (error) {
    const missing = error instanceof KeyFileError && error.fault === 'not_found';
    if (!missing || !isDefault) throw error;
  }
  await makeKeyFolder(path);
  const key = await loadOrCreateKey(path, givenPassphrase(surroundings));
  surroundings.err.write(`A key was made for this provider: ${neutralText(path)}\n`);
  return key;
}

/** For its owner alone, as the key in it. */
export async function makeKeyFolder(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
}

/** What to do next, where the message itself does not say so. */
const ADVICE: Partial<Record<KeyFileError['fault'], string>> = {
  not_found: 'Make one with: golem-discovery keygen --key <file>',
  malformed: 'Name another with --key, or make one with: golem-discovery keygen --key <new file>',
  passphrase_missing: `Where nobody can be asked, set ${PASSPHRASE}.`,
};

/** Runs what needs a key; the faults of key files become endings, everything else that is thrown stays thrown. */
export async function withKeyFaults(work: () => Promise<Ended>): Promise<Ended> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof KeyFileError)) throw error;
    const lines = [error.message, ADVICE[error.fault] ?? ''].filter((line) => line !== '');
    return ended('key', lines.map(neutralText).join('\n'));
  }
}
