import { Store } from '../api/store.ts';

export type Theme = 'system' | 'light' | 'dark';

/** The same key and rule as `public/theme.js`, which runs before the first paint. */
const KEY = 'millrace.theme';
const systemDark = matchMedia('(prefers-color-scheme: dark)');

export const theme = new Store<Theme>(savedTheme());

export function chooseTheme(next: Theme): void {
  theme.set(next);
  try {
    if (next === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // Storage may be refused; the choice then lasts as long as the page.
  }
  show();
}

systemDark.addEventListener('change', show);

function savedTheme(): Theme {
  try {
    const saved = localStorage.getItem(KEY);
    return saved === 'light' || saved === 'dark' ? saved : 'system';
  } catch {
    return 'system';
  }
}

function show(): void {
  const chosen = theme.get();
  const dark = chosen === 'dark' || (chosen === 'system' && systemDark.matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}
