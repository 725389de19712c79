/** A provider's key in a file. */
import { KeyFileError } from './key-file-error.js';
import { formatKey, parseKey } from './key-text.js';
import { generateKey, type KeyScheme, type ProviderKey } from './provider-key.js';
import { readSecretFile, writeSecretFile } from './secret-file.js';

/** How a key is kept. */
export interface KeyFileOptions {
  /** Encrypts the key, or opens it. Without one the key is kept bare, and the mode of the file is all that protects it. */
  readonly passphrase?: string | undefined;
}

/**
 * Writes a key into a new file of mode 0600, encrypted where there is a passphrase (scrypt,
 * AES-256-GCM). Rejects with a `KeyFileError`: `exists`, rather than overwrite anything, or `inaccessible`.
 */
export async function saveKey(
  path: string,
  key: ProviderKey,
  options: KeyFileOptions = {},
): Promise<void> {
  await writeSecretFile(path, await formatKey(key, passphraseOf(options)));
}

/**
 * Reads a key, which is a signer. Rejects with a `KeyFileError`: `not_found`, `exposed` where
 * others than its owner can read the file, `passphrase_missing`, `passphrase_wrong`, `malformed`, or `inaccessible`.
 */
export async function loadKey(path: string, options: KeyFileOptions = {}): Promise<ProviderKey> {
  return parseKey(await readSecretFile(path), passphraseOf(options), path);
}

/** Reads the key of this file, or makes one and keeps it there if there is none. Rejects as `loadKey` and `saveKey` do. */
export async function loadOrCreateKey(
  path: string,
  options: KeyFileOptions & { readonly scheme?: KeyScheme | undefined } = {},
): Promise<ProviderKey> {
  try {
    return await loadKey(path, options);
  } catch (error) {
    if (!(error instanceof KeyFileError && error.fault === 'not_found')) throw error;
  }
  return createKey(path, options);
}

/** Two processes that start together end up with the same key: the one that was first. */
async function createKey(
  path: string,
  options: KeyFileOptions & { readonly scheme?: KeyScheme | undefined },
): Promise<ProviderKey> {
  const key = generateKey(options.scheme);
  try {
    await saveKey(path, key, options);
    return key;
  } catch (error) {
    if (error instanceof KeyFileError && error.fault === 'exists') return loadKey(path, options);
    throw error;
  }
}

/** An empty passphrase, from a variable that was not set, must not look like protection. */
function passphraseOf({ passphrase }: KeyFileOptions): string | undefined {
  if (passphrase === '') throw new TypeError('the passphrase is empty: give one, or leave it out');
  return passphrase;
}
