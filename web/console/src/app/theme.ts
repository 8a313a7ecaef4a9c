import { useState } from 'react';

export type Theme = 'system' | 'light' | 'dark';
const KEY = 'hearth:theme';

function stored(): Theme {
  const theme = localStorage.getItem(KEY);
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** Light, dark, or what the system says. Kept on this device; theme.js applies it before the first paint. */
export function useTheme(): { theme: Theme; isDark: boolean; setTheme: (theme: Theme) => void } {
  const [theme, set] = useState(stored);
  const setTheme = (next: Theme) => {
    if (next === 'system') {
      localStorage.removeItem(KEY);
      delete document.documentElement.dataset.theme;
    } else {
      localStorage.setItem(KEY, next);
      document.documentElement.dataset.theme = next;
    }
    set(next);
  };
  const systemDark = globalThis.matchMedia('(prefers-color-scheme: dark)').matches;
  return { theme, isDark: theme === 'dark' || (theme === 'system' && systemDark), setTheme };
}
