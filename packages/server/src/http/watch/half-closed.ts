/**
 * What is done about a client that says no more: it may have closed its half alone, as `nc` does at the end
 * of its input, or be gone. The first probe provokes the word that it is gone, the second one meets it.
 */
import type { Socket } from 'node:net';

/** Longer than word takes from anywhere on earth and back. */
const SECOND_PROBE_MS = 500;

/** Probes when the other side has said its last; the returned function calls that off. Safe to call twice. */
export function probeAtEnd(socket: Socket, probe: () => void): () => void {
  let second: NodeJS.Timeout | undefined;
  const start = (): void => {
    probe();
    second = setTimeout(probe, SECOND_PROBE_MS);
  };
  socket.once('end', start);
  return () => {
    socket.off('end', start);
    clearTimeout(second);
  };
}
