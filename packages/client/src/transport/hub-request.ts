/** A request, before it is known which hub it goes to. */

/** One request of the wire. Sending it twice does no harm: reads change nothing, and what is signed is accepted once. */
export interface HubRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Begins with `/`, and is percent-encoded. */
  readonly path: string;
  /** Without `?`; percent-encoded. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The exact bytes; JSON. */
  readonly body?: Uint8Array<ArrayBuffer>;
}

/** The whole URL of a request at one hub. */
export function urlAt(hub: string, { path, query = '' }: HubRequest): string {
  return query === '' ? hub + path : `${hub}${path}?${query}`;
}
