/**
 * Keeps an advertisement listed until somebody wants it to stop, and says how it stands: a line for
 * each thing that happens, and on a terminal a last line that is always true.
 */
import { Advertiser } from '../../advertising/advertiser.js';
import type { AdvertiserEvent } from '../../advertising/advertiser-event.js';
import { DONE, type Ended, ended } from '../exit-codes.js';
import { adviceLines, failureEnding } from '../failure-ending.js';
import { neutralText } from '../rendering/neutral-text.js';
import { createStatusLine } from '../rendering/status-line.js';
import type { Surroundings } from '../surroundings.js';
import { FirstAnswers } from './first-answers.js';
import type { Announcement } from './list-once.js';
import { isNewsworthy } from './newsworthy.js';
import { stateText } from './state-text.js';

const TICK_MS = 1_000;

/** A hub that never listed it is told all the same, since an answer may have been lost, but not waited for. */
const FAREWELL_MS_MAX = 5_000;
const FAREWELL_TO_STRANGERS_MS_MAX = 1_000;

/** Ends when interrupted, or when every hub refuses for a reason that waiting can't mend. */
export async function stayListed(what: Announcement, surroundings: Surroundings): Promise<Ended> {
  const status = createStatusLine(surroundings.out);
  const answers = new FirstAnswers(what.hubs.length);
  const interruption = surroundings.interruption();
  const advertiser = await Advertiser.start({
    ...what,
    onEvent(event) {
      answers.hear(event);
      if (isNewsworthy(event)) linesOf(event, surroundings).forEach((line) => status.print(line));
    },
  });
  const tick = setInterval(() => status.show(stateText(advertiser.hubs)), TICK_MS);
  await Promise.race([stopped(interruption.signal), hopelessness(answers)]);
  clearInterval(tick);
  status.close();
  const how = answers.hopeless ? await abandon(advertiser, answers) : await takeLeave(advertiser);
  interruption.close();
  return how;
}

async function abandon(advertiser: Advertiser, { failures }: FirstAnswers): Promise<Ended> {
  await advertiser.close({ withdraw: false });
  const [failure] = failures;
  return failure === undefined ? DONE : failureEnding(failure);
}

async function takeLeave(advertiser: Advertiser): Promise<Ended> {
  const wasListed = advertiser.hubs.some(({ listedForMs }) => listedForMs > 0);
  const timeoutMs = wasListed ? FAREWELL_MS_MAX : FAREWELL_TO_STRANGERS_MS_MAX;
  await advertiser.close({ timeoutMs });
  const left = advertiser.hubs.filter(({ listedForMs }) => listedForMs > 0);
  if (left.length === 0) return DONE;
  const where = left.map(({ hub }) => hub).join(' and ');
  return ended('unreachable', `Still listed at ${where}, until the lease ends by itself.`);
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Resolves when there is nothing to hope for; never, as long as there is. */
async function hopelessness(answers: FirstAnswers): Promise<void> {
  await answers.complete;
  if (!answers.hopeless) await new Promise(() => undefined);
}

/** Each with its time, as a log has it; what to do about it the first time. */
function linesOf(event: AdvertiserEvent, { nowMs, out }: Surroundings): readonly string[] {
  const isFirst = 'failures' in event && event.failures === 1 && 'failure' in event;
  const advice = isFirst && event.listedForMs === 0 ? adviceLines(event.failure) : [];
  const line = `${timeText(new Date(nowMs()), out.isTerminal)}  ${event.message}`;
  return [line, ...advice].map(neutralText);
}

/** The time of day for somebody who looks on; all of it, in UTC, for a log. */
function timeText(time: Date, isWatched: boolean): string {
  return isWatched ? time.toTimeString().slice(0, 8) : time.toISOString();
}
