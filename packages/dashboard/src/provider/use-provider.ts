/**
 * One provider, looked at again when its end comes near, since a renewal is no event. Invariant: while
 * a hub answers, what is shown is listed, or it is said that it is not.
 */
import { DiscoveryError } from 'golem-vm-discovery-client';
import type { Advertisement } from 'golem-vm-discovery-protocol';
import { useEffect, useRef, useState } from 'react';
import { wallMs } from '../parts/clock.js';
import { failureText } from '../hub/failure-text.js';
import type { Hub } from '../hub/hub.js';
import { retryWaitMs } from '../hub/retry-wait.js';

/** What is known of a provider. */
export type ProviderKnown =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'listed'; readonly advertisement: Advertisement }
  | { readonly kind: 'not_listed' }
  /** Without `waitMs`, no hub will ever answer otherwise. */
  | { readonly kind: 'failed'; readonly message: string; readonly waitMs: number | undefined };

/** A renewal is due two thirds of a lease before the end; in the last tenth of a minute it is late. */
const BEFORE_END_MS = 6_000;
const AFTER_END_MS = 1_500;
const WAIT_MS_MIN = 1_500;

/** Asks for a provider; again when `sign`, whatever it is, changes. `aheadMs` is added to the viewer's clock. */
export function useProvider(
  { client }: Hub,
  providerId: string,
  aheadMs: number,
  sign: unknown,
): ProviderKnown {
  const [known, setKnown] = useState<ProviderKnown>({ kind: 'waiting' });
  // That the hub's clock is known now is no reason to ask again.
  const ahead = useRef(aheadMs);
  useEffect(() => void (ahead.current = aheadMs), [aheadMs]);
  useEffect(() => {
    const aborter = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      const next = await lookAt(client, providerId, aborter.signal);
      if (aborter.signal.aborted) return;
      setKnown(next);
      const waitMs = nextLookMs(next, wallMs() + ahead.current);
      if (waitMs !== undefined) timer = setTimeout(() => void look(), waitMs);
    };
    void look();
    return () => {
      aborter.abort();
      clearTimeout(timer);
    };
  }, [client, providerId, sign]);
  return known;
}

async function lookAt(
  client: Hub['client'],
  providerId: string,
  signal: AbortSignal,
): Promise<ProviderKnown> {
  try {
    return { kind: 'listed', advertisement: await client.get(providerId, { signal }) };
  } catch (error) {
    if (error instanceof DiscoveryError && error.code === 'ADV_004') return { kind: 'not_listed' };
    const isNoId = error instanceof DiscoveryError && error.code === 'REQ_001';
    const waitMs = isNoId ? undefined : retryWaitMs(error);
    return { kind: 'failed', message: failureText(error), waitMs };
  }
}

/** When to look again: shortly before the end, then shortly after it. Whoever is not listed is told of by the watch. */
function nextLookMs(known: ProviderKnown, nowMs: number): number | undefined {
  if (known.kind === 'failed') return known.waitMs;
  if (known.kind !== 'listed') return undefined;
  const leftMs = Date.parse(known.advertisement.expires_at) - nowMs;
  const nextMs =
    leftMs > BEFORE_END_MS + WAIT_MS_MIN ? leftMs - BEFORE_END_MS : leftMs + AFTER_END_MS;
  return Math.max(WAIT_MS_MIN, nextMs);
}
