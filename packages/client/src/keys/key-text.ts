/**
 * A key as the text of a file: versioned JSON, the secret in it sealed or bare.
 * Invariant: what is written is read back to the same key, and what names another provider than
 * its secret makes is refused.
 */
import { KeyFileError } from './key-file-error.js';
import { providerKey, SECRET_BYTES, type KeyScheme, type ProviderKey } from './provider-key.js';
import { isBearable, seal, unseal, type Seal } from './sealing.js';

const FORMAT = 'golem-discovery-key';
const VERSION = 1;

/** What a file says. */
interface KeyRecord {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  readonly scheme: KeyScheme;
  readonly provider_id: string;
  /** Base64url, where no passphrase was given. */
  readonly secret?: string;
  readonly sealed_secret?: Seal;
}

/** Writes a key; sealed, where there is a passphrase. */
export async function formatKey(key: ProviderKey, passphrase: string | undefined): Promise<string> {
  const head = {
    format: FORMAT,
    version: VERSION,
    scheme: key.scheme,
    provider_id: key.providerId,
  } as const;
  const secret = Buffer.from(key.secret);
  const record: KeyRecord =
    passphrase === undefined
      ? { ...head, secret: secret.toString('base64url') }
      : { ...head, sealed_secret: await seal(secret, passphrase, boundText(head)) };
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

/** Reads a key. Throws a `KeyFileError`; `name` is what it calls the file. */
export async function parseKey(
  text: string,
  passphrase: string | undefined,
  name: string,
): Promise<ProviderKey> {
  const record = parseRecord(text, name);
  const secret = await secretOf(record, passphrase, name);
  if (secret.length !== SECRET_BYTES) throw malformed(name, 'its secret has not 32 bytes');
  const key = keyOf(record.scheme, secret, name);
  if (key.providerId === record.provider_id) return key;
  throw malformed(
    name,
    `it says that it is the key of ${record.provider_id}, and is that of ${key.providerId}`,
  );
}

async function secretOf(
  record: KeyRecord,
  passphrase: string | undefined,
  name: string,
): Promise<Uint8Array> {
  const { secret, sealed_secret: sealed } = record;
  if (secret !== undefined) return Buffer.from(secret, 'base64url');
  if (sealed === undefined) throw malformed(name, 'there is no secret in it');
  if (passphrase === undefined) {
    throw new KeyFileError('passphrase_missing', `${name} is encrypted: give its passphrase`);
  }
  if (!isBearable(sealed)) throw malformed(name, 'it asks for more work than is reasonable');
  const opened = await unseal(sealed, passphrase, boundText(record));
  if (opened !== undefined) return opened;
  throw new KeyFileError(
    'passphrase_wrong',
    `the passphrase does not open ${name}: it is another one, or the file was changed`,
  );
}

function boundText({
  format,
  version,
  scheme,
  provider_id,
}: Omit<KeyRecord, 'secret' | 'sealed_secret'>): string {
  return [format, version, scheme, provider_id].join('\n');
}

function keyOf(scheme: KeyScheme, secret: Uint8Array, name: string): ProviderKey {
  try {
    return providerKey(scheme, secret);
  } catch {
    throw malformed(name, 'its secret is no key');
  }
}

function parseRecord(text: string, name: string): KeyRecord {
  const value = parseJson(text);
  if (!isRecord(value) || value['format'] !== FORMAT) throw malformed(name, 'it is not a key file');
  if (value['version'] !== VERSION)
    throw malformed(
      name,
      `its version is ${String(value['version'])}, and this program knows ${VERSION}`,
    );
  if (isKeyRecord(value)) return value;
  throw malformed(name, 'a field is missing or wrong');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isKeyRecord(
  value: Readonly<Record<string, unknown>>,
): value is Readonly<Record<string, unknown>> & KeyRecord {
  const { scheme, provider_id: id, secret, sealed_secret: sealed } = value;
  return (
    (scheme === 'ed25519' || scheme === 'ethereum') &&
    typeof id === 'string' &&
    (secret === undefined || typeof secret === 'string') &&
    (sealed === undefined || isSeal(sealed))
  );
}

function isSeal(value: unknown): value is Seal {
  return (
    isRecord(value) &&
    value['kdf'] === 'scrypt' &&
    value['cipher'] === 'aes-256-gcm' &&
    ['n', 'r', 'p'].every((field) => typeof value[field] === 'number') &&
    ['salt', 'nonce', 'sealed'].every((field) => typeof value[field] === 'string')
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function malformed(name: string, reason: string): KeyFileError {
  return new KeyFileError('malformed', `${name} can't be used: ${reason}`);
}
