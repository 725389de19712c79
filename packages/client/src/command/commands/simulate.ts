/** `golem-discovery simulate`: a market that comes and goes, so that a hub has something to show. */
import { ended } from '../exit-codes.js';
import { addSignerOptions, type ClientOptions, readConnection } from '../options/client-options.js';
import { simulate as runScenario } from '../simulation/simulation.js';
import { subcommand } from '../subcommand.js';

interface SimulateOptions extends ClientOptions {
  readonly providers: string;
  readonly for?: string;
}

/** Each is a key, a timer and a connection now and then; more is a load test. */
const PROVIDERS_MAX = 1_000;
const SECONDS_MAX = 86_400;
const WHOLE = /^[1-9][0-9]{0,5}$/;

export const simulate = subcommand<SimulateOptions>({
  name: 'simulate',
  summary: 'fill a hub with providers that come, change and leave',
  description:
    'Lists realistic providers, each with a key of its own and honestly signed, renews them, lets some change or leave and others come, and withdraws them all on Ctrl-C. Their addresses are reserved for examples and reach nobody.',
  examples: [
    ['a small market', 'golem-discovery simulate --providers 25'],
    ['a larger one, for a minute', 'golem-discovery simulate --providers 200 --for 60'],
  ],
  configure(command) {
    addSignerOptions(
      command
        .option('--providers <count>', `how many, at most ${PROVIDERS_MAX}`, '25')
        .option('--for <seconds>', 'end by itself after that many seconds of life'),
    );
  },
  async run(options, surroundings) {
    const connection = readConnection(options, surroundings);
    if (!connection.ok) return ended('usage', connection.problem);
    const providers = wholeNumber(options.providers, PROVIDERS_MAX);
    if (providers === undefined) {
      return ended('usage', `--providers must be a whole number from 1 to ${PROVIDERS_MAX}`);
    }
    const seconds = options.for === undefined ? undefined : wholeNumber(options.for, SECONDS_MAX);
    if (options.for !== undefined && seconds === undefined) {
      return ended('usage', `--for must be a whole number of seconds from 1 to ${SECONDS_MAX}`);
    }
    if (options.hub === undefined && !connection.value.hubs.every(isHere)) {
      return ended('usage', `${connection.value.hubs.join(' and ')}: ${NOT_HERE}`);
    }
    const lifeMs = seconds === undefined ? undefined : seconds * 1_000;
    return runScenario({ connection: connection.value, providers, lifeMs }, surroundings);
  },
});

const NOT_HERE =
  'that is not this machine, and others may look for real providers there. If it is what you want, say so with --hub.';

/** Whether a hub is on this machine. */
function isHere(hub: string): boolean {
  return /^(?:localhost|127(?:\.[0-9]+){3}|\[::1\])$/.test(new URL(hub).hostname);
}

function wholeNumber(text: string, maximum: number): number | undefined {
  return WHOLE.test(text) && Number(text) <= maximum ? Number(text) : undefined;
}
