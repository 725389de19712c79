/** A whole question on the command line: requirements, order, and how much of the answer. */
import { Option, type Command } from 'commander';
import {
  accept,
  refuse,
  type Requirements,
  type Result,
  type Sort,
} from 'golem-vm-discovery-protocol';
import {
  addRequirementOptions,
  readRequirements,
  type RequirementOptions,
} from './requirement-options.js';

/** What commander makes of the options. */
export interface QuestionOptions extends RequirementOptions {
  readonly sort?: string;
  readonly limit?: string;
  readonly all?: true;
}

/** What is asked. */
export interface Question {
  readonly requirements: Requirements;
  readonly sort: Sort;
  /** How many to show at most; `undefined`: all. */
  readonly limit: number | undefined;
}

/** As many as a person looks at. */
const LIMIT_DEFAULT = 20;

/** Also what an array of them takes in memory, some 600 MB, is bounded by this. */
const LIMIT = /^[1-9][0-9]{0,5}$/;

const SORTS = ['uptime', 'price', 'cpu', 'memory', 'storage'] as const satisfies readonly Sort[];

/** Adds the options. */
export function addQuestionOptions(command: Command): Command {
  return addRequirementOptions(command)
    .addOption(
      new Option(
        '--sort <order>',
        'longest listed first (uptime, the default), lowest price first, or largest first',
      ).choices(SORTS),
    )
    .addOption(new Option('--limit <count>', `show at most that many (default ${LIMIT_DEFAULT})`))
    .addOption(new Option('--all', 'show all that match').conflicts('limit'));
}

/** Reads the options. Refused with a message that speaks of options. */
export function readQuestion(options: QuestionOptions): Result<Question, string> {
  const asked = readRequirements(options, options.sort);
  if (!asked.ok) return asked;
  const { requirements, sort } = asked.value;
  if (options.all === true) return accept({ requirements, sort, limit: undefined });
  const { limit = String(LIMIT_DEFAULT) } = options;
  if (!LIMIT.test(limit))
    return refuse('--limit must be a whole number from 1 to 999,999; --all shows all');
  return accept({ requirements, sort, limit: Number(limit) });
}
