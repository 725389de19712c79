/**
 * Why nothing matches: what one could do without. Each requirement is left out once and the hub is
 * asked how many would match then. Cost: a small request for each requirement, at most seven.
 */
import type { Requirements } from 'golem-vm-discovery-protocol';
import type { DiscoveryClient } from '../discovery-client.js';
import { REQUIREMENTS, requirementText } from './options/requirement-options.js';
import { countText } from './rendering/amounts.js';

const RESOURCES = ['cpu', 'memory', 'storage'] as const;

/** One way to ask for less, and what it would give. */
interface Relaxation {
  readonly asked: string;
  readonly matches: number;
}

/** Sentences about what to relax; rejects as the client does. */
export async function relaxingText(
  client: DiscoveryClient,
  requirements: Requirements,
): Promise<string> {
  const listed = await client.find({}).count();
  if (listed === 0) {
    return 'There is nobody at all; for some who come and go: golem-discovery simulate --providers 25';
  }
  const ways: Relaxation[] = [];
  for (const { asked, instead } of relaxed(requirements)) {
    ways.push({ asked, matches: await client.find(instead).count() });
  }
  const helpful = ways.filter(({ matches }) => matches > 0);
  if (helpful.length > 0) return helpful.map(sentence).join('\n');
  return `${countText(listed)} listed, but leaving out one requirement is not enough: ask for less of several.`;
}

function sentence({ asked, matches }: Relaxation): string {
  return `${asked}: ${countText(matches)} would match.`;
}

/** A price is that of a shape: where one is bounded, a resource is made small instead of left out. */
function* relaxed(
  requirements: Requirements,
): Generator<{ readonly asked: string; readonly instead: Requirements }> {
  const priced = requirements.max_usd_per_month !== undefined;
  for (const name of REQUIREMENTS.filter((each) => requirements[each] !== undefined)) {
    if (!priced || !isResource(name)) {
      const { [name]: _left, ...instead } = requirements;
      yield { asked: `Without ${requirementText(name, requirements)}`, instead };
    } else if (requirements[name] !== 1) {
      yield { asked: `With --${name} 1`, instead: { ...requirements, [name]: 1 } };
    }
  }
}

function isResource(name: string): name is (typeof RESOURCES)[number] {
  return RESOURCES.some((resource) => resource === name);
}
