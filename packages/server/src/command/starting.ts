/**
 * Brings a hub up, as often as it takes: one whose store was lost while it was read holds half of it, so it is
 * closed and another one made.
 */
import type { Result } from 'golem-vm-discovery-protocol';
import type { Hub, Listening } from '../hub.js';
import { UnreadableStore } from '../store/unreadable-store.js';
import { describeListenError, describeStoreProblem } from './start-problem.js';
import type { Stop } from './stopping.js';

/** What fails so often does not mend itself. */
const ATTEMPTS_MAX = 5;

/** How a start ended. */
export type Started =
  | { readonly kind: 'listening'; readonly hub: Hub; readonly listening: Listening }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'refused'; readonly message: string };

/** What a start needs. */
export interface StartParts {
  readonly create: () => Promise<Result<Hub, string>>;
  readonly stop: Pick<Stop, 'requested' | 'signal'>;
  readonly metricsPort: number | undefined;
  /** Told why it begins again. */
  readonly notice: (message: string) => void;
}

/** Resolves when a hub listens and is complete, or there will be none. Rejects for a bug. */
export async function start({ create, stop, metricsPort, notice }: StartParts): Promise<Started> {
  for (let attempt = 1; ; attempt += 1) {
    const created = await create();
    if (!created.ok && stop.signal.aborted) return { kind: 'stopped' };
    if (!created.ok) return { kind: 'refused', message: describeStoreProblem(created.problem) };
    const hub = created.value;
    try {
      const listening = await Promise.race([hub.listen(), stop.requested]);
      if (typeof listening !== 'string') return { kind: 'listening', hub, listening };
      await hub.close();
      return { kind: 'stopped' };
    } catch (error) {
      await hub.close();
      const message = describeStartError(error, metricsPort);
      if (message === undefined) throw error;
      if (!mayMendItself(error) || attempt === ATTEMPTS_MAX) return { kind: 'refused', message };
      if (stop.signal.aborted) return { kind: 'stopped' };
      notice(`${message}; beginning again`);
    }
  }
}

function describeStartError(error: unknown, metricsPort: number | undefined): string | undefined {
  return error instanceof UnreadableStore ? error.message : describeListenError(error, metricsPort);
}

function mayMendItself(error: unknown): boolean {
  return error instanceof UnreadableStore && error.isPassing;
}
