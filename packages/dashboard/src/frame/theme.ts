/** Light or dark: as the system has it, unless the viewer chose. What was chosen stays in this browser; there are no cookies. */

export const THEMES = ['auto', 'light', 'dark'] as const;

/** How the page is coloured. */
export type Theme = (typeof THEMES)[number];

const KEY = 'theme';

/** What the viewer chose last; `auto` where nothing is kept or nothing may be. */
export function keptTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === kept) ?? 'auto';
  } catch {
    return 'auto';
  }
}

/** Colours the page. */
export function applyTheme(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** Remembers a choice, where the browser lets it. */
export function keepTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser that keeps nothing still shows what was chosen.
  }
}
