/** Withdraws what was advertised with the same key by somebody else: another process, or one that is gone. */
import { checkMilliseconds, HubLines, type SpeakerOptions } from './hub-lines.js';

/** What is to be withdrawn, and from where. `onEvent` is told how it went at each hub: `withdrawn`, or what stood in the way. */
export interface WithdrawOptions extends SpeakerOptions {
  /** Milliseconds for all hubs together. Default 10,000. */
  readonly timeoutMs?: number | undefined;
}

const TIMEOUT_MS = 10_000;

/**
 * Withdraws the advertisement of this signer from every hub. Resolves when all have answered or
 * the time is over; never rejects for what a hub does, but as `Advertiser.start` does. A provider
 * that still runs elsewhere will list itself again.
 */
export async function withdraw(options: WithdrawOptions): Promise<void> {
  const { timeoutMs = TIMEOUT_MS } = options;
  checkMilliseconds('timeoutMs', timeoutMs);
  const lines = await HubLines.open(options);
  await lines.withdraw(timeoutMs);
}
