/** An advertiser in a world that a test turns, and hubs that answer what the test wants. */
import {
  Advertiser,
  type AdvertiserEvent,
  type AdvertiserOptions,
  type Fetch,
} from '#src/index.js';
import { generateKey } from '#src/keys/index.js';
import { createTurnedWorld, type TurnedWorld } from '../turned-world.js';

/** Who advertises. */
export const key = generateKey();
/** What is advertised. */
export const ADVERTISEMENT = {
  ip_address: '83.233.10.2',
  country: 'SE',
  resources: { cpu: 4, memory: 8, storage: 40 },
};

/** A request that arrived somewhere. */
interface Arrival {
  readonly hub: string;
  readonly method: string;
  readonly path: string;
  readonly signature: string;
  readonly body: string;
}

/** A hub lists it. */
export function grant(): Response {
  return Response.json({
    ...ADVERTISEMENT,
    provider_id: key.providerId,
    created_at: '2026-09-21T14:13:20.000Z',
    updated_at: '2026-09-21T14:13:20.000Z',
    expires_at: '2026-09-21T14:18:20.000Z',
    verified: true,
    refresh_after_seconds: 100,
  });
}

/** A hub refuses it. */
export function problem(code: string, status: number): Response {
  const body = { code, message: `refused by ${code}`, timestamp: '2026-09-21T14:13:20.000Z' };
  return Response.json(body, { status });
}

/** An advertiser in a world that a test turns; `answer` is what each request gets. */
export async function stage(
  answer: (arrival: Arrival) => Response | 'silence',
  options: Partial<AdvertiserOptions> = {},
): Promise<{
  world: TurnedWorld;
  advertiser: Advertiser;
  arrivals: Arrival[];
  events: AdvertiserEvent[];
  pass: (ms: number) => Promise<void>;
}> {
  const arrivals: Arrival[] = [];
  const events: AdvertiserEvent[] = [];
  const fetch: Fetch = async (url, init) => {
    const { origin, pathname } = new URL(url);
    const arrival: Arrival = {
      hub: origin,
      method: init.method ?? '',
      path: pathname,
      signature: new Headers(init.headers).get('x-provider-signature') ?? '',
      body: new TextDecoder().decode(init.body instanceof Uint8Array ? init.body : undefined),
    };
    arrivals.push(arrival);
    const said = answer(arrival);
    return said === 'silence' ? silenceUntil(init.signal) : said;
  };
  const world = createTurnedWorld(fetch);
  const advertiser = await Advertiser.start({
    hubs: 'http://hub',
    signer: key,
    advertisement: ADVERTISEMENT,
    onEvent: (event) => events.push(event),
    surroundings: world,
    ...options,
  });
  const pass = (ms: number): Promise<void> =>
    world.settle(new Promise((resolve) => world.after(ms, resolve)));
  await pass(10);
  return { world, advertiser, arrivals, events, pass };
}

function silenceUntil(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('given up')));
  });
}
