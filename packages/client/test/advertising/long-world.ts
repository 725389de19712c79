/**
 * A world in which days pass in seconds: true time, a machine whose clock may be wrong and which may
 * sleep, and a network that may do anything.
 */
import type { Surroundings } from '#src/index.js';
import type { ModelHub } from './model-hub.js';

/** What happens to a request. `deaf`: the hub hears it, and its answer is lost. */
export type Network = 'whole' | 'swallowing' | 'cut' | 'deaf' | 'storm' | 'broken';

interface Timer {
  readonly atMs: number;
  readonly ring: () => void;
}

const START_MS = 1_790_000_000_000;

/** Made at a fixed instant, awake and with a whole network. */
export class LongWorld {
  readonly #timers = new Set<Timer>();
  readonly #random: () => number;
  /** Unix milliseconds, as only a hub knows them. */
  trueMs = START_MS;
  #monotonicMs = 0;
  #clockErrorMs = 0;
  #hub: ModelHub | undefined;
  network: Network = 'whole';

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Who answers. */
  connect(hub: ModelHub): void {
    this.#hub = hub;
  }

  /** What the machine sees. */
  get surroundings(): Surroundings {
    return {
      fetch: (_url, init) => this.#fetch(init),
      wallMs: () => this.trueMs + this.#clockErrorMs,
      monotonicMs: () => this.#monotonicMs,
      random: this.#random,
      after: (delayMs, ring) => {
        const timer = { atMs: this.#monotonicMs + delayMs, ring };
        this.#timers.add(timer);
        return () => void this.#timers.delete(timer);
      },
    };
  }

  /** Somebody sets the clock of the machine. */
  setClock(byMs: number): void {
    this.#clockErrorMs += byMs;
  }

  /** The machine sleeps; everybody else goes on. */
  sleep(ms: number): void {
    this.trueMs += ms;
  }

  /** Lets time pass, timer by timer, and calls `look` after each. */
  async pass(ms: number, look: () => void): Promise<void> {
    const untilMs = this.#monotonicMs + ms;
    for (let next = this.#next(untilMs); next !== undefined; next = this.#next(untilMs)) {
      this.#advanceTo(Math.max(next.atMs, this.#monotonicMs));
      this.#timers.delete(next);
      next.ring();
      for (let rest = 0; rest < 3; rest += 1) await new Promise(setImmediate);
      look();
    }
    this.#advanceTo(untilMs);
  }

  #next(untilMs: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.atMs <= untilMs && timer.atMs < (next?.atMs ?? Infinity)) next = timer;
    }
    return next;
  }

  #advanceTo(monotonicMs: number): void {
    this.trueMs += monotonicMs - this.#monotonicMs;
    this.#monotonicMs = monotonicMs;
  }

  async #fetch(init: RequestInit): Promise<Response> {
    switch (this.network) {
      case 'whole':
        return this.#answer(init);
      case 'cut':
        throw new TypeError('fetch failed');
      case 'swallowing':
        return silence(init);
      case 'deaf':
        this.#answer(init);
        return silence(init);
      case 'storm':
        return refusal(429, 'RATE_001', {
          'Retry-After': String(Math.ceil(this.#random() * 3_600)),
        });
      case 'broken':
        return refusal(401, 'AUTH_001', {});
    }
  }

  #answer(init: RequestInit): Response {
    if (this.#hub === undefined) throw new TypeError('nobody is there');
    return this.#hub.answer(init);
  }
}

function refusal(status: number, code: string, headers: Record<string, string>): Response {
  const body = { code, message: 'no', timestamp: '2026-09-21T14:13:20.000Z' };
  return Response.json(body, { status, headers });
}

function silence({ signal }: RequestInit): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('given up')));
  });
}
