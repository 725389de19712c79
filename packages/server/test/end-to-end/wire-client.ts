/** Requests as any client would make them, with the answers left as they came. */
import { signHeaders, type Stranger } from './strangers.js';

/** An answer: status, headers, and the body as JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

const PATH = '/api/v1/advertisements';

/** Advertises; the time of signing is the caller's. */
export async function advertise(
  url: string,
  stranger: Stranger,
  body: string,
  t: number,
): Promise<Answer> {
  const headers = await signHeaders(stranger, 'POST', body, t);
  return request(url + PATH, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
}

/** Withdraws. */
export async function withdraw(url: string, stranger: Stranger, t: number): Promise<Answer> {
  const headers = await signHeaders(stranger, 'DELETE', '', t);
  return request(`${url}${PATH}/${stranger.canonicalId}`, {
    method: 'DELETE',
    headers: { ...headers },
  });
}

/** Finds. */
export function find(url: string, query: string): Promise<Answer> {
  return request(`${url}${PATH}?${query}`);
}

/** Gets one. */
export function get(url: string, id: string, query = ''): Promise<Answer> {
  return request(`${url}${PATH}/${id}${query}`);
}

/** Any request. */
export async function request(url: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, body };
}

/** The `code` of a problem. */
export function codeOf(answer: Answer): unknown {
  return typeof answer.body === 'object' && answer.body !== null && 'code' in answer.body
    ? answer.body.code
    : undefined;
}
