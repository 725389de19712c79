/** Which requirements an advertisement misses, as the bits of one small number. */
import { REQUIREMENT_NAMES, type RequirementName } from 'golem-vm-discovery-protocol';

/** A bit for each requirement, in their order. */
export const MISSED = {
  cpu: 1,
  memory: 2,
  storage: 4,
  country: 8,
  platform: 16,
  verified: 32,
  max_usd_per_month: 64,
} as const satisfies Record<RequirementName, number>;

/** Nobody is there to miss anything. */
export const ABSENT = 128;

/** Masks there can be. */
export const MASKS = 256;

/** Of each mask, how many requirements it misses. */
export const MISSED_COUNTS = Uint8Array.from({ length: MASKS }, (_, mask) => countIn(mask));

/** What can only be met or missed. */
const UNSIZED = MISSED.country | MISSED.platform | MISSED.verified;

/** Of each mask, how many of these it misses. */
export const UNSIZED_COUNTS = Uint8Array.from({ length: MASKS }, (_, mask) =>
  countIn(mask & UNSIZED),
);

function countIn(mask: number): number {
  return REQUIREMENT_NAMES.filter((name) => (mask & MISSED[name]) !== 0).length;
}

/** The names of the requirements that a mask misses. */
export function missedNames(mask: number): readonly RequirementName[] {
  return REQUIREMENT_NAMES.filter((name) => (mask & MISSED[name]) !== 0);
}
