import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Preferences } from '../electron/contract/settings.ts'
import de from './locales/de.json' with { type: 'json' }
import en from './locales/en.json' with { type: 'json' }

export const RESOURCES = { en: { translation: en }, de: { translation: de } }

/** The language a preference stands for on this device. */
export function resolveLanguage(preference: Preferences['language'], device: readonly string[]): 'en' | 'de' {
  if (preference !== 'system') return preference
  for (const tag of device) {
    const language = tag.toLowerCase().split('-')[0]
    if (language === 'de' || language === 'en') return language
  }
  return 'en'
}

/** Puts a language in force for this window. */
export function applyLanguage(preference: Preferences['language']): void {
  const language = resolveLanguage(preference, navigator.languages)
  document.documentElement.lang = language
  if (i18next.language !== language) void i18next.changeLanguage(language)
}

/** Starts translation in the device's language; an account's own choice comes with session.me. */
export function startI18n(): void {
  const language = resolveLanguage('system', navigator.languages)
  document.documentElement.lang = language
  void i18next.use(initReactI18next).init({
    resources: RESOURCES,
    lng: language,
    fallbackLng: 'en',
    // React escapes what it renders
    interpolation: { escapeValue: false },
    initAsync: false,
  })
}
