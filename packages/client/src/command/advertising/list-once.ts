/** Lists an advertisement for one lease, at every hub that takes it. */
import { Advertiser, type AdvertiserOptions } from '../../advertising/advertiser.js';
import { DONE, type Ended } from '../exit-codes.js';
import { failureEnding } from '../failure-ending.js';
import { neutralText } from '../rendering/neutral-text.js';
import type { Surroundings } from '../surroundings.js';
import { FirstAnswers } from './first-answers.js';

/** What an advertiser needs, apart from somebody to tell. */
export type Announcement = Omit<AdvertiserOptions, 'onEvent' | 'hubs'> & {
  readonly hubs: readonly string[];
};

/** Ends well when every hub lists it. */
export async function listOnce(what: Announcement, { out }: Surroundings): Promise<Ended> {
  const answers = new FirstAnswers(what.hubs.length);
  const advertiser = await Advertiser.start({
    ...what,
    onEvent(event) {
      answers.hear(event);
      if (event.kind === 'listed') out.write(`${neutralText(event.message)}\n`);
    },
  });
  const [failure] = (await answers.complete).failures;
  await advertiser.close({ withdraw: false });
  return failure === undefined ? DONE : failureEnding(failure);
}
