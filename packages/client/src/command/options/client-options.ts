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

const URL_VARIABLE = 'GOLEM_DISCOVERY_URL';
const NETWORK_VARIABLE = 'GOLEM_DISCOVERY_NETWORK';
const LOCAL_HUB = 'http://127.0.0.1:7465';
const MAINNET = 'mainnet';

/** Adds the option that says where, for commands that ask. */
export function addHubOption(command: Command): Command {
  return addHub(
    command,
    'the hub; of several, separated by commas, the next is asked when one is away',
  );
}

/** Adds where and which network: for commands that ask, and check what was signed. */
export function addClientOptions(command: Command): Command {
  return addNetwork(addHubOption(command));
}

/** The same for commands that sign: what they say is said to every hub. */
export function addSignerOptions(command: Command): Command {
  return addNetwork(addHub(command, 'the hub, or several separated by commas: each is told'));
}

function addHub(command: Command, what: string): Command {
  const hub = new Option('--hub <url>', `${what} (or ${URL_VARIABLE}; default ${LOCAL_HUB})`);
  return command.addOption(hub.helpGroup('Hub:'));
}

function addNetwork(command: Command): Command {
  const network = new Option(
    '--network <name>',
    `the network that signatures are made for (or ${NETWORK_VARIABLE}; default ${MAINNET})`,
  );
  return command.addOption(network.helpGroup('Hub:'));
}

/** Reads what was given of the options. Refused with what was wrong. */
export function readConnection(
  { hub, network }: ClientOptions,
  { env }: Surroundings,
): Result<Connection, string> {
  const named = network ?? given(env[NETWORK_VARIABLE]) ?? MAINNET;
  if (!isNetworkName(named)) {
    const origin = network === undefined ? NETWORK_VARIABLE : '--network';
    return refuse(`${origin} must be 1 to 32 of a-z, 0-9 and -`);
  }
  const urls = (hub ?? given(env[URL_VARIABLE]) ?? LOCAL_HUB).split(/[\s,]+/);
  try {
    return accept({ hubs: parseHubUrls(urls.filter((url) => url !== '')), network: named });
  } catch (error) {
    const origin = hub === undefined ? URL_VARIABLE : '--hub';
    if (error instanceof TypeError) return refuse(`${origin}: ${error.message}`);
    throw error;
  }
}

/** A variable that is empty is one that was not set. */
function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
