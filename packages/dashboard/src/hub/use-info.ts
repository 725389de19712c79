/** What the hub says about itself, and how far its clock is from the viewer's. */
import type { Info } from 'golem-vm-discovery-protocol';
import { useEffect, useState } from 'react';
import { wallMs } from '../parts/clock.js';
import type { Hub } from './hub.js';

/** A hub's word about itself. */
export interface HubInfo {
  readonly info: Info;
  /** To be added to the viewer's clock. */
  readonly aheadMs: number;
}

const RETRY_MS = 5_000;

/** Asks until there is an answer, and never again. */
export function useInfo({ client }: Hub): HubInfo | undefined {
  const [known, setKnown] = useState<HubInfo>();
  useEffect(() => {
    const aborter = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      client.info({ signal: aborter.signal }).then(
        (info) => setKnown({ info, aheadMs: Date.parse(info.server_time) - wallMs() }),
        () => {
          if (!aborter.signal.aborted) timer = setTimeout(ask, RETRY_MS);
        },
      );
    };
    ask();
    return () => {
      aborter.abort();
      clearTimeout(timer);
    };
  }, [client]);
  return known;
}
