/** Tells refusals of Fastify's, which are of what came in, from crashes, which are bugs of ours. */
import { problem, type Problem } from 'golem-vm-discovery-protocol';

/** What to answer for an error that Fastify raised or caught; `undefined` for a crash. */
export function refusalOf(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('statusCode' in error)) return undefined;
  const { code, statusCode } = error;
  switch (code) {
    case 'FST_ERR_BAD_URL':
      return problem('REQ_001', 'the path is not well percent-encoded');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return problem('REQ_005', 'the Content-Type is no media type');
    default:
      return isOfFastify(code) && isBlameOfClient(statusCode)
        ? problem(
            'REQ_001',
            'this hub does not understand such a request; /docs says what it takes',
          )
        : undefined;
  }
}

function isOfFastify(code: unknown): boolean {
  return typeof code === 'string' && code.startsWith('FST_ERR_');
}

function isBlameOfClient(status: unknown): boolean {
  return typeof status === 'number' && status >= 400 && status < 500;
}
