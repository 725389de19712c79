/** `golem-discovery stats`: the market in numbers. */
import { DiscoveryClient } from '../../discovery-client.js';
import { DONE, ended } from '../exit-codes.js';
import { endingOf } from '../failure-ending.js';
import { addHubOption, type HubOptions, readConnection } from '../options/client-options.js';
import { neutralJson } from '../rendering/neutral-text.js';
import { statsText } from '../rendering/stats-text.js';
import { subcommand } from '../subcommand.js';

interface StatsOptions extends HubOptions {
  readonly json?: true;
}

export const stats = subcommand<StatsOptions>({
  name: 'stats',
  summary: 'show the market in numbers',
  description:
    'Shows how many are listed and what they offer, in all, by country and by platform; what it costs; and how many came and went in the last week.',
  examples: [
    ['the market of the hub on this machine', 'golem-discovery stats'],
    [
      'what 4 cores cost in the middle, for a script',
      `golem-discovery stats --json | jq '.shapes[] | select(.name == "medium").usd_per_month.median'`,
    ],
  ],
  configure(command) {
    addHubOption(command.option('--json', 'print the JSON of the hub'));
  },
  async run(options, surroundings) {
    const connection = readConnection(options, surroundings);
    if (!connection.ok) return ended('usage', connection.problem);
    const client = new DiscoveryClient(connection.value);
    const { out } = surroundings;
    return endingOf(async () => {
      const answer = await client.stats();
      out.write(options.json === true ? `${neutralJson(answer)}\n` : statsText(answer, out));
      return DONE;
    });
  },
});
