/** Waits until what was written has been read. Invariant: it leaves nothing behind on a response that was drained, which a slow reader makes wait hundreds of times. */
import type { ServerResponse } from 'node:http';

/** Calls `over` when everything was read or the connection has ended, and then, only where it was read, `ready`. */
export function onceDrained(response: ServerResponse, over: () => void, ready: () => void): void {
  response.once('close', over);
  response.once('drain', () => {
    response.off('close', over);
    over();
    ready();
  });
}
