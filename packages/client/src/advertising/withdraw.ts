/** Withdraws what somebody else advertised with the same key: another process, or one that is gone. */
import type { Signer } from 'golem-vm-discovery-protocol/signing';
import { parseHubUrls } from '../transport/hub-urls.js';
import { pause, SYSTEM, type Surroundings } from '../transport/surroundings.js';
import type { AdvertiserEvent } from './advertiser-event.js';
import { HubLine } from './hub-line.js';
import { SigningDesk } from './signing-desk.js';

/** What is to be withdrawn, and from where. */
export interface WithdrawOptions {
  /** The URL of a hub, or of up to 16, all of one network. */
  readonly hubs: string | readonly string[];
  readonly signer: Signer;
  readonly network: string;
  /** Is told how it went at each hub: `withdrawn`, or what stood in the way. */
  readonly onEvent: (event: AdvertiserEvent) => void;
  /** Milliseconds for all hubs together. Default 10,000. */
  readonly timeoutMs?: number | undefined;
  readonly surroundings?: Surroundings | undefined;
}

const TIMEOUT_MS = 10_000;
const DAY_MS = 86_400_000;

/**
 * Withdraws the advertisement of this signer from every hub. Resolves when all have answered or
 * the time is over; never rejects for what a hub does. Throws a `TypeError` for URLs that can't be those of hubs.
 */
export async function withdraw(options: WithdrawOptions): Promise<void> {
  const { signer, network, onEvent, timeoutMs = TIMEOUT_MS, surroundings = SYSTEM } = options;
  const desk = new SigningDesk({ signer, network, surroundings });
  const lines = parseHubUrls(options.hubs).map(
    (hub) => new HubLine({ hub, desk, surroundings, correctionMsMax: DAY_MS, onEvent }),
  );
  for (const line of lines) line.tell({ kind: 'closing' });
  const done = new AbortController();
  const ended = Promise.all(lines.map((line) => line.ended));
  await Promise.race([ended, pause(surroundings, timeoutMs, done.signal)]);
  done.abort();
  for (const line of lines) line.tell({ kind: 'gave_up' });
  for (const line of lines) line.drop();
}
