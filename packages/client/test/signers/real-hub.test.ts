import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { Wallet } from 'ethers';
import { createWalletClient, custom, hexToString, http } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { Advertiser, signerFrom, type AdvertiserEvent, type SignerSource } from '#src/index.js';
import { generateKey } from '#src/keys/index.js';
import { startHub, type HubProcess } from '../hub-process.js';

const ADVERTISEMENT = {
  ip_address: '83.233.10.2',
  country: 'SE',
  resources: { cpu: 4, memory: 8, storage: 40 },
};

const account = privateKeyToAccount(generatePrivateKey());
const { privateKey } = generateKeyPairSync('ed25519');

/** A wallet in a browser page, as far as a page sees it: it wants hex, and gives an address with a checksum. */
const browserWallet = {
  async request({ method, params }: { method: string; params?: unknown }): Promise<unknown> {
    if (method === 'eth_requestAccounts') return [account.address];
    assert.equal(method, 'personal_sign');
    assert.ok(Array.isArray(params));
    const [hex, address] = params.map(String);
    assert.equal(address, account.address);
    return account.signMessage({ message: hexToString(`0x${String(hex).slice(2)}`) });
  },
};

async function webCryptoPair(extractable: boolean): Promise<CryptoKeyPair> {
  const pair = await crypto.subtle.generateKey('Ed25519', extractable, ['sign', 'verify']);
  assert.ok('privateKey' in pair);
  return pair;
}

/** Each as the library that it belongs to makes it. */
const SOURCES: Readonly<Record<string, () => SignerSource | Promise<SignerSource>>> = {
  'an account of viem': () => privateKeyToAccount(generatePrivateKey()),
  'a wallet client of viem': () =>
    createWalletClient({ account, transport: http('http://127.0.0.1:1') }),
  'a wallet client of viem on a browser wallet': () =>
    createWalletClient({ account: account.address, transport: custom(browserWallet) }),
  'a wallet of ethers': () => new Wallet(generatePrivateKey()),
  'a random wallet of ethers': () => Wallet.createRandom(),
  'a browser wallet': () => browserWallet,
  'any object with an address and signMessage': () => ({
    address: account.address.toLowerCase(),
    signMessage: (message: string) => account.signMessage({ message }),
  }),
  'PEM text': () => privateKey.export({ format: 'pem', type: 'pkcs8' }),
  'a JWK': () => privateKey.export({ format: 'jwk' }),
  'a raw seed': () => crypto.getRandomValues(new Uint8Array(32)),
  'a KeyObject': () => generateKeyPairSync('ed25519').privateKey,
  'a pair of KeyObjects': () => generateKeyPairSync('ed25519'),
  'an extractable CryptoKey': async () => (await webCryptoPair(true)).privateKey,
  'a pair of WebCrypto that can’t be exported': () => webCryptoPair(false),
  'a key of this package': () => generateKey('ethereum'),
  'what signerFrom made': () => signerFrom(privateKey),
};

describe('a real hub lists who signs with', () => {
  let hub: HubProcess;

  before(async () => {
    hub = await startHub();
  });

  after(() => hub.end());

  for (const [what, make] of Object.entries(SOURCES)) {
    it(what, async () => {
      const signer = await make();
      const events: AdvertiserEvent[] = [];
      const { promise, resolve } = settledLater();
      const advertiser = await Advertiser.start({
        hubs: hub.url,
        signer,
        advertisement: ADVERTISEMENT,
        onEvent: (event) => {
          events.push(event);
          resolve();
        },
      });
      await promise;
      const response = await fetch(`${hub.url}/api/v1/advertisements/${advertiser.providerId}`);
      const listed: unknown = await response.json();
      await advertiser.close();
      assert.deepEqual(
        events.map(({ kind }) => kind),
        ['listed', 'withdrawn'],
        events.map(({ message }) => message).join('\n'),
      );
      assert.ok(typeof listed === 'object' && listed !== null && 'verified' in listed);
      assert.equal(listed.verified, true);
    });
  }
});

function settledLater(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
