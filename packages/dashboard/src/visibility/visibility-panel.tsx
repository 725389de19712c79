/** For providers: am I visible, and if not, why not? */
import type { ProviderStatus } from 'golem-vm-discovery-protocol';
import { type FormEvent, useCallback, useId, useState } from 'react';
import { formatPanel } from '../address/page-address.js';
import type { Hub } from '../hub/hub.js';
import { useAnswer } from '../hub/use-answer.js';
import { FIRST_FOCUS, PanelFrame } from '../parts/panel-frame.js';
import { countryLabel } from '../words/countries.js';
import { formatMoment, withLocalMoments } from '../words/formats.js';
import { WORDS } from '../words/words.js';
import { readTypedId } from './typed-id.js';

/** Who is asked about. */
export interface VisibilityPanelProps {
  readonly hub: Hub;
  /** Empty: nobody yet. */
  readonly providerId: string;
  readonly onAsk: (providerId: string) => void;
  readonly onClose: () => void;
}

/** Opens the panel: a field for the id, and the answer under it. */
export function VisibilityPanel({ hub, providerId, onAsk, onClose }: VisibilityPanelProps) {
  const { title, intro, id: idLabel, placeholder, ask } = WORDS.visibility;
  const [text, setText] = useState(providerId);
  const fieldId = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onAsk(readTypedId(text));
  };
  return (
    <PanelFrame title={title} onClose={onClose}>
      <p className="muted">{intro}</p>
      <form className="visibility-form" onSubmit={submit}>
        <label htmlFor={fieldId}>{idLabel}</label>
        <input
          {...FIRST_FOCUS}
          id={fieldId}
          type="text"
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="main-button">
          {ask}
        </button>
      </form>
      {providerId !== '' && <Status key={providerId} hub={hub} providerId={providerId} />}
    </PanelFrame>
  );
}

function Status({ hub, providerId }: { readonly hub: Hub; readonly providerId: string }) {
  const ask = useCallback(
    (signal: AbortSignal) => hub.client.status(providerId, { signal }),
    [hub, providerId],
  );
  const answer = useAnswer(ask);
  if (answer.kind === 'waiting') return <p className="hint">{WORDS.visibility.asking}</p>;
  if (answer.kind === 'failed') {
    return (
      <p className="notice is-warning" role="alert">
        {answer.message}
      </p>
    );
  }
  return <StatusCard status={answer.value} />;
}

function StatusCard({ status }: { readonly status: ProviderStatus }) {
  const { visibility, provider } = WORDS;
  const { provider_id: providerId, state, message, last_refusal: refusal } = status;
  const isListed = state === 'listed';
  return (
    <section className="status" aria-live="polite">
      <div className={isListed ? 'proof is-good' : 'proof is-warning'}>
        <div>
          <h3>{visibility.states[state]}</h3>
          <p>{withLocalMoments(message)}</p>
          {isListed && (
            <a href={formatPanel({ kind: 'provider', providerId })}>{visibility.showListing}</a>
          )}
        </div>
      </div>
      <dl className="facts">
        <Moment label={visibility.since} at={status.since} />
        <Moment label={visibility.renewed} at={status.renewed_at} />
        <Moment label={visibility.until} at={status.until} />
        <Moment label={visibility.ended} at={status.ended_at} />
        {status.price_rank !== undefined && (
          <>
            <dt>{provider.rank(countryLabel(status.price_rank.country))}</dt>
            <dd>{provider.rankText(status.price_rank.rank, status.price_rank.of)}</dd>
          </>
        )}
      </dl>
      <h3>{visibility.lastRefusal}</h3>
      {refusal === undefined ? (
        <p className="muted">{visibility.noRefusal}</p>
      ) : (
        <div className="notice is-warning">
          <p>
            <code>{refusal.code}</code> {formatMoment(Date.parse(refusal.at))}
          </p>
          <p>{withLocalMoments(refusal.message)}</p>
        </div>
      )}
    </section>
  );
}

function Moment({ label, at }: { readonly label: string; readonly at: string | undefined }) {
  if (at === undefined) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd>{formatMoment(Date.parse(at))}</dd>
    </>
  );
}
