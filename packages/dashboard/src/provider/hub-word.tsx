/** What is known of a provider by the word of the hub alone: when it was listed, for how long, and its rank. No key signs that. */
import type { Advertisement } from 'golem-vm-discovery-protocol';
import type { Hub } from '../hub/hub.js';
import { useNow } from '../parts/clock.js';
import { formatCountdown, formatMoment } from '../words/formats.js';
import { WORDS } from '../words/words.js';
import { RankLine } from './rank-line.js';

const TICK_MS = 1_000;

/** Whose word, about whom. */
export interface HubWordProps {
  readonly hub: Hub;
  readonly advertisement: Advertisement;
  /** To be added to the viewer's clock. */
  readonly aheadMs: number;
}

/** Draws it, counting down. */
export function HubWord({ hub, advertisement, aheadMs }: HubWordProps) {
  const nowMs = useNow(TICK_MS) + aheadMs;
  const endMs = Date.parse(advertisement.expires_at);
  const beginMs = Date.parse(advertisement.updated_at);
  const left = Math.min(1, Math.max(0, (endMs - nowMs) / Math.max(1, endMs - beginMs)));
  return (
    <section>
      <h3>{WORDS.provider.hubSays}</h3>
      <dl className="facts">
        <RankLine hub={hub} advertisement={advertisement} />
        <dt>{WORDS.provider.since}</dt>
        <dd>{formatMoment(Date.parse(advertisement.created_at))}</dd>
        <dt>{WORDS.provider.renewed}</dt>
        <dd>{formatMoment(beginMs)}</dd>
        <dt>{WORDS.provider.expires}</dt>
        <dd>
          {formatMoment(endMs)}
          <span className="muted countdown">
            {endMs > nowMs
              ? WORDS.provider.expiresIn(formatCountdown(endMs - nowMs))
              : WORDS.provider.expired}
          </span>
        </dd>
      </dl>
      <progress className="lease-left" value={left} max={1} aria-label={WORDS.provider.expires} />
    </section>
  );
}
