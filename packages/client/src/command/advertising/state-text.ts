/** How an advertisement stands, in a line that fits below everything else. */
import type { HubState } from '../../advertising/advertiser.js';

/** `listed at 2 of 2 hubs, for another 4 min 12 s. Ctrl-C withdraws.` */
export function stateText(hubs: readonly HubState[]): string {
  const listed = hubs.filter(({ listedForMs }) => listedForMs > 0);
  if (listed.length === 0) return `not listed yet at ${hubsText(hubs.length)}. Ctrl-C gives up.`;
  const shortestMs = Math.min(...listed.map(({ listedForMs }) => listedForMs));
  const where = hubs.length === 1 ? 'listed' : `listed at ${listed.length} of ${hubs.length} hubs`;
  return `${where}; the lease lasts ${durationText(shortestMs)}, and is renewed in time. Ctrl-C withdraws.`;
}

function hubsText(count: number): string {
  return count === 1 ? 'the hub' : `any of ${count} hubs`;
}

function durationText(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
