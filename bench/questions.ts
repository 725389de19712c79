/** Questions as requestors ask them: a whole shape, mostly in a country. */
import { ADVERTISEMENTS_PATH } from 'golem-vm-discovery-protocol';
import { randomCountry, randomShape } from './market.js';
import { packRequests, type RequestBatch } from './request-batch.js';

/** How many advertisements an answer has at most. */
const PAGE = 20;

/**
 * What is asked for: those listed longest in a country, the cheapest in a country, or those listed longest
 * anywhere, in a shape of moderate size: then an answer is full among a thousand as among a million.
 */
export type Asked = 'in a country' | 'cheapest in a country' | 'anywhere';

/** The largest of the moderate shapes. */
const MODERATE = { cpu: 8, memory: 16, storage: 200 };

/** So many different questions, as requests. */
export function packQuestions(random: () => number, count: number, asked: Asked): RequestBatch {
  const paths = new Set<string>();
  while (paths.size < count) paths.add(randomQuestion(random, asked));
  return packRequests([...paths].map(getRequest));
}

function randomQuestion(random: () => number, asked: Asked): string {
  const upTo = (most: number) => 1 + Math.floor(random() * most);
  const { cpu, memory, storage } =
    asked === 'anywhere'
      ? { cpu: upTo(MODERATE.cpu), memory: upTo(MODERATE.memory), storage: upTo(MODERATE.storage) }
      : randomShape(random);
  const country = asked === 'anywhere' ? '' : `&country=${randomCountry(random)}`;
  const sort = asked === 'cheapest in a country' ? '&sort=price' : '';
  const shape = `cpu=${cpu}&memory=${memory}&storage=${storage}`;
  return `${ADVERTISEMENTS_PATH}?${shape}${country}${sort}&limit=${PAGE}`;
}

function getRequest(path: string): Buffer {
  return Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n\r\n`);
}
