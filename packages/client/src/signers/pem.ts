/**
 * Ed25519 private keys as PEM (RFC 8410, PKCS #8), read without a library so that it works
 * wherever the SDK does. Owns the two encodings that tools write: with and without public key.
 */
import { decodeBase64 } from './base64.js';
import { UnusableSignerError } from './unusable-signer-error.js';

const PEM = /-----BEGIN ([A-Z0-9 ]+)-----([\sA-Za-z0-9+/=]+)-----END \1-----/;
const SEED_BYTES = 32;

/*
 * DER of everything before the seed: a sequence; version 0 or, where the public key follows, 1;
 * the algorithm 1.3.101.112; an octet string that holds an octet string of 32 bytes.
 */
const WITHOUT_PUBLIC_KEY = '302e020100300506032b657004220420';
const WITH_PUBLIC_KEY = '3051020101300506032b657004220420';

/** Pasted by those who have an Ethereum key; never repeated in a message. */
const PRIVATE_HEX = /^(?:0x)?[0-9a-f]{64}$/i;

/** The seed of 32 bytes in a PEM text. Throws `UnusableSignerError` that says what the text is instead. */
export function seedFromPem(text: string): Uint8Array {
  const [, label = '', content = ''] = PEM.exec(text) ?? [];
  if (label !== 'PRIVATE KEY') throw new UnusableSignerError(adviceFor(label, text));
  const der = decodeBase64(content) ?? new Uint8Array();
  const start = der.subarray(0, WITHOUT_PUBLIC_KEY.length / 2);
  const prefix = Array.from(start, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const seed = der.slice(start.length, start.length + SEED_BYTES);
  const known = prefix === WITHOUT_PUBLIC_KEY || prefix === WITH_PUBLIC_KEY;
  if (known && seed.length === SEED_BYTES) return seed;
  throw new UnusableSignerError(
    'the PEM key is not an Ed25519 key: make one with openssl genpkey -algorithm ed25519',
  );
}

function adviceFor(label: string, text: string): string {
  if (PRIVATE_HEX.test(text.trim())) {
    return 'a private key in hex does not say of which kind it is: for Ethereum, give what privateKeyToAccount of viem or new Wallet of ethers makes of it; for Ed25519, give its 32 bytes';
  }
  if (label === '') return 'the text is no PEM key: it must begin with -----BEGIN PRIVATE KEY-----';
  if (label === 'ENCRYPTED PRIVATE KEY') {
    return 'the PEM key is encrypted: decrypt it with openssl pkey, or read it with createPrivateKey of node:crypto and pass what that returns';
  }
  return `the PEM holds ${label}: an Ed25519 key as PRIVATE KEY (PKCS #8) is needed, such as openssl genpkey -algorithm ed25519 makes`;
}
