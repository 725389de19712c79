/** One question to the hub and what came of it, as state. Invariant: an answer to an older question never shows. */
import { useEffect, useState } from 'react';
import { failureText } from './failure-text.js';

/** Nothing yet, an answer, or why there is none. */
export type Answer<Value> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'answered'; readonly value: Value }
  | { readonly kind: 'failed'; readonly message: string };

/** Asks, once there is an `ask`; again whenever that is another function, so it must be stable. What was answered before stays until then. */
export function useAnswer<Value>(
  ask: ((signal: AbortSignal) => Promise<Value>) | undefined,
): Answer<Value> {
  const [answer, setAnswer] = useState<Answer<Value>>({ kind: 'waiting' });
  useEffect(() => {
    if (ask === undefined) return undefined;
    const aborter = new AbortController();
    const set = (next: Answer<Value>): void => {
      if (!aborter.signal.aborted) setAnswer(next);
    };
    ask(aborter.signal).then(
      (value) => set({ kind: 'answered', value }),
      (error: unknown) => {
        if (!aborter.signal.aborted) set({ kind: 'failed', message: failureText(error) });
      },
    );
    return () => aborter.abort();
  }, [ask]);
  return answer;
}
