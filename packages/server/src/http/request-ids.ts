/** Names requests, so that an answer and a line of the log can be brought together. Cost: adding one. */

/** Gives the next id: a prefix that tells one run of the hub from another, and a number that rises. */
export type RequestIds = () => string;

/** Makes ids such as `k3x9w2-1f`. `prefix` should be random. */
export function createRequestIds(prefix: string): RequestIds {
  let last = 0;
  return () => {
    last += 1;
    return `${prefix}-${last.toString(36)}`;
  };
}
