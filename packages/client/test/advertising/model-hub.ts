/**
 * The rules of a hub about one provider, in a few lines: window, order, retry, lease. It stands in for
 * a hub where days must pass in seconds; the real one is in `staying-listed.test.ts`. Signatures
 * are not verified here.
 */
import { checkSignatureTime, problem, type Problem } from 'golem-vm-discovery-protocol';

const LEASE_MS = 300_000;

/** A hub by the clock that it is given. */
export class ModelHub {
  readonly #nowMs: () => number;
  readonly #providerId: string;
  #lastT = 0;
  #lastBody = '';
  #createdAtMs = 0;
  #leaseEndsMs = 0;

  constructor(providerId: string, nowMs: () => number) {
    this.#providerId = providerId;
    this.#nowMs = nowMs;
  }

  get isListed(): boolean {
    return this.#nowMs() < this.#leaseEndsMs;
  }

  /** What is listed says this. */
  get body(): string {
    return this.#lastBody;
  }

  /** Comes back from a crash with nothing on its disk. */
  forget(): void {
    this.#lastT = 0;
    this.#leaseEndsMs = 0;
  }

  /** Answers a signed POST. */
  answer({ headers, body }: RequestInit): Response {
    const signature = new Headers(headers).get('x-provider-signature') ?? '';
    const t = Number(/^t=(\d{13}),v1=/.exec(signature)?.[1]);
    const text = new TextDecoder().decode(body instanceof Uint8Array ? body : undefined);
    const refusal = this.#refusalOf(t, text);
    return refusal === undefined ? this.#grant(t, text) : this.#refuse(refusal);
  }

  #refusalOf(t: number, text: string): Problem | undefined {
    const window = checkSignatureTime(t, this.#nowMs());
    if (!window.ok) return window.problem;
    const isRetry = this.isListed && t === this.#lastT && text === this.#lastBody;
    if (t > this.#lastT || isRetry) return undefined;
    const details = [{ field: 't', message: String(this.#lastT) }];
    return problem('ADV_005', 'something newer was said', { details });
  }

  #grant(t: number, text: string): Response {
    const nowMs = this.#nowMs();
    if (!this.isListed) this.#createdAtMs = nowMs;
    if (t > this.#lastT) this.#leaseEndsMs = nowMs + LEASE_MS;
    this.#lastT = t;
    this.#lastBody = text;
    return Response.json({
      ip_address: '83.233.10.2',
      country: 'SE',
      resources: { cpu: 4, memory: 8, storage: 40 },
      provider_id: this.#providerId,
      created_at: timeText(this.#createdAtMs),
      updated_at: timeText(this.#leaseEndsMs - LEASE_MS),
      expires_at: timeText(this.#leaseEndsMs),
      verified: true,
      refresh_after_seconds: 100,
    });
  }

  #refuse({ code, message, details }: Problem): Response {
    const body = { code, message, details, timestamp: timeText(this.#nowMs()) };
    return Response.json(body, { status: 400 });
  }
}

function timeText(ms: number): string {
  return new Date(ms).toISOString();
}
