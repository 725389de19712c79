/**
 * Requests, written out in full before anything is measured, in memory that threads share: the
 * generator only copies bytes to sockets. Invariant: request `i` ends where `ends[i]` says.
 */

/** A list of HTTP/1.1 requests as they go over the wire. */
export interface RequestBatch {
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
}

/** Puts requests behind each other. */
export function packRequests(requests: readonly Buffer[]): RequestBatch {
  const length = requests.reduce((sum, request) => sum + request.length, 0);
  const bytes = new Uint8Array(new SharedArrayBuffer(length));
  const ends = new Uint32Array(new SharedArrayBuffer(requests.length * 4));
  let end = 0;
  for (const [index, request] of requests.entries()) {
    bytes.set(request, end);
    end += request.length;
    ends[index] = end;
  }
  return { bytes, ends };
}

/** One request of a batch, without copying it. */
export function requestAt({ bytes, ends }: RequestBatch, index: number): Uint8Array {
  return bytes.subarray(ends[index - 1] ?? 0, ends[index]);
}
