/** Random advertisements and questions, the same for the same seed. */
import type { AdvertisementBody } from 'golem-vm-discovery-protocol';
import type { Question } from './naive-market.js';

const COUNTRIES = ['SE', 'DE', 'DE', 'DE', 'US', 'US', 'FR', 'PL', 'JP', 'BR'];
const PLATFORMS = ['x86_64', 'x86_64', 'arm64', undefined];
const SORTS = ['uptime', 'price', 'cpu', 'memory', 'storage'] as const;

/** A source of random whole numbers below a bound. */
export type Dice = (below: number) => number;

/** Dice that fall the same way for the same seed (mulberry32, public domain). */
export function createDice(seed: number): Dice {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What a provider may say. */
export function randomAdvertisement(dice: Dice): AdvertisementBody {
  const pricing = dice(4) > 0 && {
    usd_per_core_month: dice(1_000) / 100,
    usd_per_gb_ram_month: dice(500) / 100,
    usd_per_gb_storage_month: dice(50) / 100,
    ...(dice(2) > 0 && {
      glm_per_core_month: dice(1_000) / 10,
      glm_per_gb_ram_month: dice(500) / 10,
      glm_per_gb_storage_month: dice(50) / 10,
    }),
  };
  const platform = pick(dice, PLATFORMS);
  return {
    ip_address: `83.${dice(256)}.${dice(256)}.${1 + dice(254)}`,
    country: pickCountry(dice),
    resources: { cpu: 2 ** dice(7), memory: 2 ** dice(9), storage: 10 * (1 + dice(200)) },
    ...(platform !== undefined && { platform }),
    ...(pricing && { pricing }),
  };
}

/** A question; some match nothing, some match everything. */
export function randomQuestion(dice: Dice): Question {
  const whole = dice(2) > 0;
  return {
    ...((whole || dice(2) > 0) && { cpu: 1 + dice(32) }),
    ...((whole || dice(2) > 0) && { memory: 1 + dice(128) }),
    ...((whole || dice(2) > 0) && { storage: 1 + dice(1_000) }),
    ...(dice(2) > 0 && { country: [pickCountry(dice), pickCountry(dice).toLowerCase()] }),
    ...(dice(4) === 0 && { platform: 'arm64' }),
    ...(whole && dice(3) === 0 && { max_usd_per_month: dice(50_000) / 100 }),
    sort: (whole && pick(dice, SORTS)) || 'uptime',
  };
}

function pickCountry(dice: Dice): string {
  return pick(dice, COUNTRIES) ?? 'SE';
}

function pick<Item>(dice: Dice, items: readonly Item[]): Item | undefined {
  return items[dice(items.length)];
}
