/** The world that the SDK works in here: the browser as it is. */
import type { Surroundings } from 'golem-vm-discovery-client';
import { monotonicMs, wallMs } from '../parts/clock.js';

/** The browser's network, clocks, chance and timers. */
export const BROWSER: Surroundings = {
  fetch: (url, init) => fetch(url, init),
  wallMs,
  monotonicMs,
  random: () => Math.random(),
  after(delayMs, ring) {
    const timer = setTimeout(ring, delayMs);
    return () => clearTimeout(timer);
  },
};
