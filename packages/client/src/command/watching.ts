/** A watch as a command runs it: a line for each event, until somebody stops it. */
import type { Requirements } from 'golem-vm-discovery-protocol';
import type { DiscoveryClient } from '../discovery-client.js';
import { DiscoveryError } from '../discovery-error.js';
import type { Failure } from '../failure.js';
import type { WatchEvent } from '../watching/watch-event.js';
import { DONE, type Ended } from './exit-codes.js';
import { neutralJson, neutralText } from './rendering/neutral-text.js';
import { pipedColumns } from './rendering/piped-columns.js';
import type { Surroundings } from './surroundings.js';
import { Trouble } from './trouble.js';

/** Wide enough for the longest name of an event. */
const NAME_CHARS = 10;

/** Prints what happens until Ctrl-C. */
export async function showChanges(
  client: DiscoveryClient,
  requirements: Requirements,
  isJson: boolean,
  surroundings: Surroundings,
): Promise<Ended> {
  const interruption = surroundings.interruption();
  const { signal } = interruption;
  const trouble = new Trouble(surroundings.err);
  const onTrouble = (failure: Failure): void => trouble.note(failure);
  try {
    for await (const event of client.watch({ ...requirements, signal, onTrouble })) {
      trouble.noteNews();
      const line = isJson ? jsonLine(event) : textLine(event, surroundings.nowMs());
      if (line !== undefined) surroundings.out.write(`${line}\n`);
    }
  } catch (error) {
    if (!(error instanceof DiscoveryError && error.code === 'ABORTED')) throw error;
  } finally {
    interruption.close();
  }
  return DONE;
}

function jsonLine(event: WatchEvent): string | undefined {
  if (event.event === 'bookmark') return undefined;
  return neutralJson(event, 0);
}

/** The name, and the columns of a pipe. */
function textLine(event: WatchEvent, nowMs: number): string | undefined {
  if (event.event === 'bookmark') return undefined;
  const name = event.event.padEnd(NAME_CHARS);
  if (event.event === 'reset') return 'reset';
  if ('providerId' in event) return `${name} ${neutralText(event.providerId)}`;
  const cells = pipedColumns(nowMs).map((column) => column.cell(event.advertisement));
  return [name, ...cells].join(' ');
}
