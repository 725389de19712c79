/** What is to be remembered of a write that had come as a whole when it was refused. */
import {
  advertisementPath,
  ADVERTISEMENTS_PATH,
  type ProviderId,
} from 'golem-vm-discovery-protocol';
import type { RefusedWrite, WriteRequest } from './contract.js';

/** A refused advertisement. */
export function refusedPost({ body, ...request }: WriteRequest): RefusedWrite {
  return { ...request, method: 'POST', path: ADVERTISEMENTS_PATH, body: () => body };
}

/** A refused withdrawal. */
export function refusedDelete({ body, ...request }: WriteRequest, owner: ProviderId): RefusedWrite {
  return { ...request, method: 'DELETE', path: advertisementPath(owner), body: () => body };
}
