/** Where the price of a provider stands among those of its country. */
import type { Advertisement } from 'golem-vm-discovery-protocol';
import { useCallback } from 'react';
import type { Hub } from '../hub/hub.js';
import { useAnswer } from '../hub/use-answer.js';
import { countryLabel } from '../words/countries.js';
import { WORDS } from '../words/words.js';

/** Whose rank. */
export interface RankLineProps {
  readonly hub: Hub;
  readonly advertisement: Advertisement;
}

/** Asks and says it, as a term of a list; nothing where the provider has no prices. */
export function RankLine({ hub, advertisement }: RankLineProps) {
  const { provider_id: providerId, pricing } = advertisement;
  // What was said before stays true until its prices change: renewals are no reason to ask again.
  const prices = JSON.stringify(pricing);
  const ask = useCallback(
    (signal: AbortSignal) => hub.client.status(providerId, { signal }),
    [hub, providerId, prices],
  );
  const answer = useAnswer(ask);
  const rank = answer.kind === 'answered' ? answer.value.price_rank : undefined;
  if (rank === undefined) return null;
  return (
    <>
      <dt>{WORDS.provider.rank(countryLabel(rank.country))}</dt>
      <dd>{WORDS.provider.rankText(rank.rank, rank.of)}</dd>
    </>
  );
}
