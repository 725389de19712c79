/** A line to be copied into a terminal or an editor. */
import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.js';

/** Longer words, which are URLs, may break. */
const WHOLE_CHARS_MAX = 24;

/** Lines break between words: an option is not told by its halves. */
function asWord(part: string, at: number): ReactNode {
  return /^\s*$/.test(part) || part.length > WHOLE_CHARS_MAX ? (
    part
  ) : (
    <span key={at} className="command-word">
      {part}
    </span>
  );
}

/** Shows it, with the button beside it. */
export function CommandLine({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <div className="command-line">
      <pre role="region" aria-label={what}>
        <code>{text.split(/(\s+)/).map(asWord)}</code>
      </pre>
      <CopyButton text={text} what={what} />
    </div>
  );
}
