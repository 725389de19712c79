/**
 * Reads the answers of one connection: status and length, and nothing else, so that the generator
 * stays far from being the bottleneck. An answer without Content-Length is an error: guessing where
 * it ends would make the figures a guess.
 */

/** One answer. */
export interface Answer {
  readonly status: number;
  readonly bodyBytes: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const HEAD_BYTES_MAX = 16_384;

/** Reads a stream of answers. */
export interface AnswerReader {
  /** Takes what has arrived; the answer that it completes, if it does. One request is in flight, so there is never a second one. */
  take(chunk: Buffer): Answer | undefined;
}

/** Makes the reader of one connection. */
export function createAnswerReader(): AnswerReader {
  let head: Buffer | undefined;
  let answer: Answer | undefined;
  let missing = 0;
  return {
    take(chunk) {
      if (answer === undefined) {
        head = head === undefined ? chunk : Buffer.concat([head, chunk]);
        const end = head.indexOf(HEAD_END);
        if (end === -1) {
          if (head.length > HEAD_BYTES_MAX) throw new Error('an answer has no end of its head');
          // What was taken is reused by the socket for what comes next.
          if (head === chunk) head = Buffer.from(chunk);
          return undefined;
        }
        answer = parseHead(head.toString('latin1', 0, end));
        missing = answer.bodyBytes - (head.length - end - HEAD_END.length);
        head = undefined;
      } else {
        missing -= chunk.length;
      }
      if (missing > 0) return undefined;
      if (missing < 0) throw new Error('an answer is longer than it says');
      const whole = answer;
      answer = undefined;
      return whole;
    },
  };
}

function parseHead(head: string): Answer {
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`an answer has no Content-Length:\n${head}`);
  return { status, bodyBytes: Number(length) };
}
