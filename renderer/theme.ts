import type { Preferences } from '../electron/contract/settings.ts'

/** Read by public/theme.js before the first paint; a visitor's is kept in the session's storage under the same name. */
const STORAGE_KEY = 'mantel.theme'

/** Puts a theme in force for this window and remembers it for the next start; `system` follows the device. */
export function applyTheme(theme: Preferences['theme']): void {
  show(theme)
  if (theme === 'system') localStorage.removeItem(STORAGE_KEY)
  else localStorage.setItem(STORAGE_KEY, theme)
}

/** The same for somebody without an account: remembered as long as this tab is open. */
export function applyVisitorTheme(theme: Preferences['theme']): void {
  show(theme)
  sessionStorage.setItem(STORAGE_KEY, theme)
}

/** The theme that a visitor chose in this tab. */
export const visitorTheme = (): string | null => sessionStorage.getItem(STORAGE_KEY)

function show(theme: Preferences['theme']): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
