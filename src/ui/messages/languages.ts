// The languages of the station: the name each gives itself, how it writes times and numbers, and where its words are.
import { en } from './en/index.ts'

/** English is bundled with the window; another language is read when it is wanted. */
export const languages = {
  en: { name: 'English', locale: 'en-GB', words: async () => en },
  de: { name: 'Deutsch', locale: 'de-DE', words: async () => (await import('./de/index.ts')).de },
  fr: { name: 'Français', locale: 'fr-FR', words: async () => (await import('./fr/index.ts')).fr },
  es: { name: 'Español', locale: 'es-ES', words: async () => (await import('./es/index.ts')).es },
  pl: { name: 'Polski', locale: 'pl-PL', words: async () => (await import('./pl/index.ts')).pl },
  // Its digits are those of the codes that authenticator apps show.
  ar: { name: 'العربية', locale: 'ar-EG-u-nu-latn', words: async () => (await import('./ar/index.ts')).ar },
} as const

export type Language = keyof typeof languages
export const languageCodes = Object.keys(languages) as Language[]

/** Which way its lines run. */
export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr')

/** Ours for a tag such as "de-AT"; undefined where it is none of ours. */
export function ours(tag: string | null | undefined): Language | undefined {
  const base = tag?.split('-')[0]?.toLowerCase()
  return languageCodes.find((code) => code === base)
}
