/** A search as the page keeps it, and its edits. Invariant: it is one that a hub would take. */
import {
  formatRequirements,
  type Requirements,
  type Resources,
  type Sort,
} from 'golem-vm-discovery-protocol';

/** What is looked for, and in which order it is shown. */
export interface Search {
  readonly requirements: Requirements;
  readonly sort: Sort;
}

/** The search that matches everything. */
export const EVERYTHING: Search = { requirements: {}, sort: 'uptime' };

/** The orders that can be asked for, the one without an answer for this shape left out. */
export const SORTS: readonly Sort[] = ['uptime', 'price', 'cpu', 'memory', 'storage'];

/** The names of resources, in the order in which people say them. */
export const RESOURCE_NAMES = [
  'cpu',
  'memory',
  'storage',
] as const satisfies readonly (keyof Resources)[];

/** The machine that was asked for; `undefined` unless all of it was: only a whole machine has a price. */
export function shapeOf({ cpu, memory, storage }: Requirements): Resources | undefined {
  if (cpu === undefined || memory === undefined || storage === undefined) return undefined;
  return { cpu, memory, storage };
}

/** Changes of requirements; `undefined` takes one back. */
export type RequirementEdits = {
  readonly [Name in keyof Requirements]?: Requirements[Name] | undefined;
};

/** The search with some requirements changed. What needs a whole machine goes when it is none any more. */
export function edited(search: Search, edits: RequirementEdits): Search {
  const merged = { ...search.requirements, ...edits };
  const { cpu, memory, storage, country, platform, verified, max_usd_per_month } = merged;
  const priced = cpu !== undefined && memory !== undefined && storage !== undefined;
  const requirements: Requirements = {
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory }),
    ...(storage !== undefined && { storage }),
    ...(country !== undefined && country.length > 0 && { country }),
    ...(platform !== undefined && { platform }),
    ...(verified !== undefined && { verified }),
    ...(priced && max_usd_per_month !== undefined && { max_usd_per_month }),
  };
  return { requirements, sort: !priced && search.sort === 'price' ? 'uptime' : search.sort };
}

/** The search in another order. */
export function sortedBy(search: Search, sort: Sort): Search {
  return { ...search, sort };
}

/** The countries with one more, or one fewer where it was among them; sorted, as the wire has them. */
export function toggledCountry({ country = [] }: Requirements, code: string): readonly string[] {
  const others = country.filter((other) => other !== code);
  return others.length < country.length ? others : [...country, code].toSorted();
}

/** The query of a search, without `?`; empty where everything is looked for. */
export function formatSearch({ requirements, sort }: Search): string {
  const order = sort === 'uptime' ? '' : `sort=${sort}`;
  return [formatRequirements(requirements), order].filter((part) => part !== '').join('&');
}
