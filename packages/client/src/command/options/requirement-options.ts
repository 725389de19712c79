/**
 * Requirements on the command line: the options of `find`, and of every other command that asks
 * for what fits. What they mean is for the protocol to say: they are read as a hub reads them.
 */
import { Option, type Command } from 'commander';
import {
  type FindQuery,
  parseFindQuery,
  refuse,
  type Requirements,
  type Result,
} from 'golem-vm-discovery-protocol';

/** What commander makes of the options. */
export interface RequirementOptions {
  readonly cpu?: string;
  readonly memory?: string;
  readonly storage?: string;
  readonly country?: readonly string[];
  readonly platform?: string;
  readonly verified?: true;
  readonly maxPrice?: string;
}

/** Adds the options. */
export function addRequirementOptions(command: Command): Command {
  return command
    .addOption(asRequirement('--cpu <cores>', 'at least that many cores'))
    .addOption(asRequirement('--memory <gb>', 'at least that many GB of memory'))
    .addOption(asRequirement('--storage <gb>', 'at least that many GB of storage'))
    .addOption(
      asRequirement(
        '--country <codes>',
        'in one of these countries, such as SE or SE,DE',
      ).argParser((text, before: readonly string[] | undefined) => [...(before ?? []), text]),
    )
    .addOption(asRequirement('--platform <name>', 'of this platform, such as x86_64 or arm64'))
    .addOption(asRequirement('--verified', 'only those that a key speaks for'))
    .addOption(
      asRequirement(
        '--max-price <usd>',
        'at most that many dollars a month for the shape (needs --cpu, --memory and --storage)',
      ),
    );
}

function asRequirement(flags: string, description: string): Option {
  return new Option(flags, description).helpGroup('Requirements:');
}

/** What was asked for, and in which order. */
export type Asked = Pick<FindQuery, 'requirements' | 'sort'>;

/** Reads the options, as a hub reads a question. Refused with a message that speaks of options. */
export function readRequirements(
  options: RequirementOptions,
  sort?: string,
): Result<Asked, string> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parametersOf(options, sort))) {
    if (value !== undefined) query.append(name, value);
  }
  const parsed = parseFindQuery(query.toString());
  if (parsed.ok) return parsed;
  const { details = [] } = parsed.problem;
  return refuse(details.map(({ field, message }) => `${optionFor(field)} ${message}`).join('\n'));
}

function parametersOf(options: RequirementOptions, sort: string | undefined) {
  const { cpu, memory, storage, country, platform, verified, maxPrice } = options;
  return {
    cpu,
    memory,
    storage,
    country: country?.join(','),
    platform,
    verified: verified && 'true',
    max_usd_per_month: maxPrice,
    sort,
  };
}

/** The wire says what the number is, the command line what it is for. */
function optionFor(parameter: string): string {
  return parameter === 'max_usd_per_month' ? '--max-price' : `--${parameter}`;
}

/** The names of all requirements, in the order of a question. */
export const REQUIREMENTS = [
  'cpu',
  'memory',
  'storage',
  'country',
  'platform',
  'verified',
  'max_usd_per_month',
] as const satisfies readonly (keyof Requirements)[];

/** Requirements as they would be typed, for messages: `--cpu 64 --country SE,DE`. */
export function requirementsText(requirements: Requirements): string {
  return REQUIREMENTS.filter((name) => requirements[name] !== undefined)
    .map((name) => requirementText(name, requirements))
    .join(' ');
}

/** One of the requirements as it would be typed. */
export function requirementText(name: keyof Requirements, requirements: Requirements): string {
  const value = requirements[name];
  return value === true ? optionFor(name) : `${optionFor(name)} ${String(value)}`;
}
