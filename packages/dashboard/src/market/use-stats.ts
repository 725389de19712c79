/**
 * The market in numbers, kept fresh. Invariant: asked at most once in ten seconds, however much
 * happens: six questions a minute of the hundred that a hub allows.
 */
import type { Stats } from 'golem-vm-discovery-protocol';
import { useEffect, useRef, useState } from 'react';
import { wallMs } from '../parts/clock.js';
import { askStats, type Hub } from '../hub/hub.js';

const APART_MS = 10_000;
/** So soon after a change, where the last question is long ago: what arrives together is counted together. */
const SOON_MS = 500;
const QUIET_MS = 60_000;

/** The numbers, asked anew after each `pulse` and once a minute. The last ones stay while a hub is away. */
export function useStats(hub: Hub, pulse: number): Stats | undefined {
  const [stats, setStats] = useState<Stats>();
  const [round, setRound] = useState(0);
  const askedMs = useRef(0);
  useEffect(() => {
    const aborter = new AbortController();
    const run = (): void => {
      askedMs.current = wallMs();
      askStats(hub, aborter.signal).then(setStats, () => undefined);
    };
    const dueMs = askedMs.current + APART_MS - wallMs();
    const timer = setTimeout(run, askedMs.current === 0 ? 0 : Math.max(SOON_MS, dueMs));
    const quiet = setTimeout(() => setRound(round + 1), QUIET_MS);
    return () => {
      clearTimeout(timer);
      clearTimeout(quiet);
    };
  }, [hub, pulse, round]);
  return stats;
}
