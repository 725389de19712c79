/** What a provider offers: what this machine has free, overridden by options, as an advertisement. */
import { Option, type Command } from 'commander';
import {
  accept,
  type AdvertisementBody,
  parseAdvertisementBody,
  parseIpAddress,
  refuse,
  type Result,
} from 'golem-vm-discovery-protocol';
import { inspectMachine, machineAddress } from '../this-machine.js';

/** What commander makes of the options. */
export interface OfferOptions {
  readonly country?: string;
  readonly ip?: string;
  readonly cpu?: string;
  readonly memory?: string;
  readonly storage?: string;
  readonly storageIn: string;
  readonly platform?: string;
  readonly label?: string;
  readonly usdPerCore?: string;
  readonly usdPerGbMemory?: string;
  readonly usdPerGbStorage?: string;
  readonly glmPerCore?: string;
  readonly glmPerGbMemory?: string;
  readonly glmPerGbStorage?: string;
}

/** Which option a field of an advertisement comes from. */
const OPTION_OF: Readonly<Record<string, string>> = {
  ip_address: '--ip',
  country: '--country',
  'resources.cpu': '--cpu',
  'resources.memory': '--memory',
  'resources.storage': '--storage',
  platform: '--platform',
  provider_name: '--label',
  'pricing.usd_per_core_month': '--usd-per-core',
  'pricing.usd_per_gb_ram_month': '--usd-per-gb-memory',
  'pricing.usd_per_gb_storage_month': '--usd-per-gb-storage',
  'pricing.glm_per_core_month': '--glm-per-core',
  'pricing.glm_per_gb_ram_month': '--glm-per-gb-memory',
  'pricing.glm_per_gb_storage_month': '--glm-per-gb-storage',
};

/** Adds the options. */
export function addOfferOptions(command: Command): Command {
  const offer = (flags: string, description: string) =>
    command.addOption(new Option(flags, description).helpGroup('Offer:'));
  offer('--country <code>', 'where the machine is, such as SE (needed)');
  offer(
    '--ip <address>',
    'where requestors reach it (default: an address of this machine, a public one before others)',
  );
  offer('--cpu <cores>', 'cores (default: those of this machine)');
  offer('--memory <gb>', 'GB of memory (default: what is free here now)');
  offer('--storage <gb>', 'GB of storage (default: what is free on the disk of --storage-in)');
  command.addOption(
    new Option('--storage-in <folder>', 'whose disk to look at').default('.').helpGroup('Offer:'),
  );
  offer('--platform <name>', 'such as x86_64 or arm64 (default: that of this machine)');
  offer('--label <name>', 'a name for people, up to 64 characters');
  const price = (flags: string, description: string) =>
    command.addOption(new Option(flags, description).helpGroup('Prices a month:'));
  price('--usd-per-core <usd>', 'US dollars for a core');
  price('--usd-per-gb-memory <usd>', 'US dollars for a GB of memory');
  price('--usd-per-gb-storage <usd>', 'US dollars for a GB of storage');
  price('--glm-per-core <glm>', 'GLM for a core');
  price('--glm-per-gb-memory <glm>', 'GLM for a GB of memory');
  price('--glm-per-gb-storage <glm>', 'GLM for a GB of storage');
  return command;
}

/** An offer, and what its provider should know about it. */
export interface Offer {
  readonly advertisement: AdvertisementBody;
  /** Sentences about what requestors may not like. */
  readonly remarks: readonly string[];
}

/** Makes the offer. Refused with a message that speaks of options. */
export async function readOffer(options: OfferOptions): Promise<Result<Offer, string>> {
  if (options.country === undefined) {
    return refuse('--country is needed: where is this machine? For Sweden, --country SE');
  }
  const machine = await inspectMachine(options.storageIn);
  if (!machine.ok) return machine;
  const { cpu, memory, storage, platform } = machine.value;
  const body = {
    ip_address: options.ip ?? machineAddress(),
    country: options.country.toUpperCase(),
    resources: {
      cpu: numberOr(options.cpu, cpu),
      memory: numberOr(options.memory, memory),
      storage: numberOr(options.storage, storage),
    },
    platform: options.platform ?? platform,
    provider_name: options.label,
    pricing: {
      usd_per_core_month: numberOf(options.usdPerCore),
      usd_per_gb_ram_month: numberOf(options.usdPerGbMemory),
      usd_per_gb_storage_month: numberOf(options.usdPerGbStorage),
      glm_per_core_month: numberOf(options.glmPerCore),
      glm_per_gb_ram_month: numberOf(options.glmPerGbMemory),
      glm_per_gb_storage_month: numberOf(options.glmPerGbStorage),
    },
  };
  // As a hub reads it, so that both complain about the same.
  const parsed = parseAdvertisementBody(new TextEncoder().encode(JSON.stringify(body)));
  if (parsed.ok) {
    const { advertisement } = parsed.value;
    return accept({ advertisement, remarks: remarksOn(advertisement) });
  }
  const { details = [], message } = parsed.problem;
  const faults = details.map(
    ({ field, message: fault }) => `${OPTION_OF[field] ?? field} ${fault}`,
  );
  return refuse(faults.length === 0 ? message : faults.join('\n'));
}

/** What is no plain number stays a text, for the schema to refuse. */
function numberOf(text: string | undefined): number | string | undefined {
  return text !== undefined && /^[0-9]{1,15}(?:\.[0-9]{1,15})?$/.test(text) ? Number(text) : text;
}

function numberOr(text: string | undefined, found: number): number | string {
  return numberOf(text) ?? found;
}

function remarksOn({ ip_address, pricing }: AdvertisementBody): string[] {
  const isLocal = parseIpAddress(ip_address)?.reach === 'local';
  const { usd_per_core_month, usd_per_gb_ram_month, usd_per_gb_storage_month } = pricing ?? {};
  const usd = [usd_per_core_month, usd_per_gb_ram_month, usd_per_gb_storage_month];
  const missing = usd.filter((price) => price === undefined).length;
  return [
    ...(isLocal
      ? [`${ip_address} is not a public address; --ip names one that everybody reaches.`]
      : []),
    ...(missing > 0
      ? ['Without all three prices in dollars you come last where requestors sort by price.']
      : []),
  ];
}
