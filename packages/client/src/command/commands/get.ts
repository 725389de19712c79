/** `golem-discovery get`: what one provider advertises. */
import { type Advertisement, parseProviderId } from 'golem-vm-discovery-protocol';
import { DiscoveryClient } from '../../discovery-client.js';
import { DONE, ended } from '../exit-codes.js';
import { endingOf } from '../failure-ending.js';
import { addClientOptions, type ClientOptions, readConnection } from '../options/client-options.js';
import { advertisementDetails, type Standing } from '../rendering/advertisement-details.js';
import { detailsText } from '../rendering/details.js';
import { neutralJson } from '../rendering/neutral-text.js';
import { asAdvertisement } from '../searching.js';
import { subcommand } from '../subcommand.js';

interface GetOptions extends ClientOptions {
  readonly verify?: true;
  readonly json?: true;
}

const SHORTENED =
  'Ids with … are shortened for the eye. The whole one is in a wider terminal, in a pipe, and in --json.';

export const get = subcommand<GetOptions>({
  name: 'get',
  summary: 'show what one provider advertises',
  description: 'Shows one advertisement with everything in it. Ends with 1 when it is not listed.',
  examples: [
    ['by its address', 'golem-discovery get 0x4a62316623ad457f02cdc5d997ded67a383ec569'],
    [
      'checked here, with its proof',
      'golem-discovery get 0x4a62316623ad457f02cdc5d997ded67a383ec569 --verify --json',
    ],
  ],
  configure(command) {
    command.argument('<provider>', 'its id: an Ethereum address or a did:key, whole');
    addClientOptions(
      command
        .option('--verify', 'check it here against what its provider signed')
        .option('--json', 'print JSON, with the proof where it was checked'),
    );
  },
  async run(options, surroundings, { words: [text = ''] }) {
    if (text.includes('…')) return ended('usage', SHORTENED);
    const provider = parseProviderId(text);
    if (!provider.ok) return ended('usage', provider.problem.message);
    const connection = readConnection(options, surroundings);
    if (!connection.ok) return ended('usage', connection.problem);
    const client = new DiscoveryClient(connection.value);
    const { out, nowMs } = surroundings;
    return endingOf(async () => {
      const { advertisement, standing } = await ask(client, provider.value.id, options);
      out.write(
        options.json === true
          ? `${neutralJson(advertisement)}\n`
          : detailsText(advertisementDetails(advertisement, standing, nowMs()), out),
      );
      return DONE;
    });
  },
});

async function ask(
  client: DiscoveryClient,
  id: string,
  { verify }: GetOptions,
): Promise<{ readonly advertisement: Advertisement; readonly standing: Standing }> {
  if (verify !== true) {
    return { advertisement: await client.get(id), standing: { checked: false } };
  }
  const verified = await client.get(id, { verify });
  const standing = { checked: true, signedAt: verified.signed_at } as const;
  return { advertisement: asAdvertisement(verified), standing };
}
