/** `golem-discovery advertise`: lists this machine, and keeps it listed until Ctrl-C. */
import type { ProviderKey } from '../../keys/index.js';
import { listOnce } from '../advertising/list-once.js';
import { stayListed } from '../advertising/stay-listed.js';
import { ended } from '../exit-codes.js';
import { addSignerOptions, type ClientOptions, readConnection } from '../options/client-options.js';
import { addKeyOption, type KeyOption, ownKey, withKeyFaults } from '../options/key-option.js';
import {
  addOfferOptions,
  type Offer,
  type OfferOptions,
  readOffer,
} from '../options/offer-options.js';
import { offerDetails } from '../rendering/advertisement-details.js';
import { detailsText } from '../rendering/details.js';
import { subcommand } from '../subcommand.js';
import type { Surroundings } from '../surroundings.js';

interface AdvertiseOptions extends OfferOptions, ClientOptions, KeyOption {
  readonly once?: true;
}

export const advertise = subcommand<AdvertiseOptions>({
  name: 'advertise',
  summary: 'list this machine, and keep it listed',
  description:
    'Advertises what this machine has free at every hub that is given, renews in time, comes back after any trouble, and withdraws on Ctrl-C. A key is made at the first start, unless you name one.',
  examples: [
    ['what is free here', 'golem-discovery advertise --country SE'],
    [
      'a part of it, with a name and prices',
      'golem-discovery advertise --country SE --cpu 4 --memory 8 --storage 100 --label "Rack 7" --usd-per-core 4 --usd-per-gb-memory 2 --usd-per-gb-storage 0.1',
    ],
    ['for one lease, from cron', 'golem-discovery advertise --country SE --once'],
  ],
  configure(command) {
    addOfferOptions(command);
    command.option('--once', 'list it for one lease and end, instead of staying');
    addSignerOptions(addKeyOption(command));
  },
  async run(options, surroundings) {
    const connection = readConnection(options, surroundings);
    if (!connection.ok) return ended('usage', connection.problem);
    const offer = await readOffer(options);
    if (!offer.ok) return ended('usage', offer.problem);
    return withKeyFaults(async () => {
      const signer = await ownKey(options, surroundings);
      introduce(signer, offer.value, surroundings);
      const { advertisement } = offer.value;
      const parts = { ...connection.value, signer, advertisement };
      return options.once === true
        ? listOnce(parts, surroundings)
        : stayListed(parts, surroundings);
    });
  },
});

/** What is about to be said, so that a mistake is seen before others see it. */
function introduce(
  { providerId }: ProviderKey,
  { advertisement, remarks }: Offer,
  { err }: Surroundings,
): void {
  err.write(detailsText([['provider', providerId], ...offerDetails(advertisement)], err));
  for (const remark of remarks) err.write(`${remark}\n`);
}
