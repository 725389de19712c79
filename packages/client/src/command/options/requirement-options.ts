/**
 * Requirements on the command line: the options of `find`, and of every other command that asks
 * for what fits. What they mean is for the protocol to say: they are read as a hub reads them.
 */
import { Option, type Command } from 'commander';
import {
  accept,
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

/** Which option stands for which requirement. */
const FLAGS: Readonly<Record<keyof Requirements, string>> = {
  cpu: '--cpu',
  memory: '--memory',
  storage: '--storage',
  country: '--country',
  platform: '--platform',
  verified: '--verified',
  max_usd_per_month: '--max-price',
};

/** The option that a requirement is given with. */
export function flagOf(requirement: keyof Requirements): string {
  return FLAGS[requirement];
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

/** More parameters of the question, as the wire spells them. */
export type MoreParameters = Readonly<Record<string, string | undefined>>;

/** Reads the options as a question. Refused with a message that speaks of options. */
export function readQuestion(
  options: RequirementOptions,
  more: MoreParameters = {},
): Result<FindQuery, string> {
  const given: MoreParameters = {
    cpu: options.cpu,
    memory: options.memory,
    storage: options.storage,
    country: options.country?.join(','),
    platform: options.platform,
    verified: options.verified === true ? 'true' : undefined,
    max_usd_per_month: options.maxPrice,
    ...more,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) query.append(name, value);
  }
  const parsed = parseFindQuery(query.toString());
  if (parsed.ok) return accept(parsed.value);
  const { details = [], message } = parsed.problem;
  const faults = details.map(({ field, message: fault }) => `${optionFor(field)} ${fault}`);
  return refuse(faults.length === 0 ? message : faults.join('\n'));
}

function optionFor(parameter: string): string {
  return parameter === 'max_usd_per_month' ? FLAGS.max_usd_per_month : `--${parameter}`;
}

/** Requirements as they would be typed, for messages: `--cpu 64 --country SE,DE`. */
export function requirementsText(requirements: Requirements): string {
  return Object.entries(requirements)
    .map(([name, value]) =>
      value === true ? optionFor(name) : `${optionFor(name)} ${String(value)}`,
    )
    .join(' ');
}
