/**
 * Prices: what a shape costs by the unit prices of an advertisement.
 * Invariant: `monthlyUsd` is the plain double cpu·a + memory·b + storage·c, in that order, so that
 * every implementation ranks alike; only `estimatePrice` rounds.
 */
import type { Pricing, Resources } from './advertisement.js';
import type { Estimate } from './estimate.js';
import { LIMITS } from './limits.js';

const DECIMALS = 1e6;

/** Dollars a month for a shape, unrounded; `undefined` unless all three `usd_` prices are given. */
export function monthlyUsd(shape: Resources, pricing: Pricing | undefined): number | undefined {
  const { usd_per_core_month, usd_per_gb_ram_month, usd_per_gb_storage_month } = pricing ?? {};
  return monthly(shape, usd_per_core_month, usd_per_gb_ram_month, usd_per_gb_storage_month);
}

/** The estimate for a shape; `undefined` unless all three `usd_` prices are given. */
export function estimatePrice(
  shape: Resources,
  pricing: Pricing | undefined,
): Estimate | undefined {
  const usd = monthlyUsd(shape, pricing);
  if (usd === undefined || pricing === undefined) return undefined;
  const { glm_per_core_month, glm_per_gb_ram_month, glm_per_gb_storage_month } = pricing;
  const glm = monthly(shape, glm_per_core_month, glm_per_gb_ram_month, glm_per_gb_storage_month);
  return {
    usd_per_month: round(usd),
    usd_per_hour: round(usd / LIMITS.hoursPerMonth),
    ...(glm !== undefined && { glm_per_month: round(glm) }),
  };
}

function monthly(
  { cpu, memory, storage }: Resources,
  perCore: number | undefined,
  perGbMemory: number | undefined,
  perGbStorage: number | undefined,
): number | undefined {
  if (perCore === undefined || perGbMemory === undefined || perGbStorage === undefined) {
    return undefined;
  }
  return cpu * perCore + memory * perGbMemory + storage * perGbStorage;
}

/** Sums beyond 2^53 / 10^6 have no six decimals left to round: those stay as they are. */
function round(amount: number): number {
  const scaled = amount * DECIMALS;
  return scaled > Number.MAX_SAFE_INTEGER ? amount : Math.round(scaled) / DECIMALS;
}
