/**
 * DISCOVERY_IP_POLICY: which addresses a provider may advertise. That the address is a
 * unicast one at all is the schema's to say; this is what the operator adds to it.
 *
 * Pure; a microsecond. It comes after the signature because it is a policy of this hub, not a
 * fault of the request.
 */
import type { IpAddress, Problem, Result } from 'golem-vm-discovery-protocol';
import { accept, parseIpAddress, problem, refuse } from 'golem-vm-discovery-protocol';
import type { IpPolicy } from '../config/config.js';
import type { Source } from './contract.js';

/** Refuses an address that the policy does not take: ADV_001 naming `ip_address`. */
export function checkIpPolicy(policy: IpPolicy, ipAddress: string, source: Source): Result<void> {
  if (policy === 'any') return accept(undefined);
  const address = parseIpAddress(ipAddress);
  const fault = address === undefined ? 'not an IP address' : findFault(policy, address, source);
  return fault === undefined ? accept(undefined) : refuse(unacceptable(fault));
}

function findFault(
  policy: Exclude<IpPolicy, 'any'>,
  address: IpAddress,
  source: Source,
): string | undefined {
  switch (policy) {
    case 'public':
      return address.reach === 'public' ? undefined : 'this hub lists public addresses only';
    case 'source':
      return address.canonical === source.address
        ? undefined
        : `this hub lists only the address that the request comes from, ${source.address}`;
  }
}

function unacceptable(fault: string): Problem {
  return problem('ADV_001', `the advertisement is not acceptable: ip_address: ${fault}`, {
    details: [{ field: 'ip_address', message: fault }],
  });
}
