// The phone's words: English at once, another language when it is wanted; none of the station's.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { phone as english } from '../ui/messages/en/phone.ts'
import { directionOf, type Language, ours } from '../ui/messages/languages.ts'

const kept = 'wardkey-language'
const words = {
  en: async () => english,
  de: async () => (await import('../ui/messages/de/phone.ts')).phone,
  fr: async () => (await import('../ui/messages/fr/phone.ts')).phone,
  es: async () => (await import('../ui/messages/es/phone.ts')).phone,
  pl: async () => (await import('../ui/messages/pl/phone.ts')).phone,
  ar: async () => (await import('../ui/messages/ar/phone.ts')).phone,
} as const satisfies Record<Language, unknown>

export async function startWords(): Promise<void> {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    initAsync: false,
    resources: { en: { translation: english } },
    // React escapes what it draws.
    interpolation: { escapeValue: false },
  })
  await speak(ours(localStorage.getItem(kept)) ?? ours(navigator.language) ?? 'en')
}

export const currentLanguage = (): Language => ours(i18next.language) ?? 'en'

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(kept, language)
  await speak(language)
}

async function speak(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation'))
    i18next.addResourceBundle(language, 'translation', await words[language]())
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
}
