/** `golem-discovery withdraw`: takes one's own advertisement back. */
import type { AdvertiserEvent } from '../../advertising/advertiser-event.js';
import { withdraw as withdrawFrom } from '../../advertising/withdraw.js';
import { DONE, type Ended, ended } from '../exit-codes.js';
import { failureEnding } from '../failure-ending.js';
import { addClientOptions, type ClientOptions, readConnection } from '../options/client-options.js';
import {
  addKeyOption,
  keyFileOf,
  type KeyOption,
  readKey,
  withKeyFaults,
} from '../options/key-option.js';
import { neutralText } from '../rendering/neutral-text.js';
import { subcommand } from '../subcommand.js';

interface WithdrawOptions extends ClientOptions, KeyOption {}

export const withdraw = subcommand<WithdrawOptions>({
  name: 'withdraw',
  summary: 'take your advertisement back',
  description:
    'Withdraws the advertisement of a key from every hub that is given. Ends with 1 when it was listed at none of them. A provider that still runs elsewhere would list itself again.',
  examples: [
    ['from the hub on this machine', 'golem-discovery withdraw'],
    [
      'of another key, from two hubs',
      'golem-discovery withdraw --key rack-7.key --hub http://192.0.2.10:7465,http://192.0.2.11:7465',
    ],
  ],
  configure(command) {
    addClientOptions(addKeyOption(command));
  },
  async run(options, surroundings) {
    const connection = readConnection(options, surroundings);
    if (!connection.ok) return ended('usage', connection.problem);
    const { path } = keyFileOf(options, surroundings);
    return withKeyFaults(async () => {
      const signer = await readKey(path, surroundings);
      const last = new Map<string, AdvertiserEvent>();
      await withdrawFrom({
        ...connection.value,
        signer,
        onEvent: (event) => last.set(event.hub, event),
      });
      for (const { message } of last.values()) surroundings.out.write(`${neutralText(message)}\n`);
      return howItWent([...last.values()]);
    });
  },
});

/** Every hub has its say; one that did not take it decides how it ends. */
function howItWent(events: readonly AdvertiserEvent[]): Ended {
  for (const event of events) {
    if (event.kind === 'refused' || event.kind === 'unreachable')
      return failureEnding(event.failure);
  }
  return events.some((event) => event.kind === 'withdrawn' && event.wasListed)
    ? DONE
    : ended('nothing', 'There was nothing to withdraw.');
}
