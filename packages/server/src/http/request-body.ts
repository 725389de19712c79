/**
 * Takes a body off the wire, as the bytes that were signed. Invariant: never more than the limit
 * is kept, whatever was declared; what is too much is read and thrown away by Node, for as long
 * as a request may take, so that the refusal reaches a client that is still sending.
 */
import type { IncomingMessage } from 'node:http';
import {
  accept,
  LIMITS,
  problem,
  refuse,
  type Problem,
  type Result,
} from 'golem-vm-discovery-protocol';

/** `charset` is the only parameter that JSON is ever given, and there is only one it may have. */
const JSON_MEDIA_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*(?:utf-8|"utf-8")\s*)?$/i;

/**
 * Reads a JSON body: REQ_004 over 8 KiB, REQ_005 for another media type or encoding, REQ_001
 * where it ended early. A request without a `Content-Type` is taken by its bytes, which must be
 * JSON in any case; a wrong one is refused, since it says that the bytes mean something else.
 */
export async function readJsonBody(request: IncomingMessage): Promise<Result<Buffer>> {
  const refusal = findMediaFault(request) ?? findDeclaredExcess(request);
  return refusal === undefined ? readBytes(request, LIMITS.bodyBytesMax) : refuse(refusal);
}

/** Makes sure that there is no body: REQ_001 where there is one. */
export function requireNoBody(request: IncomingMessage): Result<Buffer> {
  const { 'content-length': length = '0', 'transfer-encoding': coding } = request.headers;
  if (Number(length) === 0 && coding === undefined) return accept(Buffer.alloc(0));
  return refuse(problem('REQ_001', 'this request takes no body'));
}

/** What is read of a body whose request was refused: enough to tell a provider that it says too much. */
const REFUSED_BYTES_MAX = 65_536;

/** Reads on after a refusal, so that it can be found out who signed; `undefined` where it is too long or has been read in part. */
export async function readRefusedBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const { headers, readableDidRead } = request;
  if (readableDidRead || Number(headers['content-length'] ?? 0) > REFUSED_BYTES_MAX)
    return undefined;
  const body = await readBytes(request, REFUSED_BYTES_MAX);
  return body.ok ? body.value : undefined;
}

function findMediaFault({ headers }: IncomingMessage): Problem | undefined {
  const { 'content-type': type, 'content-encoding': encoding } = headers;
  if (type !== undefined && !JSON_MEDIA_TYPE.test(type)) {
    return problem(
      'REQ_005',
      'send the header "Content-Type: application/json"; JSON is UTF-8 here',
    );
  }
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    return problem('REQ_005', 'send the body as it was signed, without Content-Encoding');
  }
  if ((headers['transfer-encoding'] ?? 'chunked').toLowerCase() !== 'chunked') {
    return problem('REQ_005', 'no transfer encoding but chunked is understood');
  }
  return undefined;
}

function findDeclaredExcess({ headers }: IncomingMessage): Problem | undefined {
  return Number(headers['content-length'] ?? 0) > LIMITS.bodyBytesMax ? tooLarge() : undefined;
}

function tooLarge(): Problem {
  return problem('REQ_004', `the body has more than ${LIMITS.bodyBytesMax} bytes`);
}

function readBytes(request: IncomingMessage, bytesMax: number): Promise<Result<Buffer>> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const settle = (result: Result<Buffer>) => {
      request.off('data', onData).off('end', onEnd).off('close', onClose);
      resolve(result);
    };
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes > bytesMax) settle(refuse(tooLarge()));
    };
    const onEnd = () => settle(accept(Buffer.concat(chunks, bytes)));
    const onClose = () => settle(refuse(problem('REQ_001', 'the body ended early')));
    request.on('data', onData).on('end', onEnd).on('close', onClose);
  });
}
