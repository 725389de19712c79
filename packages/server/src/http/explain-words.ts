/** An explanation as people read it: every sentence says a number and what to do. */
import {
  countryName,
  type Explanation,
  formatRequirements,
  grouped,
  type RequirementName,
  type Requirements,
} from 'golem-vm-discovery-protocol';
import type { Findings, Neighbour, Relief } from '../matching/contract.js';
import { relaxedBy } from '../matching/explain/relaxed.js';

/** The answer, from what was found. */
export function explanationOf(requirements: Requirements, findings: Findings): Explanation {
  const { listed, matching, effects, nearest, relief } = findings;
  const relaxation = relief && relaxationOf(requirements, relief);
  return {
    message: summaryOf(findings, relaxation?.message),
    listed,
    matching,
    requirements: effects.map((effect) => ({
      requirement: effect.requirement,
      asked: textOf(requirements, effect.requirement),
      rules_out: effect.rulesOut,
      rules_out_alone: effect.rulesOutAlone,
      matching_without: effect.matchingWithout,
    })),
    nearest: nearest.map((neighbour) => nearMissOf(requirements, neighbour)),
    ...(relaxation && { relaxation }),
  };
}

function summaryOf({ listed, matching, nearest }: Findings, advice: string | undefined): string {
  if (listed === 0) return 'Nothing is listed here yet, so nothing can match.';
  const all = grouped(listed);
  if (matching > 0)
    return `${grouped(matching)} of ${all} ${matching === 1 ? 'matches' : 'match'}.`;
  const nothing =
    listed === 1
      ? 'Only one is listed, and it does not match.'
      : `None of the ${all} that are listed matches.`;
  if (advice !== undefined) return `${nothing} ${advice}`;
  const fewest = nearest[0]?.missing.length ?? 0;
  return `${nothing} No change of one requirement is enough: even the nearest misses ${fewest}.`;
}

function relaxationOf(
  requirements: Requirements,
  relief: Relief,
): NonNullable<Explanation['relaxation']> {
  const { requirement, enough, change } = relief;
  return {
    requirement,
    asked: textOf(requirements, requirement),
    ...(enough !== undefined && { enough: String(enough) }),
    change: rounded(change),
    message: adviceOf(requirements, relief),
    query: formatRequirements(relaxedBy(requirements, relief)),
  };
}

function adviceOf(requirements: Requirements, { requirement, enough }: Relief): string {
  const asked = textOf(requirements, requirement);
  switch (requirement) {
    case 'cpu':
      return `Ask for ${amountOf(enough ?? 1, 'core')} instead of ${asked}, and something matches.`;
    case 'memory':
      return `Ask for ${enough ?? 1} GB of memory instead of ${asked}, and something matches.`;
    case 'storage':
      return `Ask for ${enough ?? 1} GB of storage instead of ${asked}, and something matches.`;
    case 'max_usd_per_month':
      return `Pay up to $${enough ?? 0} a month instead of $${asked}, and something matches.`;
    case 'country':
      return `Look beyond ${placesOf(requirements)}, and something matches.`;
    case 'platform':
      return `Take another platform than ${asked}, and something matches.`;
    case 'verified':
      return 'Take the unverified too, and something matches.';
  }
}

function placesOf({ country = [] }: Requirements): string {
  return country.map((code) => countryName(code) ?? code).join(', ');
}

function nearMissOf(
  requirements: Requirements,
  neighbour: Neighbour,
): Explanation['nearest'][number] {
  const { providerId, country, platform, resources, verified, usdPerMonth } = neighbour;
  return {
    provider_id: providerId,
    country,
    ...(platform !== undefined && { platform }),
    resources,
    verified,
    ...(usdPerMonth !== undefined && { usd_per_month: rounded(usdPerMonth) }),
    shortfall: rounded(neighbour.shortfall),
    missing: neighbour.missing.map(({ requirement, shortfall }) => ({
      requirement,
      shortfall: rounded(shortfall),
      message: lackOf(requirements, neighbour, requirement),
    })),
  };
}

function lackOf(
  requirements: Requirements,
  { resources, country, platform, usdPerMonth }: Neighbour,
  requirement: RequirementName,
): string {
  const asked = textOf(requirements, requirement);
  switch (requirement) {
    case 'cpu':
      return `has ${amountOf(resources.cpu, 'core')}, not ${asked}`;
    case 'memory':
    case 'storage':
      return `has ${resources[requirement]} GB of ${requirement}, not ${asked}`;
    case 'country':
      return `is in ${countryName(country) ?? country}`;
    case 'platform':
      return platform === undefined ? 'does not say its platform' : `is ${platform}, not ${asked}`;
    case 'verified':
      return 'is not verified';
    case 'max_usd_per_month':
      return usdPerMonth === undefined
        ? 'has no prices'
        : `costs $${usdPerMonth.toFixed(2)} a month, more than $${asked}`;
  }
}

function amountOf(amount: number, unit: string): string {
  return amount === 1 ? `1 ${unit}` : `${amount} ${unit}s`;
}

/** A requirement as it stands in a query. */
function textOf(requirements: Requirements, requirement: RequirementName): string {
  return String(requirements[requirement]);
}

/** To six decimals, as all amounts in answers. */
function rounded(amount: number): number {
  return Math.round(amount * 1e6) / 1e6;
}
