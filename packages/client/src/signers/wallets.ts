/**
 * The shapes of wallets, and how each is asked. Owns the table from a shape to a way of asking;
 * nothing is imported from the libraries that they belong to.
 */
import type { Signer } from 'golem-vm-discovery-protocol/signing';
import { createWalletSigner } from './wallet-signer.js';
import { UnusableSignerError } from './unusable-signer-error.js';

/** An account of viem: an address, and a `signMessage` that takes the message in an object. */
export interface ViemAccount {
  readonly type: 'local';
  readonly address: string;
  signMessage(parameters: { readonly message: string }): Promise<string>;
}

/** A wallet client of viem that has an account. */
export interface ViemClient {
  readonly account: { readonly address: string };
  signMessage(parameters: { readonly account: unknown; readonly message: string }): Promise<string>;
}

/** A wallet of ethers, or anything else with an address and a `signMessage` that takes the text. */
export interface TextWallet {
  readonly address: string;
  signMessage(text: string): Promise<string>;
}

/** A signer of ethers that must be asked for its address. */
export interface AddressAskingWallet {
  getAddress(): Promise<string>;
  signMessage(text: string): Promise<string>;
}

/** A browser wallet (EIP-1193), such as `window.ethereum`. Its first account signs. */
export interface BrowserWallet {
  request(call: { method: string; params?: unknown }): Promise<unknown>;
}

/** Any wallet. */
export type Wallet = ViemAccount | ViemClient | TextWallet | AddressAskingWallet | BrowserWallet;

/** Whether this has the look of a wallet. */
export function isWallet(given: object): given is Wallet {
  return 'signMessage' in given || 'request' in given;
}

/**
 * Makes a signer of a wallet, which is not changed. A browser wallet asks its owner for leave
 * here, and every wallet may ask at each signature. Rejects with `UnusableSignerError` where
 * there is no address, and with the wallet's own error where it refuses.
 */
export async function walletSigner(wallet: Wallet): Promise<Signer> {
  if (!('signMessage' in wallet)) return browserWalletSigner(wallet);
  if ('getAddress' in wallet) {
    return createWalletSigner(await wallet.getAddress(), (text) => wallet.signMessage(text));
  }
  if ('account' in wallet) return viemClientSigner(wallet);
  if (isViemAccount(wallet)) {
    return createWalletSigner(wallet.address, (message) => wallet.signMessage({ message }));
  }
  return createWalletSigner(wallet.address, (text) => wallet.signMessage(text));
}

/** The two conventions of `signMessage` can't be told apart by looking at it; this account says what it is. */
function isViemAccount(wallet: ViemAccount | TextWallet): wallet is ViemAccount {
  return 'type' in wallet && wallet.type === 'local';
}

function viemClientSigner(client: ViemClient): Signer {
  const { account } = client;
  // The type says that there is an account; a client can be made without one.
  if (typeof account !== 'object') {
    throw new UnusableSignerError(
      'this wallet client has no account: make it with createWalletClient({ account, … })',
    );
  }
  return createWalletSigner(account.address, (message) => client.signMessage({ account, message }));
}

async function browserWalletSigner(wallet: BrowserWallet): Promise<Signer> {
  const accounts = await wallet.request({ method: 'eth_requestAccounts' });
  const address: unknown = Array.isArray(accounts) ? accounts[0] : undefined;
  return createWalletSigner(address, (text) =>
    wallet.request({ method: 'personal_sign', params: [hexOf(text), address] }),
  );
}

/** Wallets differ in whether they take plain text here; all take hex. */
function hexOf(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
