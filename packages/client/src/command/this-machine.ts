/**
 * What this machine could offer: cores, memory and disk that are free, its platform and addresses.
 * Everything is rounded down: nobody is promised what is not there.
 */
import { statfs } from 'node:fs/promises';
import { arch, availableParallelism, networkInterfaces } from 'node:os';
import { type IpAddress, parseIpAddress } from 'golem-vm-discovery-protocol';

/** What was found; whole numbers, `0` where less than one is free. */
export interface MachineOffer {
  /** Cores that this process may use. */
  readonly cpu: number;
  /** GB (of 2^30 bytes, as memory is sold) that are free, within the limits of a container. */
  readonly memory: number;
  /** GB (of 10^9 bytes, as disks are sold) that are free where `folder` is. */
  readonly storage: number;
  /** As advertisements spell it; `undefined` for one that has no common name. */
  readonly platform: string | undefined;
}

const GIB = 2 ** 30;
const GB = 10 ** 9;

const PLATFORMS: Readonly<Record<string, string>> = {
  x64: 'x86_64',
  arm64: 'arm64',
  ia32: 'x86',
  arm: 'arm',
  riscv64: 'riscv64',
  ppc64: 'ppc64',
  s390x: 's390x',
  loong64: 'loong64',
};

/** Looks at this machine. Rejects where the folder cannot be looked at. */
export async function inspectMachine(folder: string): Promise<MachineOffer> {
  const disk = await statfs(folder);
  return {
    cpu: availableParallelism(),
    memory: Math.floor(process.availableMemory() / GIB),
    storage: Math.floor((disk.bavail * disk.bsize) / GB),
    platform: PLATFORMS[arch()],
  };
}

/** An address of this machine, and how far it reaches. */
export type MachineAddress = Pick<IpAddress, 'text' | 'reach'>;

/** Addresses that only mean something on one wire. */
const LINK_LOCAL = /^(?:169\.254\.|fe80:)/i;

const LOOPBACK: MachineAddress = { text: '127.0.0.1', reach: 'local' };

/**
 * The address of this machine that most others can reach: a public one before one of a local
 * network; its loopback where it has no other.
 */
export function machineAddress(): MachineAddress {
  const addresses = Object.values(networkInterfaces())
    .flatMap((found) => found ?? [])
    .filter(({ internal, address }) => !internal && !LINK_LOCAL.test(address))
    .flatMap(({ address }) => parseIpAddress(address) ?? []);
  return (
    addresses.find(({ reach }) => reach === 'public') ??
    addresses.find(({ reach }) => reach === 'local') ??
    LOOPBACK
  );
}
