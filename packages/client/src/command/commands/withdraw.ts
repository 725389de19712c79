/** `golem-discovery withdraw`: takes one's own advertisement back. */
import type { AdvertiserEvent } from '../../advertising/advertiser-event.js';
import { withdraw as withdrawFrom } from '../../advertising/withdraw.js';
import { errorText } from '../error-text.js';
import { DONE, type Ended, ended } from '../exit-codes.js';
import { failureEnding } from '../failure-ending.js';
import { addSignerOptions, type ClientOptions, readConnection } from '../options/client-options.js';
import {
  addKeyOption,
  keyFileOf,
  type KeyOption,
  readKey,
  withKeyFaults,
} from '../options/key-option.js';
import { neutralText } from '../rendering/neutral-text.js';
import { subcommand } from '../subcommand.js';
import type { Surroundings } from '../surroundings.js';

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
    addSignerOptions(addKeyOption(command));
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
      return howItWent([...last.values()], surroundings);
    });
  },
});

/** Every hub has its say; the last one that did not take it decides how it ends. */
function howItWent(events: readonly AdvertiserEvent[], { out, err }: Surroundings): Ended {
  let failed: Ended | undefined;
  for (const event of events) {
    if (event.kind === 'refused' || event.kind === 'unreachable') {
      if (failed?.message !== undefined) err.write(`${errorText(failed.message, err)}\n`);
      failed = failureEnding(event.failure);
    } else out.write(`${neutralText(event.message)}\n`);
  }
  if (failed !== undefined) return failed;
  return events.some((event) => event.kind === 'withdrawn' && event.wasListed)
    ? DONE
    : ended('nothing', 'There was nothing to withdraw.');
}
