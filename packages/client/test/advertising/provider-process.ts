/** A provider as a process of its own, so that a test can stop and continue it. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A running provider. Whoever started it ends it. */
export interface ProviderProcess {
  readonly providerId: string;
  signal(signal: NodeJS.Signals): void;
  end(): Promise<void>;
}

/** Starts one that advertises at `hub`, and resolves when it says who it is. */
export async function startProvider(hub: string): Promise<ProviderProcess> {
  const child = fork(fileURLToPath(new URL('provider.js', import.meta.url)), [hub]);
  const exited = once(child, 'exit');
  const providerId = await idOf(child);
  return {
    providerId,
    signal: (signal) => void child.kill(signal),
    async end() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function idOf(child: ChildProcess): Promise<string> {
  const message: readonly unknown[] = await once(child, 'message');
  return String(message[0]);
}
