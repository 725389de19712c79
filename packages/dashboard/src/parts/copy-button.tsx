/** A button that copies a text. */
import { useEffect, useRef, useState } from 'react';
import { WORDS } from '../words/words.js';
import { Icon } from './icon.js';

type Outcome = 'none' | 'copied' | 'failed';

const TELL_MS = 2_000;

/** What is copied. */
export interface CopyButtonProps {
  readonly text: string;
  /** Its name, for those who can't see what the button stands beside. */
  readonly what: string;
  /** What the button says before it is used. */
  readonly label?: string;
}

/** Copies `text`, and says whether that went well. */
export function CopyButton({ text, what, label = WORDS.copy }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>('none');
  const button = useRef<HTMLButtonElement>(null);
  const says = { none: label, copied: WORDS.copied, failed: WORDS.copyFailed }[outcome];
  useEffect(() => {
    if (outcome === 'none') return undefined;
    const timer = setTimeout(() => setOutcome('none'), TELL_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = (): void => {
    void copyText(text, button.current).then((copied) => setOutcome(copied ? 'copied' : 'failed'));
  };
  return (
    <button
      ref={button}
      type="button"
      className="copy"
      onClick={copy}
      aria-label={`${says}: ${what}`}
    >
      <Icon name={outcome === 'copied' ? 'check' : 'copy'} />
      <span aria-hidden="true">{says}</span>
    </button>
  );
}

/** Over plain HTTP from another machine, which is how a hub at home is visited, there is no clipboard to write to. */
async function copyText(text: string, beside: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return beside !== null && copySelected(text, beside);
  }
}

/** As the viewer would: selects the text and copies. It must lie where the focus may go, so within an open dialog. */
function copySelected(text: string, beside: HTMLElement): boolean {
  const field = document.createElement('textarea');
  field.className = 'visually-hidden';
  field.value = text;
  beside.after(field);
  field.select();
  try {
    // oxlint-disable-next-line typescript/no-deprecated -- There is no other way without a secure context.
    return document.execCommand('copy');
  } finally {
    field.remove();
    beside.focus();
  }
}
