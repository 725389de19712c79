/** `golem-discovery find`: which providers fit, as a table or as JSON. */
import { Option } from 'commander';
import { DiscoveryClient } from '../../discovery-client.js';
import { type Ended, DONE, ended } from '../exit-codes.js';
import { endingOf } from '../failure-ending.js';
import {
  noMatchText,
  notesText,
  rejectionText,
  type Tally,
  unprovenText,
} from '../findings-notes.js';
import { createJsonView, createTableView, type FindingsView } from '../findings-view.js';
import { addClientOptions, type ClientOptions, readConnection } from '../options/client-options.js';
import {
  addQuestionOptions,
  type QuestionOptions,
  readQuestion,
} from '../options/question-options.js';
import { type Search, searchPages } from '../searching.js';
import { subcommand } from '../subcommand.js';
import type { Output, Surroundings } from '../surroundings.js';
import { showChanges } from '../watching.js';

interface FindOptions extends QuestionOptions, ClientOptions {
  readonly verify?: true;
  readonly json?: true;
  readonly watch?: true;
}

export const find = subcommand<FindOptions>({
  name: 'find',
  summary: 'show the providers that fit',
  description:
    'Shows the providers that have at least what you need; without requirements, the first of all that are listed. Ends with 1 when nothing matches, and says what to relax.',
  examples: [
    [
      'the cheapest of a shape',
      'golem-discovery find --cpu 2 --memory 4 --storage 20 --sort price',
    ],
    ['in Sweden or Finland, each checked here', 'golem-discovery find --country SE,FI --verify'],
    ['who comes and goes in Sweden', 'golem-discovery find --country SE --watch'],
    ['for a script', "golem-discovery find --cpu 8 --limit 1 --json | jq -r '.[0].ip_address'"],
  ],
  configure(command) {
    addClientOptions(
      addQuestionOptions(command)
        .option('--verify', 'check each answer here against what its provider signed')
        .option('--json', 'print a JSON array')
        .addOption(
          new Option('--watch', 'go on with a line for each change, until Ctrl-C').conflicts([
            'sort',
            'limit',
            'all',
            'verify',
          ]),
        ),
    );
  },
  async run(options, surroundings) {
    const question = readQuestion(options);
    if (!question.ok) return ended('usage', question.problem);
    const connection = readConnection(options, surroundings);
    if (!connection.ok) return ended('usage', connection.problem);
    const client = new DiscoveryClient(connection.value);
    if (options.watch === true) {
      const { requirements } = question.value;
      return endingOf(() => showChanges(client, requirements, options.json === true, surroundings));
    }
    const verify = options.verify === true;
    return endingOf(() => show(client, { ...question.value, verify }, options, surroundings));
  },
});

/** Shows what is found, and says how it went. */
async function show(
  client: DiscoveryClient,
  search: Search,
  { json }: FindOptions,
  surroundings: Surroundings,
): Promise<Ended> {
  const { err } = surroundings;
  const view = json === true ? createJsonView(surroundings) : createTableView(surroundings);
  const tally = await showPages(client, search, view, err);
  if (tally.rejected > 0) return ended('unproven', unprovenText(tally));
  if (tally.shown === 0) return ended('nothing', await noMatchText(client, search, tally));
  if (json !== true) err.write(notesText(search, tally, err));
  return DONE;
}

/** A hub that goes on with such is not worth asking. */
const REJECTIONS_MAX = 100;
const REJECTIONS_TOLD_MAX = 5;

async function showPages(
  client: DiscoveryClient,
  search: Search,
  view: FindingsView,
  err: Output,
): Promise<Tally> {
  let rejected = 0;
  let tally: Tally = { shown: 0, matching: 0, rejected: 0, hub: '', warming: false };
  const pages = searchPages(client, search, (rejection) => {
    rejected += 1;
    if (rejected <= REJECTIONS_TOLD_MAX) err.write(`${rejectionText(rejection)}\n`);
  });
  for await (const { advertisements, total, hub, warming } of pages) {
    view.add(advertisements);
    const shown = tally.shown + advertisements.length;
    tally = { shown, matching: total ?? shown, rejected, hub, warming };
    if (rejected >= REJECTIONS_MAX) break;
  }
  view.end();
  return tally;
}
