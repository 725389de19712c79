/** A client that sends exactly the bytes it is told to, and reads whatever comes back. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** An answer as it was on the wire. */
export interface RawAnswer {
  readonly status: number;
  /** By lower-case name; a repeated one is joined by commas. */
  readonly headers: ReadonlyMap<string, string>;
  /** As text; `bytes` for what is compressed. */
  readonly body: string;
  readonly bytes: Buffer;
}

/** Everything that came back on a connection, and how it ended. */
export interface Conversation {
  readonly answers: readonly RawAnswer[];
  readonly ended: 'closed' | 'open' | 'reset';
}

/** When to stop listening. */
export interface Patience {
  /** Answers after which nothing more is expected; without it, until the hub closes. */
  readonly answers?: number;
  /** A guard against a hang, far beyond what any answer takes. */
  readonly msMax?: number;
  /** Whether `HEAD` was asked, whose answers have a length and no body. */
  readonly bodiless?: boolean;
}

/** Opens a connection. The test destroys it. */
export async function openSocket(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  return socket;
}

/** Sends bytes on a connection of their own, and listens. */
export async function converse(
  port: number,
  bytes: string | Buffer,
  patience: Patience = {},
): Promise<Conversation> {
  const socket = await openSocket(port);
  const raw = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
  const bodiless = raw.toString('latin1', 0, 5) === 'HEAD ';
  const conversation = listen(socket, { bodiless, ...patience });
  socket.write(raw);
  return conversation;
}

/** Listens on a connection until it closes, or enough was answered. */
export function listen(
  socket: Socket,
  { answers: enough = Infinity, msMax = 15_000, bodiless = false }: Patience = {},
): Promise<Conversation> {
  return new Promise((resolve) => {
    let received = '';
    let ended: Conversation['ended'] = 'closed';
    const finish = () => {
      clearTimeout(guard);
      socket.destroy();
      resolve({ answers: parseAnswers(received, bodiless), ended });
    };
    const guard = setTimeout(() => {
      ended = 'open';
      finish();
    }, msMax);
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1');
      if (parseAnswers(received, bodiless).length < enough) return;
      ended = 'open';
      finish();
    });
    socket.on('error', () => {
      ended = 'reset';
    });
    socket.on('close', finish);
  });
}

/** Sends one request and gives its answer; fails where there is none. */
export async function ask(port: number, bytes: string | Buffer): Promise<RawAnswer> {
  const { answers } = await converse(port, bytes, { answers: 1 });
  const [answer] = answers;
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

/** The whole answers at the start of a text. */
function parseAnswers(text: string, bodiless: boolean): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let at = 0;
  for (;;) {
    const end = text.indexOf('\r\n\r\n', at);
    if (end === -1) return answers;
    const [statusLine = '', ...lines] = text.slice(at, end).split('\r\n');
    const headers = parseHeaders(lines);
    const length = bodiless ? 0 : Number(headers.get('content-length') ?? 0);
    const bytes = Buffer.from(text.slice(end + 4, end + 4 + length), 'latin1');
    if (bytes.length < length) return answers;
    const status = Number(statusLine.split(' ')[1]);
    answers.push({ status, headers, bytes, body: bytes.toString() });
    at = end + 4 + length;
  }
}

function parseHeaders(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return headers;
}
