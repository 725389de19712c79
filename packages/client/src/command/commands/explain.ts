/** `golem-discovery explain`: why requirements match what they match. */
import { DiscoveryClient } from '../../discovery-client.js';
import { DONE, ended } from '../exit-codes.js';
import { endingOf } from '../failure-ending.js';
import { addHubOption, type HubOptions, readConnection } from '../options/client-options.js';
import {
  addRequirementOptions,
  readRequirements,
  type RequirementOptions,
} from '../options/requirement-options.js';
import { explanationText } from '../rendering/explanation-text.js';
import { neutralJson } from '../rendering/neutral-text.js';
import { subcommand } from '../subcommand.js';
import { tryText } from '../try-text.js';

interface ExplainOptions extends RequirementOptions, HubOptions {
  readonly json?: true;
}

export const explain = subcommand<ExplainOptions>({
  name: 'explain',
  summary: 'show why so many, or so few, fit',
  description:
    'Shows how many match, what each requirement rules out, who comes nearest and, where nothing matches, the smallest change of one requirement that gives a match.',
  examples: [
    ['why is there nothing?', 'golem-discovery explain --cpu 64 --memory 512 --country SE'],
    [
      'what to ask for instead, for a script',
      'golem-discovery explain --cpu 64 --country SE --json | jq -r .relaxation.query',
    ],
  ],
  configure(command) {
    addHubOption(addRequirementOptions(command).option('--json', 'print the explanation as JSON'));
  },
  async run(options, surroundings) {
    const asked = readRequirements(options);
    if (!asked.ok) return ended('usage', asked.problem);
    const connection = readConnection(options, surroundings);
    if (!connection.ok) return ended('usage', connection.problem);
    const { requirements } = asked.value;
    const { out, err } = surroundings;
    return endingOf(async () => {
      const explanation = await new DiscoveryClient(connection.value).explain(requirements);
      if (options.json === true) {
        out.write(`${neutralJson(explanation)}\n`);
        return DONE;
      }
      out.write(explanationText(explanation, requirements, out));
      if (explanation.relaxation) err.write(`\n${tryText(explanation.relaxation.query)}\n`);
      return DONE;
    });
  },
});
