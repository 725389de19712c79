/**
 * Keeps an answer live. Invariant: one stream at most is open. A stream that ends is not opened
 * again: the list is taken anew, with the place where its changes begin.
 */
import { useEffect, useRef, useState } from 'react';
import type { Pace } from '../hub/pace.js';
import type { Change } from '../search/listing.js';
import { openWatchStream } from './watch-stream.js';

/** How far what is shown can be trusted to be of now. */
export type Liveness = 'connecting' | 'live' | 'reconnecting' | 'stale';

/** Changes gather so long before they are shown: at hundreds a second, drawing each would leave no time for anything else. */
const GATHER_MS = 250;

/** The hub says at least every 15 s that it is there. */
const SILENCE_MS_MAX = 40_000;

/** How long to wait before taking the list anew once the stream is lost; doubled while none opens. */
const LOST_MS_MIN = 1_000;
const LOST_MS_MAX = 30_000;

/** What is watched, and who is told. */
export interface Watched {
  /** `undefined`: nothing to watch yet. */
  readonly url: string | undefined;
  /** Resolves when a stream may be opened: answers that are soon followed by others get none. */
  readonly turn: Pace['turn'];
  readonly onChanges: (changes: readonly Change[]) => void;
  /** The stream can't go on from here: a new list is needed. */
  readonly onLost: () => void;
}

/** Watches, and says how it goes. The callbacks must be stable. */
export function useLive({ url, turn, onChanges, onLost }: Watched): Liveness {
  const [liveness, setLiveness] = useState<Liveness>('connecting');
  const lostMs = useRef(LOST_MS_MIN);
  useEffect(() => {
    if (url === undefined) return undefined;
    const listener: Listener = {
      onChanges,
      onLiveness(next) {
        if (next === 'live') lostMs.current = LOST_MS_MIN;
        setLiveness(next);
      },
      onLost() {
        const timer = setTimeout(onLost, lostMs.current);
        lostMs.current = Math.min(LOST_MS_MAX, lostMs.current * 2);
        return () => clearTimeout(timer);
      },
    };
    const aborter = new AbortController();
    let close: (() => void) | undefined;
    void turn(aborter.signal).then(
      () => {
        if (!aborter.signal.aborted) close = watch(url, listener);
      },
      () => undefined,
    );
    return () => {
      aborter.abort();
      close?.();
    };
  }, [url, turn, onChanges, onLost]);
  return liveness;
}

interface Listener {
  readonly onChanges: (changes: readonly Change[]) => void;
  readonly onLiveness: (liveness: Liveness) => void;
  /** Returns what calls off whatever it began. */
  readonly onLost: () => () => void;
}

function watch(url: string, { onChanges, onLost, onLiveness }: Listener): () => void {
  let gathered: Change[] = [];
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let callOff: (() => void) | undefined;
  const handOn = (): void => {
    clearTimeout(gathering);
    gathering = undefined;
    const changes = gathered;
    gathered = [];
    if (changes.length > 0) onChanges(changes);
  };
  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(lost, SILENCE_MS_MAX);
    onLiveness('live');
  };
  const close = openWatchStream(url, {
    onOpen: heard,
    onHeard(change) {
      heard();
      if (change === undefined) return;
      gathered.push(change);
      gathering ??= setTimeout(handOn, GATHER_MS);
    },
    onInterrupted: () => onLiveness('reconnecting'),
    onLost: lost,
  });
  function lost(): void {
    end();
    onLiveness('stale');
    callOff = onLost();
  }
  function end(): void {
    close();
    clearTimeout(silence);
    handOn();
  }
  return () => {
    end();
    callOff?.();
  };
}
