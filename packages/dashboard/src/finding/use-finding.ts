/**
 * Asks for what fits, and keeps the answer live. Invariant: at most one question is under way, and
 * what answers an older one is dropped. A slider that moves asks when it rests.
 */
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { failureText } from '../hub/failure-text.js';
import { retryWaitMs } from '../hub/retry-wait.js';
import { askListing, type Hub, watchUrl } from '../hub/hub.js';
import { type Liveness, useLive } from '../live/use-live.js';
import { useIsVisible } from '../live/use-is-visible.js';
import { type FindingState, nextState, NOTHING_KNOWN } from './finding-state.js';
import type { Change } from '../search/listing.js';
import { formatSearch, type Search } from '../search/search.js';

const REST_MS = 250;
/** Where a hub tells no changes. */
const POLL_MS = 30_000;

/** The answer, how live it is, and how to read on. */
export interface Finding extends FindingState {
  readonly liveness: Liveness;
  /** Asks for the next page, unless it is asked for. Must be called for what is shown. */
  readonly readOn: () => void;
}

/** Asks a hub for what fits a search, again whenever the search changes. */
export function useFinding(hub: Hub, search: Search): Finding {
  const [state, dispatch] = useReducer(nextState, NOTHING_KNOWN);
  const [round, askAgain] = useReducer((rounds: number) => rounds + 1, 0);
  const isVisible = useIsVisible();
  const isFirst = useRef(true);
  const query = formatSearch(search);

  useEffect(() => {
    if (!isVisible) {
      dispatch({ kind: 'paused' });
      return undefined;
    }
    const restMs = isFirst.current ? 0 : REST_MS;
    isFirst.current = false;
    return ask(hub, search, restMs, dispatch, askAgain);
    // The query says what the search is: another object with the same meaning is no other question.
  }, [hub, query, round, isVisible]);

  const { answered } = state;
  const cursor = answered?.listing.cursor;
  const isPolled = answered !== undefined && cursor === undefined && isVisible;
  useEffect(() => {
    if (!isPolled) return undefined;
    const timer = setInterval(askAgain, POLL_MS);
    return () => clearInterval(timer);
  }, [isPolled]);

  const onChanges = useCallback(
    (changes: readonly Change[]) => dispatch({ kind: 'changed', changes }),
    [],
  );
  const url =
    answered === undefined || cursor === undefined
      ? undefined
      : watchUrl(hub, answered.search.requirements, cursor);
  const liveness = useLive({ url, turn: hub.streams.turn, onChanges, onLost: askAgain });
  const readOn = useReadOn(hub, state, dispatch, askAgain);
  return { ...state, liveness: url === undefined && isPolled ? 'stale' : liveness, readOn };
}

type Dispatch = (event: Parameters<typeof nextState>[1]) => void;

function ask(
  hub: Hub,
  search: Search,
  restMs: number,
  dispatch: Dispatch,
  askAgain: () => void,
): () => void {
  const aborter = new AbortController();
  dispatch({ kind: 'asked' });
  const run = async (): Promise<void> => {
    try {
      const listing = await askListing(hub, search, undefined, aborter.signal);
      if (!aborter.signal.aborted) dispatch({ kind: 'answered', search, listing });
    } catch (error) {
      if (aborter.signal.aborted) return;
      dispatch({ kind: 'failed', message: failureText(error) });
      timer = setTimeout(askAgain, retryWaitMs(error));
    }
  };
  let timer = setTimeout(() => void run(), restMs);
  return () => {
    clearTimeout(timer);
    aborter.abort();
  };
}

/** A page that can't be had means that the answer it belongs to is gone: the whole is asked for anew. */
function useReadOn(
  hub: Hub,
  { answered }: FindingState,
  dispatch: Dispatch,
  askAgain: () => void,
): () => void {
  const asking = useRef<string>(undefined);
  useEffect(() => () => void (asking.current = undefined), []);
  return useCallback(() => {
    const after = answered?.listing.next;
    if (answered === undefined || after === undefined || asking.current === after) return;
    asking.current = after;
    askListing(hub, answered.search, after, new AbortController().signal).then(
      (page) => dispatch({ kind: 'continued', page, after }),
      askAgain,
    );
  }, [hub, answered, dispatch, askAgain]);
}
