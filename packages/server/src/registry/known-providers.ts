/** What admission may know of providers, from the view. */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import type { KnownProvider, KnownProviders } from '../admission/contract.js';
import type { Clock } from '../telemetry/clock.js';
import type { LiveView } from './live-view.js';

/** Answers from memory, as of the moment of each question. */
export function knownProvidersOf(view: LiveView, clock: Clock): KnownProviders {
  return {
    find: (providerId) => knownProvider(view, clock, providerId),
    highWaterMark: () => view.highWaterMark,
  };
}

function knownProvider(
  view: LiveView,
  clock: Clock,
  providerId: ProviderId,
): KnownProvider | undefined {
  const entry = view.find(providerId);
  if (!entry) return undefined;
  const listed = entry.state === 'listed';
  return {
    listed,
    t: entry.t,
    source: listed ? entry.source : undefined,
    sinceRenewalMs: listed ? clock.monotonicMs() - entry.renewedMs : undefined,
  };
}
