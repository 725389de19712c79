/** What the hub says about itself, and how far its clock is from the viewer's. */
import type { Info } from 'golem-vm-discovery-protocol';
import { useEffect, useState } from 'react';
import { wallMs } from '../parts/clock.js';
import type { Hub } from './hub.js';
import { retryWaitMs } from './retry-wait.js';

/** A hub's word about itself. */
export interface HubInfo {
  readonly info: Info;
  /** To be added to the viewer's clock. */
  readonly aheadMs: number;
}

/** Asks until there is an answer, and again with each other `epoch`; while there is none, nobody answers, so nothing is asked. */
export function useInfo({ client }: Hub, epoch: string | undefined): HubInfo | undefined {
  const [known, setKnown] = useState<HubInfo>();
  useEffect(() => {
    if (epoch === undefined) return undefined;
    const aborter = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      client.info({ signal: aborter.signal }).then(
        (info) => setKnown({ info, aheadMs: Date.parse(info.server_time) - wallMs() }),
        (error: unknown) => {
          if (!aborter.signal.aborted) timer = setTimeout(ask, retryWaitMs(error));
        },
      );
    };
    ask();
    return () => {
      aborter.abort();
      clearTimeout(timer);
    };
  }, [client, epoch]);
  return known;
}
