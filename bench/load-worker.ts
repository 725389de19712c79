/**
 * The thread that makes load: so many connections that are kept, each with one request in flight,
 * all taking the next request from one batch. It ends after the time that was asked for, or when
 * the batch is used up, and at once when an answer is not 2xx.
 */
import { connect, type Socket } from 'node:net';
import { createHistogram, performance } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';
import { createAnswerReader } from './answer-reader.js';
import type { LoadPlan, LoadResult } from './load-generator.js';
import { requestAt } from './request-batch.js';

const SOCKET_BUFFER_BYTES = 65_536;

/** What all connections of a run share. */
interface Run {
  readonly plan: LoadPlan;
  readonly startedAtMs: number;
  readonly endsAtMs: number;
  readonly latency: ReturnType<typeof createHistogram>;
  readonly bodySizes: number[];
  sent: number;
  next: number;
  failure: string | undefined;
}

async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const startedAtMs = performance.now();
  const cpuBefore = process.cpuUsage();
  const loopBefore = performance.eventLoopUtilization();
  const run: Run = {
    plan,
    startedAtMs,
    endsAtMs: startedAtMs + plan.ms,
    latency: createHistogram(),
    bodySizes: [],
    sent: 0,
    next: plan.from,
    failure: undefined,
  };
  await Promise.all(Array.from({ length: plan.connections }, () => runConnection(run)));
  const elapsedMs = performance.now() - startedAtMs;
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    answered: run.bodySizes.length,
    elapsedMs,
    bodySizes: run.bodySizes,
    failure: run.failure,
    p50Ms: run.latency.percentile(50) / 1e6,
    p99Ms: run.latency.percentile(99) / 1e6,
    maxMs: run.latency.max / 1e6,
    loopUtilization: performance.eventLoopUtilization(loopBefore).utilization,
    cpuShare: (user + system) / 1_000 / elapsedMs,
  };
}

/** Resolves when this connection has nothing left to do. */
function runConnection(run: Run): Promise<void> {
  return new Promise((resolve) => {
    const reader = createAnswerReader();
    let sentAtMs = 0;
    const socket: Socket = connect({
      host: '127.0.0.1',
      port: run.plan.port,
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafe(SOCKET_BUFFER_BYTES),
        callback(length, buffer) {
          onBytes(Buffer.from(buffer.buffer, buffer.byteOffset, length));
          return true;
        },
      },
    });
    function sendNext(): void {
      const now = performance.now();
      const index = takeNext(run, now);
      if (index === undefined) return void socket.destroy();
      sentAtMs = dueAtMs(run, now);
      const send = () => {
        // A timer may ring up to a millisecond early.
        sentAtMs = Math.min(sentAtMs, performance.now());
        socket.write(requestAt(run.plan.batch, index));
      };
      if (sentAtMs <= now) send();
      else setTimeout(send, sentAtMs - now);
    }
    function onBytes(chunk: Buffer): void {
      try {
        const answer = reader.take(chunk);
        if (answer === undefined) return;
        run.latency.record(Math.max(1, Math.round((performance.now() - sentAtMs) * 1e6)));
        run.bodySizes.push(answer.bodyBytes);
        if (answer.status < 200 || answer.status > 299) {
          run.failure ??= `status ${answer.status}: ${chunk.toString('utf8').slice(0, 1_000)}`;
        }
      } catch (error) {
        run.failure ??= String(error);
      }
      sendNext();
    }
    socket.once('connect', sendNext);
    socket.once('error', (error) => {
      run.failure ??= `connection: ${error.message}`;
    });
    socket.once('close', () => resolve());
    socket.once('end', () => {
      if (run.next < run.plan.to && performance.now() < run.endsAtMs) {
        run.failure ??= 'the server closed a connection';
      }
    });
  });
}

/** When the next request is to be sent. */
function dueAtMs(run: Run, nowMs: number): number {
  const { perSecond } = run.plan;
  if (perSecond === undefined) return nowMs;
  run.sent += 1;
  return run.startedAtMs + (run.sent * 1_000) / perSecond;
}

/** The next request of the batch; `undefined` when the run is over. */
function takeNext(run: Run, nowMs: number): number | undefined {
  const { plan } = run;
  if (run.failure !== undefined || nowMs >= run.endsAtMs) return undefined;
  if (run.next >= plan.to) {
    if (!plan.repeats) return undefined;
    run.next = 0;
  }
  run.next += 1;
  return run.next - 1;
}

parentPort?.on('message', (plan: LoadPlan) => {
  void runLoad(plan).then((result) => parentPort?.postMessage(result));
});
