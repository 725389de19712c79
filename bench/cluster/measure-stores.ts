/**
 * What the stores of several nodes carry when nothing else has to be done: no HTTP, no signatures, no index. It
 * is what hubs with cores of their own would get through one database.
 */
import { Worker } from 'node:worker_threads';
import { median } from '../rounds.js';

/** What a thread is told first: it opens its store and lists its providers. */
export interface StoreNode {
  readonly url: string;
  /** Its number: each thread has providers of its own. */
  readonly part: number;
  readonly providers: number;
  readonly inFlight: number;
}

/** What it is then told, as often as one likes. */
export interface StoreLoad {
  readonly ms: number;
}

/** Committed advertisements a second of all nodes together; the middle of some rounds. */
export async function measureStores(
  nodes: readonly StoreNode[],
  { rounds, ms }: { readonly rounds: number; readonly ms: number },
): Promise<number> {
  const workers: Worker[] = [];
  try {
    for (const node of nodes) workers.push(await startWorker(node));
    const speeds: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const speed = await measureOnce(workers, { ms });
      // The first warms up.
      if (round > 0) speeds.push(speed);
    }
    return median(speeds);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

async function startWorker(node: StoreNode): Promise<Worker> {
  const worker = new Worker(new URL('./store-worker.js', import.meta.url));
  await ask(worker, node);
  return worker;
}

async function measureOnce(workers: readonly Worker[], load: StoreLoad): Promise<number> {
  const startMs = performance.now();
  const counts = await Promise.all(workers.map((worker) => ask(worker, load)));
  const committed = counts.reduce((sum, each) => sum + each, 0);
  return (committed / (performance.now() - startMs)) * 1_000;
}

/** One question and its answer: how many advertisements were committed. */
function ask(worker: Worker, question: StoreNode | StoreLoad): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (committed: number) => {
      worker.off('error', reject);
      resolve(committed);
    });
    worker.postMessage(question);
  });
}
