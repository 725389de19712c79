/** The quiet sign of how live the page is. */
import type { Liveness } from '../live/use-live.js';
import { WORDS } from '../words/words.js';

/** Says it; to those who listen too, since a change of it matters. */
export function LiveSign({ liveness }: { readonly liveness: Liveness }) {
  return (
    <span className={`live-sign is-${liveness}`} role="status" title={WORDS.live.hints[liveness]}>
      <span className="live-dot" aria-hidden="true" />
      {WORDS.live[liveness]}
    </span>
  );
}
