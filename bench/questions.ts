/** Questions as requestors ask them: a whole shape in a country. */
import { ADVERTISEMENTS_PATH } from 'golem-vm-discovery-protocol';
import { randomCountry, randomShape } from './market.js';
import { packRequests, type RequestBatch } from './request-batch.js';

/** How many advertisements an answer has at most. */
const PAGE = 20;

/** In which order the answers are asked for: the default one, or the cheapest first. */
export type AskedSort = 'uptime' | 'price';

/** So many different questions, as requests. */
export function packQuestions(
  random: () => number,
  count: number,
  askedSort: AskedSort,
): RequestBatch {
  const paths = new Set<string>();
  while (paths.size < count) paths.add(randomQuestion(random, askedSort));
  return packRequests([...paths].map(getRequest));
}

function randomQuestion(random: () => number, askedSort: AskedSort): string {
  const { cpu, memory, storage } = randomShape(random);
  const sort = askedSort === 'uptime' ? '' : `&sort=${askedSort}`;
  const shape = `cpu=${cpu}&memory=${memory}&storage=${storage}`;
  return `${ADVERTISEMENTS_PATH}?${shape}&country=${randomCountry(random)}${sort}&limit=${PAGE}`;
}

function getRequest(path: string): Buffer {
  return Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n\r\n`);
}
