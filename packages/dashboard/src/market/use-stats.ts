/**
 * The market in numbers, kept fresh. Invariant: asked at most once in ten seconds, however much
 * happens, and within ten seconds of whatever happens: six questions a minute of the hundred that a
 * hub allows.
 */
import type { Stats } from 'golem-vm-discovery-protocol';
import { useEffect, useRef, useState } from 'react';
import type { Hub } from '../hub/hub.js';
import { wallMs } from '../parts/clock.js';

const APART_MS = 10_000;
/** So soon after a change, where the last question is long ago: what arrives together is counted together. */
const SOON_MS = 500;
const QUIET_MS = 60_000;

/** The numbers, asked anew after each `pulse` and once a minute. The last ones stay while a hub is away. */
export function useStats({ client }: Hub, pulse: number): Stats | undefined {
  const [stats, setStats] = useState<Stats>();
  const [round, setRound] = useState(0);
  const askedMs = useRef<number>(undefined);
  /** When to ask next, once something happened. What happens meanwhile does not put it off. */
  const dueMs = useRef<number>(undefined);
  useEffect(() => {
    const nowMs = wallMs();
    dueMs.current ??=
      askedMs.current === undefined ? nowMs : Math.max(nowMs + SOON_MS, askedMs.current + APART_MS);
    const ask = (): void => {
      askedMs.current = wallMs();
      dueMs.current = undefined;
      client.stats().then(setStats, () => undefined);
    };
    const timer = setTimeout(ask, dueMs.current - nowMs);
    const quiet = setTimeout(() => setRound(round + 1), QUIET_MS);
    return () => {
      clearTimeout(timer);
      clearTimeout(quiet);
    };
  }, [client, pulse, round]);
  return stats;
}
