/** The clocks of the page: the viewer's own, and the hub's as far as it is known. The only place that reads one. */
import { useEffect, useState } from 'react';

/** Unix milliseconds, by the viewer's clock. */
export function wallMs(): number {
  return Date.now();
}

/** The viewer's clock as state, again every `everyMs`. */
export function useNow(everyMs: number): number {
  const [nowMs, setNowMs] = useState(wallMs);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(wallMs()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return nowMs;
}

/** Milliseconds since some moment, which no setting of the clock changes. */
export function monotonicMs(): number {
  return performance.now();
}
