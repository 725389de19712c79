/** The switch between the colours of the system, light and dark. */
import { useState } from 'react';
import { WORDS } from '../words/words.js';
import { Icon, type IconName } from '../parts/icon.js';
import { applyTheme, keepTheme, keptTheme, type Theme, THEMES } from './theme.js';

const ICONS: Readonly<Record<Theme, IconName>> = { auto: 'auto', light: 'sun', dark: 'moon' };

/** One button that goes round. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(keptTheme);
  const label = `${WORDS.theme.label}: ${WORDS.theme[theme]}`;
  const turn = (): void => {
    const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto';
    setTheme(next);
    applyTheme(next);
    keepTheme(next);
  };
  return (
    <button type="button" className="icon-button" onClick={turn} aria-label={label} title={label}>
      <Icon name={ICONS[theme]} />
    </button>
  );
}
