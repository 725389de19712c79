/**
 * Makes large answers small, off the event loop. Invariant: whoever doesn't ask for it, or asks
 * while too many are at it, gets the same bytes plain. Cost: small answers pay one comparison; a
 * page of 1,000 advertisements (406 kB) takes 1.5 ms of a zlib thread and becomes 55 kB.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Answer, sendAnswer } from './answer.js';

const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);

/** Below, compressing costs more time than it saves: so much arrives in the first round trip. */
const COMPRESSED_BYTES_MIN = 16_384;

/** How many answers are compressed at once: zlib has four threads, and what waits holds memory. */
const CONCURRENT_MAX = 16;

/** On every answer that is large enough, compressed or not: caches must keep the encodings apart. */
const VARIES = ['Vary', 'Accept-Encoding'] as const;

type Encoding = 'br' | 'gzip';

/** Sends an answer, compressed where it is large and the client asks for it. */
export type CompressibleSender = (
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
) => Promise<void> | undefined;

/** Makes a sender that counts how many answers are being compressed. Nothing in it needs closing. */
export function createCompressibleSender(): CompressibleSender {
  let running = 0;
  const sendCompressed = async (response: ServerResponse, answer: Answer, encoding: Encoding) => {
    running += 1;
    answer.keep?.();
    try {
      sendAnswer(response, await compressed(answer, encoding));
    } finally {
      running -= 1;
    }
  };
  return (request, response, answer) => {
    const isLarge = answer.body.length >= COMPRESSED_BYTES_MIN;
    const varying = isLarge ? { ...answer, headers: [...answer.headers, ...VARIES] } : answer;
    const encoding = isLarge && running < CONCURRENT_MAX ? encodingFor(request) : undefined;
    if (encoding !== undefined) return sendCompressed(response, varying, encoding);
    sendAnswer(response, varying);
    return undefined;
  };
}

/** Qualities were chosen by measuring: the next step up takes a third longer for a twentieth less. */
async function compressed(answer: Answer, encoding: Encoding): Promise<Answer> {
  const body =
    encoding === 'gzip'
      ? await gzipAsync(answer.body, { level: 3 })
      : await brotliAsync(answer.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } });
  return {
    ...answer,
    body,
    headers: [...answer.headers, 'Content-Encoding', encoding],
  };
}

/** `HEAD` gets the headers of the plain answer: compressing what is not sent would be waste. */
function encodingFor({ method, headers }: IncomingMessage): Encoding | undefined {
  return method === 'HEAD' ? undefined : preferredEncoding(headers['accept-encoding']);
}

/** What a client likes best of the codings that there are, by its `Accept-Encoding`; `undefined` for plain bytes. */
export function preferredEncoding(accepted: string | undefined): Encoding | undefined {
  if (accepted === undefined) return undefined;
  const weights = weightsOf(accepted);
  const brWeight = weights.get('br') ?? weights.get('*') ?? 0;
  const gzipWeight = weights.get('gzip') ?? weights.get('*') ?? 0;
  const best = Math.max(brWeight, gzipWeight);
  // Who prefers the plain bytes says so by name; unnamed they are what is left (RFC 9110, 12.5.3).
  if (best === 0 || (weights.get('identity') ?? 0) > best) return undefined;
  return gzipWeight > brWeight ? 'gzip' : 'br';
}

/** How much each coding that is named is wanted, from 0 to 1. */
function weightsOf(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const item of header.toLowerCase().split(',')) {
    const [coding = '', parameter = ''] = item.split(';', 2);
    const weight = /^\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1] ?? '1';
    weights.set(coding.trim(), Number(weight));
  }
  return weights;
}
