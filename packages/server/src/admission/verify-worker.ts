/**
 * The worker thread: takes batches of verifications, answers each with one byte. It holds no
 * state but a cache of keys, so it can be ended and replaced at any time.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { createVerify } from './implementation.js';
import type { Implementation, Verification, Verify } from './verification.js';
import { VERDICTS } from './verification.js';

function isImplementation(value: unknown): value is Implementation {
  return value === 'native' || value === 'portable';
}

/** One that throws is a bug, and must not take the others of its batch with it. */
function judge(verify: Verify, verification: Verification): number {
  try {
    return verify(verification) ? VERDICTS.verified : VERDICTS.refused;
  } catch {
    return VERDICTS.failed;
  }
}

const implementation: unknown = workerData;
if (!isImplementation(implementation)) throw new TypeError('started without an implementation');
const verify = createVerify(implementation);

parentPort?.on('message', (batch: readonly Verification[]) => {
  parentPort?.postMessage(Uint8Array.from(batch, (verification) => judge(verify, verification)));
});
