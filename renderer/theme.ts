import type { Preferences } from '../electron/contract/settings.ts'

/** Read by public/theme.js before the first paint. */
const STORAGE_KEY = 'mantel.theme'

/** Puts a theme in force for this window and remembers it for the next start; `system` follows the device. */
export function applyTheme(theme: Preferences['theme']): void {
  if (theme === 'system') {
    delete document.documentElement.dataset.theme
    localStorage.removeItem(STORAGE_KEY)
  } else {
    document.documentElement.dataset.theme = theme
    localStorage.setItem(STORAGE_KEY, theme)
  }
}
