/** `golem-discovery wait-for`: until somebody fits, for scripts. */
import type { Advertisement, Requirements } from 'golem-vm-discovery-protocol';
import { DiscoveryClient } from '../../discovery-client.js';
import { DiscoveryError } from '../../discovery-error.js';
import { DONE, type Ended, ended } from '../exit-codes.js';
import { endingOf } from '../failure-ending.js';
import { createTableView } from '../findings-view.js';
import { addClientOptions, type ClientOptions, readConnection } from '../options/client-options.js';
import {
  addRequirementOptions,
  readRequirements,
  type RequirementOptions,
} from '../options/requirement-options.js';
import { neutralJson } from '../rendering/neutral-text.js';
import { subcommand } from '../subcommand.js';
import type { Surroundings } from '../surroundings.js';

interface WaitOptions extends RequirementOptions, ClientOptions {
  readonly timeout?: string;
  readonly json?: true;
}

/** A week, beyond which nobody waits. */
const TIMEOUT_SECONDS = /^[1-9][0-9]{0,5}$/;

export const waitFor = subcommand<WaitOptions>({
  name: 'wait-for',
  summary: 'wait until a provider fits, and show it',
  description:
    'Ends with 0 as soon as a provider has what you need, at once where one is listed already, and shows it. Ends with 1 when the time is over.',
  examples: [
    [
      'start when there is a machine',
      'golem-discovery wait-for --cpu 16 --country SE && ./start.sh',
    ],
    [
      'for ten minutes at most, for a script',
      "golem-discovery wait-for --cpu 64 --timeout 600 --json | jq -r '.ip_address'",
    ],
  ],
  configure(command) {
    addClientOptions(
      addRequirementOptions(command)
        .option('--timeout <seconds>', 'wait at most that long (default: for ever)')
        .option('--json', 'print the advertisement as JSON'),
    );
  },
  async run(options, surroundings) {
    const asked = readRequirements(options);
    if (!asked.ok) return ended('usage', asked.problem);
    const { timeout } = options;
    if (timeout !== undefined && !TIMEOUT_SECONDS.test(timeout)) {
      return ended('usage', '--timeout must be a whole number of seconds from 1 to 999,999');
    }
    const connection = readConnection(options, surroundings);
    if (!connection.ok) return ended('usage', connection.problem);
    const { requirements } = asked.value;
    const client = new DiscoveryClient(connection.value);
    const seconds = timeout === undefined ? undefined : Number(timeout);
    return endingOf(async () => {
      const found = await firstMatch(client, requirements, seconds, surroundings);
      if (found === undefined) return nothingCame(seconds);
      show(found, options, surroundings);
      return DONE;
    });
  },
});

/** `undefined` when the time was over, or somebody stopped it. */
async function firstMatch(
  client: DiscoveryClient,
  requirements: Requirements,
  seconds: number | undefined,
  surroundings: Surroundings,
): Promise<Advertisement | undefined> {
  const interruption = surroundings.interruption();
  const signals = [interruption.signal];
  if (seconds !== undefined) signals.push(AbortSignal.timeout(seconds * 1_000));
  try {
    for await (const event of client.watch({ ...requirements, signal: AbortSignal.any(signals) })) {
      if ('advertisement' in event) return event.advertisement;
    }
    return undefined;
  } catch (error) {
    if (error instanceof DiscoveryError && error.code === 'ABORTED') return undefined;
    throw error;
  } finally {
    interruption.close();
  }
}

function nothingCame(seconds: number | undefined): Ended {
  const when = seconds === undefined ? 'before it was stopped' : `within ${seconds} s`;
  return ended('nothing', `Nothing matched ${when}. Why not: golem-discovery explain`);
}

function show(found: Advertisement, { json }: WaitOptions, surroundings: Surroundings): void {
  if (json === true) return surroundings.out.write(`${neutralJson(found)}\n`);
  const view = createTableView(surroundings);
  view.add([found]);
  view.end();
}
