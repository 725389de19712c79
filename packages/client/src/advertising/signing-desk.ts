/**
 * Where words are signed. Owns the current advertisement as bytes, and the newest signatures:
 * several hubs that are told the same word, and a hub that is told it again, cost one signature.
 * Invariant: bytes are made once for each version, and what was signed is what is sent.
 */
import { ADVERTISEMENTS_PATH, LIMITS } from 'golem-vm-discovery-protocol/vocabulary';
import { signRequest, type Signer } from 'golem-vm-discovery-protocol/signing';
import type { HubRequest } from '../transport/hub-request.js';
import { pause, type Surroundings } from '../transport/surroundings.js';
import type { Word } from './standing.js';

/** A wallet may have to be found and unlocked first; then the time that was signed is still good. */
const SIGNING_MS_MAX = 120_000;

/** As many as there can be hubs: each may be at another word. */
const SIGNED_MAX = 16;

const NO_BODY = new Uint8Array();

/** What a desk needs. */
export interface DeskParts {
  readonly signer: Signer;
  readonly network: string;
  readonly surroundings: Surroundings;
}

/** Signs what one provider says to the hubs of one network. */
export class SigningDesk {
  readonly #parts: DeskParts;
  readonly #signed = new Map<string, Promise<HubRequest>>();
  #body = NO_BODY;
  #version = 0;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** Who speaks. */
  get providerId(): Signer['providerId'] {
    return this.#parts.signer.providerId;
  }

  /** To whose hubs. */
  get network(): string {
    return this.#parts.network;
  }

  /** Which version of the advertisement is the current one. */
  get version(): number {
    return this.#version;
  }

  /** Takes a new advertisement. Throws a `RangeError` where it is longer than any hub accepts. */
  write(advertisement: object): void {
    const body = new TextEncoder().encode(JSON.stringify(advertisement));
    if (body.length > LIMITS.bodyBytesMax) {
      throw new RangeError(
        `the advertisement has ${body.length} bytes as JSON, at most ${LIMITS.bodyBytesMax} are taken`,
      );
    }
    this.#body = body;
    this.#version += 1;
  }

  /** The request that says this word of the current version. Rejects when the signer does, or takes longer than two minutes. */
  requestFor({ method, t, version }: Pick<Word, 'method' | 't' | 'version'>): Promise<HubRequest> {
    const key = `${method} ${version} ${t}`;
    const known = this.#signed.get(key);
    if (known !== undefined) return known;
    const request = this.#sign(method, t);
    this.#signed.set(key, request);
    // A signer that failed is asked again the next time.
    request.catch(() => this.#signed.delete(key));
    this.#forgetOldest();
    return request;
  }

  async #sign(method: Word['method'], t: number): Promise<HubRequest> {
    const { signer, network } = this.#parts;
    const body = method === 'POST' ? this.#body : NO_BODY;
    const path = ADVERTISEMENTS_PATH + (method === 'POST' ? '' : `/${signer.providerId}`);
    const signing = signRequest(signer, { network, method, path, t, body });
    const headers = { ...(await this.#inTime(signing)) };
    return { method, path, headers, ...(method === 'POST' && { body }) };
  }

  async #inTime<Value>(signing: Promise<Value>): Promise<Value> {
    const done = new AbortController();
    const late = pause(this.#parts.surroundings, SIGNING_MS_MAX, done.signal).then((whole) => {
      if (whole) throw new Error(`the signer did not answer within ${SIGNING_MS_MAX / 1_000} s`);
      return signing;
    });
    try {
      return await Promise.race([signing, late]);
    } finally {
      done.abort();
    }
  }

  #forgetOldest(): void {
    for (const key of this.#signed.keys()) {
      if (this.#signed.size <= SIGNED_MAX) return;
      this.#signed.delete(key);
    }
  }
}
