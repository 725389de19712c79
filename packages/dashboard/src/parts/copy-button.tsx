/** A button that copies a text. */
import { useEffect, useState } from 'react';
import { WORDS } from '../words/words.js';
import { Icon } from './icon.js';

type Outcome = 'none' | 'copied' | 'failed';

const TELL_MS = 2_000;
const LABELS: Readonly<Record<Outcome, string>> = {
  none: WORDS.copy,
  copied: WORDS.copied,
  failed: WORDS.copyFailed,
};

/** Copies `text`, and says whether that went well: browsers allow it only to pages that came over a safe way. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [outcome, setOutcome] = useState<Outcome>('none');
  useEffect(() => {
    if (outcome === 'none') return undefined;
    const timer = setTimeout(() => setOutcome('none'), TELL_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = (): void => {
    void copyText(text).then((copied) => setOutcome(copied ? 'copied' : 'failed'));
  };
  return (
    <button
      type="button"
      className="copy"
      onClick={copy}
      aria-label={`${LABELS[outcome]}: ${what}`}
    >
      <Icon name={outcome === 'copied' ? 'check' : 'copy'} />
      <span aria-hidden="true">{LABELS[outcome]}</span>
    </button>
  );
}

/** Over plain HTTP from another machine there is no clipboard at all. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
