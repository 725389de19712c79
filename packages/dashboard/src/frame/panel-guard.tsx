/**
 * Keeps the market in sight when a panel can't be loaded: the hub is away, or was renewed since the page
 * was, and has other files now. A class, since React knows no other way to catch what children throw.
 */
import { Component, type ReactNode } from 'react';
import { PanelFrame } from '../parts/panel-frame.js';
import { WORDS } from '../words/words.js';

/** What is guarded, and who is told that the visitor wants none of it. To be keyed by the kind of panel. */
export interface PanelGuardProps {
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Draws its children, or that they can't be drawn. */
export class PanelGuard extends Component<PanelGuardProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    const { onClose, children } = this.props;
    if (!this.state.isBroken) return children;
    return (
      <PanelFrame title={WORDS.broken.title} onClose={onClose}>
        <p>{WORDS.failures.page}</p>
        <button type="button" className="main-button" onClick={() => location.reload()}>
          {WORDS.broken.reload}
        </button>
      </PanelFrame>
    );
  }
}
