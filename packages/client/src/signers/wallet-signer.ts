/**
 * A signer that is somebody else's wallet. Owns that what a wallet returns is brought into the
 * spelling of the wire and held to its word, before anybody sees it.
 * Invariant: a signature that leaves here is by the address that was promised. Cost: the wallet's,
 * and one verification of two to five milliseconds.
 */
import { ethereumProviderId, type Signer } from 'golem-vm-discovery-protocol/signing';
import { normaliseEthereumSignature } from './ethereum-signature.js';
import { isSignedBy } from './is-signed-by.js';
import { UnusableSignerError } from './unusable-signer-error.js';

/** A way of asking a wallet for its signature of a text (EIP-191, `personal_sign`). */
export type AskWallet = (text: string) => Promise<unknown>;

/** Makes a signer of an address and a way of asking. Throws `UnusableSignerError` where the address is none. */
export function createWalletSigner(address: unknown, ask: AskWallet): Signer {
  const providerId = readAddress(address);
  return {
    providerId,
    async sign(signedText) {
      const v1 = normaliseEthereumSignature(await ask(signedText));
      if (isSignedBy(providerId, signedText, v1)) return v1;
      throw new UnusableSignerError(
        `the wallet signed, but not as ${providerId}: choose that account in it, and sign with it as an account with a key of its own`,
      );
    },
  };
}

function readAddress(address: unknown): Signer['providerId'] {
  try {
    return ethereumProviderId(String(address));
  } catch (cause) {
    throw new UnusableSignerError('the wallet gives no Ethereum address (0x and 40 hex digits)', {
      cause,
    });
  }
}
