/**
 * Whose an advertisement is: the key's that ever signed for it, for as long as the hub
 * remembers; where no key did, that of the network that last renewed it.
 *
 * Pure.
 */
import type { ProviderId, Result } from 'golem-vm-discovery-protocol';
import { accept, refuse } from 'golem-vm-discovery-protocol';
import type { KnownProvider, WriteRequest } from './contract.js';
import { notYours } from './refusals.js';

/** Whether a key has signed for this provider, and the hub remembers. */
export function isClaimedByKey(provider: KnownProvider | undefined): boolean {
  return provider?.t !== undefined;
}

/** Whether a write comes from the network that last renewed this listing. */
export function isFromLastNetwork(
  request: Pick<WriteRequest, 'source'>,
  provider: KnownProvider | undefined,
): provider is KnownProvider {
  return provider !== undefined && provider.listed && provider.source === request.source.network;
}

/** Refuses to let one provider touch what belongs to another: AUTH_004. */
export function checkOwner(providerId: ProviderId, owner: ProviderId): Result<void> {
  return providerId === owner
    ? accept(undefined)
    : refuse(notYours('it belongs to another provider'));
}

/** Refuses something unsigned over what a key has signed for: AUTH_004. */
export function checkUnclaimed(provider: KnownProvider | undefined): Result<void> {
  return isClaimedByKey(provider)
    ? refuse(notYours('a key has signed for it, so only that key can change it'))
    : accept(undefined);
}

/** Refuses an unsigned withdrawal from elsewhere: AUTH_004. What is not listed is left to the store. */
export function checkLastNetwork(
  request: WriteRequest,
  provider: KnownProvider | undefined,
): Result<void> {
  return provider?.listed && !isFromLastNetwork(request, provider)
    ? refuse(notYours('an unsigned one is withdrawn from the address that last renewed it'))
    : accept(undefined);
}
