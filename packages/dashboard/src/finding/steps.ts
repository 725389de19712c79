/** The stops of the sliders: sizes that machines come in, so that a slider has a place for each. */
import type { Resources } from 'golem-vm-discovery-protocol';

/** A stop; `undefined` asks for nothing. */
export type Step = number | undefined;

const CPU = [1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1_024];
const MEMORY_GB = [
  1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1_024, 2_048, 4_096, 16_384, 65_536,
];
const STORAGE_GB = [
  10, 20, 40, 80, 100, 160, 200, 320, 500, 750, 1_000, 2_000, 4_000, 8_000, 20_000, 100_000,
  1_000_000, 10_000_000,
];

/** The stops of each resource, nothing first. */
export const RESOURCE_STEPS: Readonly<Record<keyof Resources, readonly Step[]>> = {
  cpu: [undefined, ...CPU],
  memory: [undefined, ...MEMORY_GB],
  storage: [undefined, ...STORAGE_GB],
};

/** The stops of a cap on the price, in dollars a month; nothing last. */
export const CAP_STEPS: readonly Step[] = [
  1,
  2,
  3,
  5,
  7,
  10,
  15,
  20,
  25,
  30,
  40,
  50,
  75,
  100,
  150,
  200,
  300,
  500,
  750,
  1_000,
  2_000,
  5_000,
  10_000,
  undefined,
];

/** The stop nearest to a value, by its place; a value that was typed may lie between two. */
export function nearestStep(steps: readonly Step[], value: Step): number {
  if (value === undefined) return steps.indexOf(undefined);
  const distances = steps.map((step) =>
    step === undefined ? Infinity : Math.abs(Math.log((step || 0.5) / (value || 0.5))),
  );
  return distances.indexOf(Math.min(...distances));
}
