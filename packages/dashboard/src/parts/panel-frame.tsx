/** What lies over the market: the browser's own modal dialog, which keeps the focus and gives it back. */
import { type MouseEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { WORDS } from '../words/words.js';
import { Icon } from './icon.js';

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
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
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
          <h2 id={titleId}>{title}</h2>
          <button type="button" className="icon-button" onClick={onClose} aria-label={WORDS.close}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
