import { useEffect, useState } from 'react'
import type { Preferences } from '../../electron/contract/settings.ts'
import { LANGUAGES, THEMES } from '../../electron/contract/values.ts'
import { applyLanguage } from '../i18n.ts'
import { applyVisitorTheme, visitorTheme } from '../theme.ts'

const LANGUAGE_KEY = 'mantel.language'

export interface VisitorLooks {
  theme: Preferences['theme']
  setTheme(theme: Preferences['theme']): void
  language: Preferences['language']
  setLanguage(language: Preferences['language']): void
}

/** Theme and language of somebody without an account: as the device has them until chosen, and forgotten with the tab. */
export function useVisitorLooks(): VisitorLooks {
  const [theme, setTheme] = useState(() => known(THEMES, visitorTheme()))
  const [language, setLanguage] = useState(() => known(LANGUAGES, sessionStorage.getItem(LANGUAGE_KEY)))
  useEffect(() => applyVisitorTheme(theme), [theme])
  useEffect(() => {
    applyLanguage(language)
    sessionStorage.setItem(LANGUAGE_KEY, language)
  }, [language])
  return { theme, setTheme, language, setLanguage }
}

const known = <T extends string>(values: readonly [T, ...T[]], kept: string | null) =>
  values.find((value) => value === kept) ?? values[0]
