/** One provider of an answer, in one line; on a narrow screen in two. */
import { type Advertisement, estimatePrice, type Resources } from 'golem-vm-discovery-protocol';
import type { CSSProperties } from 'react';
import { formatPanel } from '../address/page-address.js';
import { Icon } from '../parts/icon.js';
import { countryLabel } from '../words/countries.js';
import { Flag } from '../parts/flag.js';
import { formatCount, formatGb, formatSpan, formatUsd, formatUsdHourly } from '../words/formats.js';
import { shortId } from '../words/provider-label.js';
import { WORDS } from '../words/words.js';

/** What a row shows, and where. */
export interface ResultRowProps {
  readonly row: Advertisement;
  /** Its place in the whole answer, from 0. */
  readonly place: number;
  /** The machine that was asked for; without one, the price is that of all it offers. */
  readonly shape: Resources | undefined;
  readonly nowMs: number;
  readonly isNew: boolean;
  readonly style: CSSProperties;
}

/** Draws it. The name is the link; the rest of the row leads there too. */
export function ResultRow({ row, place, shape, nowMs, isNew, style }: ResultRowProps) {
  const { provider_id: providerId, provider_name: name, country, platform, resources } = row;
  const price = estimatePrice(shape ?? resources, row.pricing);
  return (
    <div
      className={isNew ? 'row is-new' : 'row'}
      role="row"
      // The head is row 1.
      aria-rowindex={place + 2}
      style={style}
    >
      <span role="cell" className="cell-provider">
        <a href={formatPanel({ kind: 'provider', providerId })}>
          <bdi>{name ?? shortId(providerId)}</bdi>
        </a>
        <VerifiedMark verified={row.verified} />
        {name !== undefined && <span className="cell-id">{shortId(providerId)}</span>}
      </span>
      <span role="cell" className="cell-country">
        <Flag code={country} />
        <span>{countryLabel(country)}</span>
      </span>
      <span role="cell" className="cell-platform">
        {platform}
      </span>
      <span role="cell" className="cell-number cell-cpu">
        {formatCount(resources.cpu)}
        <span className="cell-unit"> {WORDS.find.cores(resources.cpu)}</span>
      </span>
      <span role="cell" className="cell-number cell-memory">
        {formatGb(resources.memory)}
      </span>
      <span role="cell" className="cell-number cell-storage">
        {formatGb(resources.storage)}
      </span>
      <span role="cell" className="cell-number cell-price">
        {price === undefined ? (
          <span className="muted">{WORDS.results.unpriced}</span>
        ) : (
          <>
            <b>{formatUsd(price.usd_per_month)}</b>
            <span className="cell-hour">
              {WORDS.results.perHour(formatUsdHourly(price.usd_per_hour))}
            </span>
          </>
        )}
      </span>
      <span role="cell" className="cell-number cell-age">
        <span className="cell-unit">{WORDS.results.listedShort} </span>
        {formatSpan(nowMs - Date.parse(row.created_at))}
      </span>
    </div>
  );
}

function VerifiedMark({ verified }: { readonly verified: boolean }) {
  const words = verified ? WORDS.results.verified : WORDS.results.unverified;
  return (
    <span className={verified ? 'mark is-verified' : 'mark'} title={words}>
      <Icon name={verified ? 'shield' : 'warning'} />
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
