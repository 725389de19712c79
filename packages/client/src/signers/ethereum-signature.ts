/**
 * Wallets spell one signature in several ways; the wire takes one. Owns the translation.
 * Invariant: what comes out is `0x`, r, s in the lower half, and v as 1b or 1c, in lower case.
 */
import { UnusableSignerError } from './unusable-signer-error.js';

const SPELLING = /^(?:0x)?([0-9a-f]{64})([0-9a-f]{64})(00|01|1b|1c)$/;

/** The order of secp256k1: s and this minus s are two signatures of one text (SEC 1, 4.1.3). */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/**
 * Turns what a wallet returned into the wire's spelling: any case, with or without `0x`, v as 0,
 * 1, 27 or 28, high or low s. Throws `UnusableSignerError` for anything else.
 */
export function normaliseEthereumSignature(given: unknown): string {
  const text = typeof given === 'string' ? given.toLowerCase() : '';
  const [, r, s, v] = SPELLING.exec(text) ?? [];
  if (r === undefined || s === undefined || v === undefined) {
    throw new UnusableSignerError(
      "the wallet returned no signature of 65 bytes in hex: a contract wallet or a multi-signature can't speak for a provider, use an account with a key of its own",
    );
  }
  const high = BigInt(`0x${s}`) > ORDER / 2n;
  const odd = v.endsWith('1') || v.endsWith('c');
  return `0x${r}${high ? lowered(s) : s}${odd === high ? '1b' : '1c'}`;
}

function lowered(s: string): string {
  const other = ORDER - BigInt(`0x${s}`);
  // An s above the order is no signature; what it becomes here does not verify, and is refused then.
  return (other < 0n ? 0n : other).toString(16).padStart(64, '0');
}
