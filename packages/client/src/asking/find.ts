/** `GET /advertisements`: who fits? */
import type { Advertisement } from 'golem-vm-discovery-protocol';
import { LIMITS } from 'golem-vm-discovery-protocol/vocabulary';
import type { Transport } from '../transport/transport.js';
import { Findings } from './findings.js';
import { createPageSource, type FindOptions } from './page-source.js';

/** Searches, and believes the hub. Nothing is asked before the findings are read. */
export function find(transport: Transport, options: FindOptions): Findings<Advertisement> {
  const reading = { pageMax: LIMITS.pageMax, parameters: {}, read: <Page>(page: Page) => page };
  return new Findings(createPageSource(transport, options, reading), options.limit);
}
