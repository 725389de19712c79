/**
 * What this machine could offer: cores, memory and disk that are free, its platform and addresses.
 * Everything is rounded down: nobody is promised what is not there.
 */
import { statfs } from 'node:fs/promises';
import { arch, availableParallelism, networkInterfaces } from 'node:os';
import { accept, parseIpAddress, refuse, type Result } from 'golem-vm-discovery-protocol';

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

/** Looks at this machine. Refused where the folder cannot be looked at. */
export async function inspectMachine(folder: string): Promise<Result<MachineOffer, string>> {
  const storage = await freeGigabytes(folder);
  if (storage === undefined) return refuse(`--storage-in: there is no folder ${folder}`);
  return accept({
    cpu: availableParallelism(),
    memory: Math.floor(process.availableMemory() / GIB),
    storage,
    platform: PLATFORMS[arch()],
  });
}

async function freeGigabytes(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return Math.floor((bavail * bsize) / GB);
  } catch {
    return undefined;
  }
}

/** Addresses that only mean something on one wire. */
const LINK_LOCAL = /^(?:169\.254\.|fe80:)/i;

const LOOPBACK = '127.0.0.1';

/**
 * The address of this machine that most others can reach: a public one before one of a local
 * network; its loopback where it has no other.
 */
export function machineAddress(): string {
  const addresses = Object.values(networkInterfaces())
    .flatMap((found) => found ?? [])
    .filter(({ internal, address }) => !internal && !LINK_LOCAL.test(address))
    .flatMap(({ address }) => parseIpAddress(address) ?? []);
  const found =
    addresses.find(({ reach }) => reach === 'public') ??
    addresses.find(({ reach }) => reach === 'local');
  return found?.text ?? LOOPBACK;
}
