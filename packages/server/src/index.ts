/** What a program with a hub inside imports: the composition, and whatever it takes to give it what it needs. */
export type { Config, IpPolicy, StoreLocation } from './config/config.js';
export {
  readSettings,
  type EffectiveSettings,
  type SettingSources,
} from './config/read-settings.js';
export { createHub, type Hub, type Listening, type Surroundings } from './hub.js';
export { UnreadableStore } from './store/unreadable-store.js';
export { type Clock, systemClock } from './telemetry/clock.js';
export { createLog, type Log, type LogOptions } from './telemetry/log.js';
