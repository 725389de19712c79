/** `golem-discovery status`: is this provider visible, and if not, why not? */
import { parseProviderId, type ProviderStatus } from 'golem-vm-discovery-protocol';
import { DiscoveryClient } from '../../discovery-client.js';
import { DONE, ended, type Ended } from '../exit-codes.js';
import { endingOf } from '../failure-ending.js';
import { addHubOption, type HubOptions, readConnection } from '../options/client-options.js';
import { detailsText } from '../rendering/details.js';
import { neutralJson } from '../rendering/neutral-text.js';
import { statusDetails } from '../rendering/status-details.js';
import { subcommand } from '../subcommand.js';

interface StatusOptions extends HubOptions {
  readonly json?: true;
}

export const status = subcommand<StatusOptions>({
  name: 'status',
  summary: 'show whether a provider is visible, and if not, why not',
  description:
    'Shows since when and until when a provider is listed, how its price ranks and, where it is not listed, what happened and what to do. Ends with 1 when it is not listed.',
  examples: [
    ['by its address', 'golem-discovery status 0x4a62316623ad457f02cdc5d997ded67a383ec569'],
    [
      'an alarm when it is gone',
      'golem-discovery status 0x4a62316623ad457f02cdc5d997ded67a383ec569 > /dev/null || echo "the node is not listed"',
    ],
  ],
  configure(command) {
    command.argument('<provider>', 'its id: an Ethereum address or a did:key, whole');
    addHubOption(command.option('--json', 'print the JSON of the hub'));
  },
  async run(options, surroundings, { words: [text = ''] }) {
    const provider = parseProviderId(text);
    if (!provider.ok) return ended('usage', provider.problem.message);
    const connection = readConnection(options, surroundings);
    if (!connection.ok) return ended('usage', connection.problem);
    const client = new DiscoveryClient(connection.value);
    const { out, nowMs } = surroundings;
    return endingOf(async () => {
      const answer = await client.status(provider.value.id);
      out.write(
        options.json === true
          ? `${neutralJson(answer)}\n`
          : detailsText(statusDetails(answer, out, nowMs()), out),
      );
      return endingFor(answer);
    });
  },
});

/** What there is to say was said. */
function endingFor({ state }: ProviderStatus): Ended {
  return state === 'listed' ? DONE : { ending: 'nothing' };
}
