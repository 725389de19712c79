/** A line to be copied into a terminal or an editor. */
import { CopyButton } from './copy-button.js';

/** Shows it, with the button beside it. */
export function CommandLine({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <div className="command-line">
      <pre role="region" aria-label={what}>
        <code>{text}</code>
      </pre>
      <CopyButton text={text} what={what} />
    </div>
  );
}
