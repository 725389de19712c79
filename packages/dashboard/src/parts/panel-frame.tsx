/** What lies over the market: the browser's own modal dialog, which keeps the focus and gives it back. */
import { type MouseEvent, type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { WORDS } from '../words/words.js';
import { Icon } from './icon.js';

/** Marks what has the focus when a panel opens; without it, the title has. */
export const FIRST_FOCUS = { 'data-first-focus': true } as const;

/** What a panel shows. */
export interface PanelProps {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Opens when it is drawn; Escape, the button and a click beside it close it. */
export function PanelFrame({ title, onClose, children }: PanelProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before it is painted, and undone before it is gone: then there is a focus to be given back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Else the first button has the focus: closing is not what a panel is opened for.
    const first = element?.querySelector<HTMLElement>('[data-first-focus]');
    (first ?? element?.querySelector('h2'))?.focus();
    // Closing before it goes is what gives the focus back to whoever had it.
    return () => element?.close();
  }, []);
  const closeBeside = (event: MouseEvent): void => {
    if (event.target === dialog.current) onClose();
  };
  return (
    <dialog
      ref={dialog}
      className="panel"
      aria-labelledby={titleId}
      onClick={closeBeside}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="panel-inside">
        <header className="panel-head">
          <h2 id={titleId} tabIndex={-1}>
            {title}
          </h2>
          <button type="button" className="icon-button" onClick={onClose} aria-label={WORDS.close}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
