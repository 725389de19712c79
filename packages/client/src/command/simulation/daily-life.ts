/** What happens in a market that nobody touches: now and then a provider changes, leaves, or comes. */
import { pause, SYSTEM } from '../../transport/surroundings.js';
import { coresText, gigabytesText } from '../rendering/amounts.js';
import { countryLabel } from '../rendering/country-label.js';
import type { Fleet, SimulatedProvider } from './fleet.js';
import type { Random } from './market.js';

/** Something happens every few seconds. */
const INTERVAL_MS_MIN = 2_000;
const INTERVAL_MS_SPREAD = 5_000;

const CHANGE_SHARE = 0.6;

/** Lets things happen, and tells each in a line, until it is stopped. */
export async function live(
  fleet: Fleet,
  random: Random,
  tell: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  while (await pause(SYSTEM, INTERVAL_MS_MIN + random() * INTERVAL_MS_SPREAD, signal)) {
    if (random() < CHANGE_SHARE) {
      tell(`changed  ${describe(fleet.change())}`);
    } else {
      tell(`left     ${describe(await fleet.dismiss())}`);
      if (!signal.aborted) tell(`came     ${describe((await fleet.welcome()).provider)}`);
    }
  }
}

function describe({ name, offer: { country, resources } }: SimulatedProvider): string {
  const { cpu, memory, storage } = resources;
  return `${name}, ${countryLabel(country)}: ${coresText(cpu)}, ${gigabytesText(memory)}, ${gigabytesText(storage)}`;
}
