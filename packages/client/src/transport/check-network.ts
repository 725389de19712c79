/** The check of a network name that a caller gave; signatures speak for one network alone. */
import { isNetworkName } from 'golem-vm-discovery-protocol/vocabulary';

/** Throws a `TypeError` for what can't name a network. */
export function checkNetwork(network: string): void {
  if (isNetworkName(network)) return;
  throw new TypeError(
    `${JSON.stringify(network)} can't name a network: use 1 to 32 of a-z, 0-9 and -`,
  );
}
