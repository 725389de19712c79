/** `golem-discovery wait-for`: until somebody fits, for scripts. */
import type { Advertisement, Requirements } from 'golem-vm-discovery-protocol';
import { DiscoveryClient } from '../../discovery-client.js';
import { DiscoveryError } from '../../discovery-error.js';
import type { Failure } from '../../failure.js';
import { createDeadline } from '../deadline.js';
import { DONE, type Ended, ended } from '../exit-codes.js';
import { endingOf, failureEnding } from '../failure-ending.js';
import { createTableView } from '../findings-view.js';
import { addClientOptions, type ClientOptions, readConnection } from '../options/client-options.js';
import {
  addRequirementOptions,
  readRequirements,
  type RequirementOptions,
  requirementsText,
} from '../options/requirement-options.js';
import { neutralJson } from '../rendering/neutral-text.js';
import { asAdvertisement } from '../searching.js';
import { subcommand } from '../subcommand.js';
import type { Surroundings } from '../surroundings.js';
import { Trouble } from '../trouble.js';

interface WaitOptions extends RequirementOptions, ClientOptions {
  readonly timeout?: string;
  readonly verify?: true;
  readonly json?: true;
}

/** A week, beyond which nobody waits. */
const TIMEOUT_SECONDS = /^[1-9][0-9]{0,5}$/;

export const waitFor = subcommand<WaitOptions>({
  name: 'wait-for',
  summary: 'wait until a provider fits, and show it',
  description:
    'Ends with 0 as soon as a provider has what you need, at once where one is listed already, and shows it. Ends with 1 when the time is over, and with 3 when no hub answers.',
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
        .option('--verify', 'check here what its provider signed, and pass over who signed nothing')
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
    const wait = { requirements, seconds, verify: options.verify === true };
    return endingOf(() => waitForOne(client, wait, options.json === true, surroundings));
  },
});

/** What is waited for. */
interface Wait {
  readonly requirements: Requirements;
  readonly seconds: number | undefined;
  readonly verify: boolean;
}

async function waitForOne(
  client: DiscoveryClient,
  wait: Wait,
  isJson: boolean,
  surroundings: Surroundings,
): Promise<Ended> {
  const trouble = new Trouble(surroundings.err);
  const found = await firstMatch(client, wait, trouble, surroundings);
  if (found !== undefined) {
    show(found, isJson, surroundings);
    return DONE;
  }
  // That nothing matched is for a hub to say.
  return trouble.last ? failureEnding(trouble.last) : nothingCame(wait);
}

/** `undefined` when the time was over, or somebody stopped it. */
async function firstMatch(
  client: DiscoveryClient,
  { requirements, seconds, verify }: Wait,
  trouble: Trouble,
  surroundings: Surroundings,
): Promise<Advertisement | undefined> {
  const interruption = surroundings.interruption();
  const timeoutMs = seconds === undefined ? undefined : seconds * 1_000;
  const deadline = createDeadline(timeoutMs, interruption.signal);
  const { signal } = deadline;
  const onTrouble = (failure: Failure): void => trouble.note(failure);
  try {
    const wanted = verify ? { ...requirements, verified: true as const } : requirements;
    for await (const event of client.watch({ ...wanted, signal, onTrouble })) {
      trouble.noteNews();
      if (!('advertisement' in event)) continue;
      const found = verify ? await firstProven(client, requirements, signal) : event.advertisement;
      if (found !== undefined) return found;
    }
    return undefined;
  } catch (error) {
    if (error instanceof DiscoveryError && error.code === 'ABORTED') return undefined;
    throw error;
  } finally {
    deadline.close();
    interruption.close();
  }
}

/** A watch hands on no proofs: whoever came is looked for once more, with them. Nobody, where it is gone again. */
async function firstProven(
  client: DiscoveryClient,
  requirements: Requirements,
  signal: AbortSignal,
): Promise<Advertisement | undefined> {
  const search = client.find({ ...requirements, limit: 1, verify: true, signal });
  for await (const checked of search) return asAdvertisement(checked);
  return undefined;
}

function nothingCame({ requirements, seconds }: Wait): Ended {
  const when = seconds === undefined ? 'before it was stopped' : `within ${seconds} s`;
  const why = `golem-discovery explain ${requirementsText(requirements)}`.trimEnd();
  return ended('nothing', `Nothing matched ${when}. Why not: ${why}`);
}

function show(found: Advertisement, isJson: boolean, surroundings: Surroundings): void {
  if (isJson) return surroundings.out.write(`${neutralJson(found)}\n`);
  const view = createTableView(surroundings);
  view.add([found]);
  view.end();
}
