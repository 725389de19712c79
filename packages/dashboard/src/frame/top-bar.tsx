/** The head of the page: what it is, how live, and the ways out of it. */
import type { Liveness } from '../live/use-live.js';
import { WORDS } from '../words/words.js';
import { Icon } from '../parts/icon.js';
import { LiveSign } from './live-sign.js';
import { ThemeSwitch } from './theme-switch.js';

/** What the head shows. */
export interface TopBarProps {
  readonly network: string | undefined;
  readonly liveness: Liveness;
  readonly onVisibility: () => void;
}

/** Draws it. */
export function TopBar({ network, liveness, onVisibility }: TopBarProps) {
  return (
    <header className="top-bar">
      <a className="brand" href="./">
        <img src="./icon.svg" alt="" width="28" height="28" />
        <h1>
          <span className="brand-vm">{WORDS.brand.before}</span>
          {WORDS.brand.name}
        </h1>
      </a>
      {network !== undefined && (
        <span className="network" title={WORDS.network(network)}>
          {network}
        </span>
      )}
      <LiveSign liveness={liveness} />
      <span className="top-bar-gap" />
      <button type="button" className="quiet-button" onClick={onVisibility}>
        <Icon name="eye" />
        <span>{WORDS.visibility.open}</span>
      </button>
      <a className="quiet-button" href="docs">
        <Icon name="code" />
        <span>{WORDS.apiDocs}</span>
      </a>
      <ThemeSwitch />
    </header>
  );
}
