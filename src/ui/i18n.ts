// Starts the words in the language of this station, and keeps the one that somebody chooses.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './messages/en/index.ts'
import { directionOf, type Language, ours } from './messages/languages.ts'
import { words } from './messages/words.ts'

const key = 'wardkey-language'

/** English is there at once; another language is read from the window's own files. */
export async function startMessages(): Promise<void> {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    initAsync: false,
    resources: { en: { translation: en } },
    // React escapes what it draws.
    interpolation: { escapeValue: false },
  })
  await speak(firstLanguage())
}

export const currentLanguage = (): Language => ours(i18next.language) ?? 'en'

/** Nothing but the words changes: what was typed stays where it is. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(key, language)
  await speak(language)
}

export async function speak(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation'))
    i18next.addResourceBundle(language, 'translation', await words[language]())
  await i18next.changeLanguage(language)
  markDocument()
}

// Outside a window, in a test, there is nobody to ask: English.
const inWindow = () => typeof document !== 'undefined'

/** What somebody chose here; else what the system speaks, where that is one of ours. */
function firstLanguage(): Language {
  if (!inWindow()) return 'en'
  return ours(localStorage.getItem(key)) ?? ours(navigator.language) ?? 'en'
}

/** For screen readers, hyphenation, quotation marks and the direction of everything. */
function markDocument(): void {
  if (!inWindow()) return
  document.documentElement.lang = currentLanguage()
  document.documentElement.dir = directionOf(currentLanguage())
}
