/** Whether what is shown is what a key signed, and what that does not say. */
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../parts/icon.js';
import type { Answer } from '../hub/use-answer.js';
import { formatMoment, formatSpan } from '../words/formats.js';
import { WORDS } from '../words/words.js';
import type { ProofVerdict } from './proof-check.js';

/** Says it. `answer` is that of `useProof`; `verified` is whether a key speaks for the provider at all. */
export function ProofCard({ verified, answer, aheadMs }: ProofCardProps) {
  const { proof } = WORDS;
  if (!verified) {
    return (
      <Card tone="warning" icon="warning" title={proof.absent}>
        <p>{proof.absentText}</p>
      </Card>
    );
  }
  if (answer.kind === 'answered') return <Verdict verdict={answer.value} aheadMs={aheadMs} />;
  if (answer.kind === 'waiting') return <Card tone="quiet" icon="shield" title={proof.checking} />;
  return (
    <Card tone="warning" icon="warning" title={proof.unread}>
      <p>{answer.message}</p>
    </Card>
  );
}

/** What came of the check, if there is something to check. */
export interface ProofCardProps {
  readonly verified: boolean;
  readonly answer: Answer<ProofVerdict>;
  /** How far the clock by which the proof was judged, the hub's, is ahead of the viewer's. */
  readonly aheadMs: number;
}

/** Clocks differ by a little; only by more does it matter which of two is right. */
const CLOCKS_APART_MS_MIN = 60_000;

interface VerdictProps extends Pick<ProofCardProps, 'aheadMs'> {
  readonly verdict: ProofVerdict;
}

function Verdict({ verdict, aheadMs }: VerdictProps) {
  const { proof } = WORDS;
  if (verdict.kind === 'holds') {
    return (
      <Card tone="good" icon="shield" title={proof.holds}>
        <p>{proof.holdsText(formatMoment(Date.parse(verdict.signed.signed_at)))}</p>
        {Math.abs(aheadMs) >= CLOCKS_APART_MS_MIN && (
          <p>{proof.clocksApart(formatSpan(Math.abs(aheadMs)))}</p>
        )}
        <p className="muted">{proof.limits}</p>
      </Card>
    );
  }
  return (
    <Card tone="bad" icon="warning" title={proof.broken}>
      <p>{proof.brokenText}</p>
      {verdict.details.length === 0 ? (
        <p className="muted">{verdict.reason}</p>
      ) : (
        <ul>
          {verdict.details.map(({ field, message }) => (
            <li key={field}>
              <code>{field}</code> {message}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

interface CardProps {
  readonly tone: 'good' | 'bad' | 'warning' | 'quiet';
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
}

function Card({ tone, icon, title, children }: CardProps) {
  return (
    <section className={`proof is-${tone}`} aria-live="polite" aria-label={WORDS.proof.title}>
      <Icon name={icon} />
      <div>
        <h3>{title}</h3>
        {children}
      </div>
    </section>
  );
}
