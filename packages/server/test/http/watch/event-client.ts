/** A client of event streams that reads what comes, or does not, and knows nothing of how a hub works. */
import { type ClientRequest, get, type IncomingMessage } from 'node:http';

/** One event as it was on the wire. */
export interface WireEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

/** An open stream. The test closes it. */
export interface EventClient {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** Everything that came so far. */
  readonly events: readonly WireEvent[];
  /** Resolves when so many events came. */
  arrived(count: number): Promise<readonly WireEvent[]>;
  /** Resolves with everything when the stream has ended. */
  ended(): Promise<readonly WireEvent[]>;
  /** Everything that came, as it was. */
  text(): string;
  close(): void;
}

/** Opens a stream, or whatever answers instead. */
export async function openEvents(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventClient> {
  const request: ClientRequest = get(url, { headers, agent: false });
  request.on('error', () => undefined);
  const response = await answerTo(request);
  const events: WireEvent[] = [];
  const waiting = new Set<() => void>();
  let text = '';
  let read = 0;
  let isOver = false;
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf('\n\n', read); end !== -1; end = text.indexOf('\n\n', read)) {
      const event = parseEvent(text.slice(read, end));
      if (event) events.push(event);
      read = end + 2;
    }
    for (const look of waiting) look();
  });
  response.on('error', () => undefined);
  response.on('close', () => {
    isOver = true;
    for (const look of waiting) look();
  });
  const until = (done: () => boolean): Promise<readonly WireEvent[]> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!done() && !isOver) return;
        waiting.delete(look);
        if (done()) resolve(events);
        else reject(new Error(`the stream ended after ${events.length} events:\n${text}`));
      };
      waiting.add(look);
      look();
    });
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    events,
    arrived: (count) => until(() => events.length >= count),
    ended: () => until(() => isOver),
    text: () => text,
    close: () => void request.destroy(),
  };
}

function answerTo(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });
}

function parseEvent(block: string): WireEvent | undefined {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(': ');
    fields.set(line.slice(0, colon), line.slice(colon + 2));
  }
  const data = fields.get('data');
  if (data === undefined) return undefined;
  return { id: fields.get('id'), event: fields.get('event') ?? 'message', data };
}
