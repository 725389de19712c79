/**
 * Providers as strangers to this code base would write them: from the page that describes the
 * wire, with other people's wallets. Nothing here is imported from the product.
 */
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { Wallet } from 'ethers';
import { generatePrivateKey, privateKeyToAccount, type PrivateKeyAccount } from 'viem/accounts';

/** Someone with an id who can sign a text. */
export interface Stranger {
  readonly id: string;
  /** What the hub will call it. */
  readonly canonicalId: string;
  /** What signs, as its library made it. */
  readonly wallet: PrivateKeyAccount | Wallet | KeyObject;
  sign(text: string): Promise<string>;
}

/** The two headers of a signed request. */
export interface SignedHeaders {
  readonly 'X-Provider-ID': string;
  readonly 'X-Provider-Signature': string;
}

/** A wallet of viem, which gives its address with an EIP-55 checksum. */
export function createViemStranger(): Stranger {
  const account = privateKeyToAccount(generatePrivateKey());
  return {
    id: account.address,
    canonicalId: account.address.toLowerCase(),
    wallet: account,
    sign: (message) => account.signMessage({ message }),
  };
}

/** A wallet of ethers. */
export function createEthersStranger(): Stranger {
  const wallet = new Wallet(Wallet.createRandom().privateKey);
  return {
    id: wallet.address.toLowerCase(),
    canonicalId: wallet.address.toLowerCase(),
    wallet,
    sign: (message) => wallet.signMessage(message),
  };
}

/** An Ed25519 key of Node itself. */
export function createEd25519Stranger(): Stranger {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const id = didKey(publicKey);
  return {
    id,
    canonicalId: id,
    wallet: privateKey,
    sign: (text) =>
      Promise.resolve(sign(null, Buffer.from(text), privateKey).toString('base64url')),
  };
}

/** The signed text of the wire, version 1, and the headers that carry its signature. */
export async function signHeaders(
  stranger: Stranger,
  method: 'POST' | 'DELETE',
  body: string,
  t: number,
  network = 'mainnet',
): Promise<SignedHeaders> {
  const path =
    method === 'POST' ? '/api/v1/advertisements' : `/api/v1/advertisements/${stranger.canonicalId}`;
  const hash = createHash('sha256').update(body).digest('hex');
  const text = ['golem-discovery-v1', network, method, path, stranger.canonicalId, t, hash].join(
    '\n',
  );
  return {
    'X-Provider-ID': stranger.id,
    'X-Provider-Signature': `t=${t},v1=${await stranger.sign(text)}`,
  };
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function didKey(publicKey: KeyObject): string {
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  let number = BigInt(`0x${Buffer.concat([Buffer.from([0xed, 0x01]), raw]).toString('hex')}`);
  let text = '';
  while (number > 0n) {
    text = `${BASE58[Number(number % 58n)]}${text}`;
    number /= 58n;
  }
  return `did:key:z${text}`;
}
