/**
 * A thread full of watchers: opens streams, reads them, and notes how long after its receipt by the
 * hub each event arrived. It parses no more than it must, since it shares the machine with the hub.
 */
import { connect, type Socket } from 'node:net';
import { parentPort } from 'node:worker_threads';
import type { CrowdOrder, CrowdReport } from './watch-crowd.js';

const UPDATED_AT = '"updated_at":"';
const TIME_CHARS = 24;

/** Connections that are being opened at once. */
const OPENING_MAX = 64;

const delaysMs: number[] = [];
const sockets: Socket[] = [];
let isCounting = false;

function open(port: number, path: string, reads: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    sockets.push(socket);
    let rest = '';
    socket.setEncoding('latin1');
    socket.once('error', reject);
    socket.once('data', (chunk: string) => {
      if (chunk.startsWith('HTTP/1.1 200')) resolve();
      else reject(new Error(chunk.slice(0, 500)));
      if (!reads) socket.pause();
    });
    socket.on('data', (chunk: string) => {
      const text = rest + chunk;
      const end = text.lastIndexOf('\n\n') + 1;
      if (isCounting) count(text, end);
      rest = text.slice(end);
    });
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n`);
  });
}

function count(text: string, end: number): void {
  const nowMs = Date.now();
  for (
    let at = text.indexOf(UPDATED_AT);
    at !== -1 && at < end;
    at = text.indexOf(UPDATED_AT, at)
  ) {
    at += UPDATED_AT.length;
    delaysMs.push(nowMs - Date.parse(text.slice(at, at + TIME_CHARS)));
  }
}

async function openAll({ port, paths, reads }: CrowdOrder & { kind: 'open' }): Promise<void> {
  for (let start = 0; start < paths.length; start += OPENING_MAX) {
    const some = paths.slice(start, start + OPENING_MAX);
    await Promise.all(some.map((path) => open(port, path, reads)));
  }
}

function report(value: CrowdReport): void {
  parentPort?.postMessage(value);
}

async function carryOut(order: CrowdOrder): Promise<void> {
  switch (order.kind) {
    case 'open':
      await openAll(order);
      return report({ kind: 'done' });
    case 'count':
      delaysMs.length = 0;
      isCounting = true;
      return report({ kind: 'done' });
    case 'counted':
      isCounting = false;
      return report({ kind: 'counted', delaysMs: Float64Array.from(delaysMs) });
    case 'leave':
      for (const socket of sockets.splice(0)) socket.destroy();
      return report({ kind: 'done' });
  }
}

parentPort?.on('message', (order: CrowdOrder) => {
  carryOut(order).catch((error: unknown) => report({ kind: 'failed', message: String(error) }));
});
