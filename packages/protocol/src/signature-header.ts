/**
 * The value of `X-Provider-Signature`: `t=<13 digits>,v1=<signature>`.
 * Invariant: whatever parses has exactly one spelling, so a signature cannot be rewritten into
 * another text that means the same. Cost: two regular expressions and a decoding, no curve math.
 */
import { hexToBytes } from '@noble/hashes/utils.js';
import { base64urlnopad } from '@scure/base';
import { LIMITS } from './limits.js';
import { problem } from './problems.js';
import { accept, refuse, type Result } from './result.js';

/** A signature that is well-formed; whether it verifies is another question. */
export type ParsedSignature =
  | {
      readonly scheme: 'ethereum';
      /** The signed time, Unix milliseconds. */
      readonly t: number;
      /** The whole value of the header, as it was sent. */
      readonly header: string;
      /** r and s, 32 bytes each; both in range, s in the lower half. */
      readonly rs: Uint8Array;
      readonly recovery: 0 | 1;
    }
  | {
      readonly scheme: 'ed25519';
      readonly t: number;
      readonly header: string;
      /** R and s, 64 bytes. */
      readonly bytes: Uint8Array;
    };

/** No leading zero: `t` is signed as a number, and has one spelling. */
const HEADER = /^t=([1-9][0-9]{12}),v1=(.*)$/;
const ETHEREUM_SIGNATURE = /^0x([0-9a-f]{64})([0-9a-f]{64})1([bc])$/;

/** 86 characters hold 516 bits, 512 of them are used: the last four must be zero. */
const ED25519_SIGNATURE = /^[A-Za-z0-9_-]{85}[AQgw]$/;

/** The order n of secp256k1, and n / 2 rounded down. As hex of one length they compare as text. */
const SECP256K1_ORDER = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141';
const SECP256K1_HALF_ORDER = '7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0';
const ZERO = '0'.repeat(64);

/**
 * Reads the value of `X-Provider-Signature` for a provider of the given scheme. AUTH_001 for
 * anything but the one spelling, a high s, or an r or s that is out of range.
 */
export function parseSignatureHeader(
  header: string,
  scheme: 'ethereum' | 'ed25519',
): Result<ParsedSignature> {
  if (header.length > LIMITS.signatureHeaderCharsMax) {
    return malformed(`it is longer than ${LIMITS.signatureHeaderCharsMax} characters`);
  }
  const [, digits, v1] = HEADER.exec(header) ?? [];
  if (digits === undefined || v1 === undefined) {
    return malformed(
      'send t=<Unix time in milliseconds, 13 digits>,v1=<signature>, without spaces',
    );
  }
  return scheme === 'ethereum'
    ? parseEthereum(header, Number(digits), v1)
    : parseEd25519(header, Number(digits), v1);
}

function parseEthereum(header: string, t: number, v1: string): Result<ParsedSignature> {
  const [, r, s, v] = ETHEREUM_SIGNATURE.exec(v1) ?? [];
  if (r === undefined || s === undefined) {
    return malformed(
      'v1 of an Ethereum provider is 0x and 130 lower-case hex digits, r, s and v, with v = 1b or 1c',
    );
  }
  if (r === ZERO || s === ZERO || r >= SECP256K1_ORDER) {
    return malformed('r or s is outside the order of the curve');
  }
  if (s > SECP256K1_HALF_ORDER) {
    return malformed('s is in the upper half: send the low s (n - s, with the other v)');
  }
  return accept({
    scheme: 'ethereum',
    t,
    header,
    rs: hexToBytes(r + s),
    recovery: v === 'b' ? 0 : 1,
  });
}

function parseEd25519(header: string, t: number, v1: string): Result<ParsedSignature> {
  if (!ED25519_SIGNATURE.test(v1)) {
    return malformed(
      'v1 of an Ed25519 provider is 86 characters of unpadded base64url, its unused bits zero',
    );
  }
  return accept({ scheme: 'ed25519', t, header, bytes: base64urlnopad.decode(v1) });
}

function malformed(reason: string): Result<never> {
  return refuse(problem('AUTH_001', `the signature is malformed: ${reason}`));
}

/** Writes the value of `X-Provider-Signature`. `t` is Unix milliseconds. */
export function formatSignatureHeader(t: number, v1: string): string {
  return `t=${t},v1=${v1}`;
}

/**
 * Whether a signed time lies in the window of a hub whose clock shows `nowMs`: at most 300 s old,
 * at most 60 s ahead, both bounds included. AUTH_002 otherwise.
 */
export function checkSignatureTime(t: number, nowMs: number): Result<void> {
  if (t < nowMs - LIMITS.signatureAgeMsMax) return outsideWindow(t, nowMs, 'old');
  if (t > nowMs + LIMITS.signatureLeadMsMax) return outsideWindow(t, nowMs, 'ahead');
  return accept(undefined);
}

function outsideWindow(t: number, nowMs: number, way: 'old' | 'ahead'): Result<never> {
  const seconds = Math.ceil(Math.abs(nowMs - t) / 1_000);
  return refuse(
    problem(
      'AUTH_002',
      `t is ${seconds} s ${way} by the clock of this hub, and may be ${LIMITS.signatureAgeMsMax / 1_000} s old or ${LIMITS.signatureLeadMsMax / 1_000} s ahead: sign again with the present time in milliseconds, and check your clock`,
    ),
  );
}
