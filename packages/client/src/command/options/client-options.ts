/** Where the hubs are, for every command that talks to one, and for those that sign or check signatures which network is meant. */
import { Option, type Command } from 'commander';
import { accept, isNetworkName, refuse, type Result } from 'golem-vm-discovery-protocol';
import { parseHubUrls } from '../../transport/hub-urls.js';
import type { Surroundings } from '../surroundings.js';

/** What commander makes of the option that says where. */
export interface HubOptions {
  readonly hub?: string;
}

/** And of both. */
export interface ClientOptions extends HubOptions {
  readonly network?: string;
}

/** What they mean. */
export interface Connection {
  /** At least one URL, in order of preference. */
  readonly hubs: readonly string[];
  /** Part of every signed text. */
  readonly network: string;
}

const LOCAL_HUB = 'http://127.0.0.1:7465';
const MAINNET = 'mainnet';

/** Adds the option that says where. */
export function addHubOption(command: Command): Command {
  return command.addOption(
    new Option(
      '--hub <url>',
      `the hub; of several, separated by commas, the next is asked when one is away (or GOLEM_DISCOVERY_URL; default ${LOCAL_HUB})`,
    ).helpGroup('Hub:'),
  );
}

/** Adds both: for commands that sign, or check what was signed. */
export function addClientOptions(command: Command): Command {
  return addHubOption(command).addOption(
    new Option(
      '--network <name>',
      `the network that signatures are made for (or GOLEM_DISCOVERY_NETWORK; default ${MAINNET})`,
    ).helpGroup('Hub:'),
  );
}

/** Reads what was given of the options. Refused with what was wrong. */
export function readConnection(
  { hub, network }: ClientOptions,
  { env }: Surroundings,
): Result<Connection, string> {
  const named = network ?? given(env['GOLEM_DISCOVERY_NETWORK']) ?? MAINNET;
  if (!isNetworkName(named)) return refuse('--network must be 1 to 32 of a-z, 0-9 and -');
  const urls = (hub ?? given(env['GOLEM_DISCOVERY_URL']) ?? LOCAL_HUB).split(/[\s,]+/);
  try {
    return accept({ hubs: parseHubUrls(urls.filter((url) => url !== '')), network: named });
  } catch (error) {
    if (error instanceof TypeError) return refuse(`--hub: ${error.message}`);
    throw error;
  }
}

/** A variable that is empty is one that was not set. */
function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
