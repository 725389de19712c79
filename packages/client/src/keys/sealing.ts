/**
 * A secret under a passphrase: scrypt (RFC 7914) makes a key of it, AES-256-GCM seals with that.
 * Invariant: what is read can't make us work or allocate without bound, and whatever the seal is
 * bound to can't be changed without breaking it. Cost: about half a second and 128 MiB by default.
 */
import {
  createCipheriv,
  createDecipheriv,
  randomBytes,
  scrypt,
  type ScryptOptions,
} from 'node:crypto';

/** How a secret was sealed. All texts are base64url. */
export interface Seal {
  readonly kdf: 'scrypt';
  /** CPU and memory cost: a power of two. */
  readonly n: number;
  readonly r: number;
  readonly p: number;
  readonly salt: string;
  readonly cipher: 'aes-256-gcm';
  readonly nonce: string;
  /** The sealed secret, and after it the tag of 16 bytes. */
  readonly sealed: string;
}

/** The cost that OWASP recommends (Password Storage Cheat Sheet, 2024): 128 MiB. */
const COST = { n: 2 ** 17, r: 8, p: 1 } as const;

/** What is read may cost at most eight times the memory, and not be cheap enough to be a trap. */
const N_MIN = 2 ** 14;
const N_MAX = 2 ** 20;
const R_MAX = 8;
const P_MAX = 4;

const KEY_BYTES = 32;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Whether the costs lie within what is worked off: n a power of two from 2^14 to 2^20, r and p from 1 to 8 and 4. */
export function isBearable({ n, r, p }: Pick<Seal, 'n' | 'r' | 'p'>): boolean {
  const power = Number.isInteger(Math.log2(n)) && n >= N_MIN && n <= N_MAX;
  return power && isBetween(1, r, R_MAX) && isBetween(1, p, P_MAX);
}

function isBetween(least: number, value: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

/** Seals a secret; `bound` is what must not be changed beside it. */
export async function seal(secret: Uint8Array, passphrase: string, bound: string): Promise<Seal> {
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const key = await deriveKey(passphrase, salt, COST);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  return {
    kdf: 'scrypt',
    ...COST,
    salt: salt.toString('base64url'),
    cipher: 'aes-256-gcm',
    nonce: nonce.toString('base64url'),
    sealed: sealed.toString('base64url'),
  };
}

/** Opens a seal whose costs are bearable; `undefined` where the passphrase is another, or anything was changed. */
export async function unseal(
  shut: Seal,
  passphrase: string,
  bound: string,
): Promise<Uint8Array | undefined> {
  const key = await deriveKey(passphrase, Buffer.from(shut.salt, 'base64url'), shut);
  const sealed = Buffer.from(shut.sealed, 'base64url');
  const split = Math.max(0, sealed.length - TAG_BYTES);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(shut.nonce, 'base64url'), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(bound)).setAuthTag(sealed.subarray(split));
    return Buffer.concat([decipher.update(sealed.subarray(0, split)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** A passphrase is the same however its letters were composed. */
function deriveKey(
  passphrase: string,
  salt: Uint8Array,
  { n, r, p }: Pick<Seal, 'n' | 'r' | 'p'>,
): Promise<Buffer> {
  // Twice what it needs: OpenSSL counts its own overhead too.
  const options: ScryptOptions = { N: n, r, p, maxmem: 256 * n * r };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
