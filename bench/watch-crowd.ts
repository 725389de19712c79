/** Thousands of watchers in a thread of their own. */
import { Worker } from 'node:worker_threads';

/** What the thread is told. */
export type CrowdOrder =
  | {
      readonly kind: 'open';
      readonly port: number;
      /** One stream each. */
      readonly paths: readonly string[];
      /** Whether they read what comes, or never. */
      readonly reads: boolean;
    }
  | { readonly kind: 'count' }
  | { readonly kind: 'counted' }
  | { readonly kind: 'leave' };

/** What it reports. */
export type CrowdReport =
  | { readonly kind: 'done' }
  | { readonly kind: 'counted'; readonly delaysMs: Float64Array }
  | { readonly kind: 'failed'; readonly message: string };

/** The watchers. */
export interface Crowd {
  open(port: number, paths: readonly string[], reads: boolean): Promise<void>;
  /** From now on. */
  count(): Promise<void>;
  /** How long after its receipt by the hub each event arrived, since `count`. */
  counted(): Promise<Float64Array>;
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the thread. */
export function createCrowd(): Crowd {
  const worker = new Worker(new URL('./watch-crowd-worker.js', import.meta.url));
  const ask = (order: CrowdOrder): Promise<CrowdReport> =>
    new Promise((resolve, reject) => {
      worker.postMessage(order);
      worker.once('message', (report: CrowdReport) => {
        if (report.kind === 'failed') reject(new Error(`the crowd failed: ${report.message}`));
        else resolve(report);
      });
    });
  return {
    open: async (port, paths, reads) => void (await ask({ kind: 'open', port, paths, reads })),
    count: async () => void (await ask({ kind: 'count' })),
    async counted() {
      const report = await ask({ kind: 'counted' });
      return report.kind === 'counted' ? report.delaysMs : new Float64Array();
    },
    leave: async () => void (await ask({ kind: 'leave' })),
    close: async () => void (await worker.terminate()),
  };
}
