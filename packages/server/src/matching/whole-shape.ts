/** The shape that requirements ask for, where they ask for all of one: only a whole shape has a price. */
import type { Requirements, Resources } from 'golem-vm-discovery-protocol';

/** `undefined` unless all three resources are asked for. */
export function wholeShape({ cpu, memory, storage }: Requirements): Resources | undefined {
  if (cpu === undefined || memory === undefined || storage === undefined) return undefined;
  return { cpu, memory, storage };
}
