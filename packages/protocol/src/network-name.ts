/** The name of a network (`mainnet`, `testnet`, …): part of every signed text, so it has one spelling. */
import { LIMITS } from './limits.js';

const NETWORK_NAME = new RegExp(`^[a-z0-9-]{1,${LIMITS.networkCharsMax}}$`);

/** Whether the text can name a network: 1 to 32 of `a-z`, `0-9` and `-`. */
export function isNetworkName(text: string): boolean {
  return NETWORK_NAME.test(text);
}
