/** A watch as a command runs it: a line for each event, until somebody stops it. */
import type { Requirements } from 'golem-vm-discovery-protocol';
import type { DiscoveryClient } from '../discovery-client.js';
import { DiscoveryError } from '../discovery-error.js';
import type { Failure } from '../failure.js';
import { DONE, type Ended } from './exit-codes.js';
import { changeLine } from './rendering/change-line.js';
import { neutralJson } from './rendering/neutral-text.js';
import type { Surroundings } from './surroundings.js';
import { Trouble } from './trouble.js';

/** Prints what happens until Ctrl-C. */
export async function showChanges(
  client: DiscoveryClient,
  requirements: Requirements,
  isJson: boolean,
  surroundings: Surroundings,
): Promise<Ended> {
  const { out, nowMs } = surroundings;
  const interruption = surroundings.interruption();
  const { signal } = interruption;
  const trouble = new Trouble(surroundings.err);
  const onTrouble = (failure: Failure): void => trouble.note(failure);
  try {
    for await (const event of client.watch({ ...requirements, signal, onTrouble })) {
      trouble.noteNews();
      if (event.event === 'bookmark') continue;
      const line = isJson ? neutralJson(event, 0) : changeLine(event, out, nowMs());
      out.write(`${line}\n`);
    }
  } catch (error) {
    if (!(error instanceof DiscoveryError && error.code === 'ABORTED')) throw error;
  } finally {
    interruption.close();
  }
  return DONE;
}
