// Starts the words in the language of this station, and keeps the one that somebody chooses.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { type Language, languageCodes, languages, ours } from './messages/languages.ts'

const key = 'wardkey-language'

/** In the same tick: the words are bundled, nothing is fetched. */
export function startMessages(): void {
  void i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: 'en',
    initAsync: false,
    resources: Object.fromEntries(languageCodes.map((code) => [code, { translation: languages[code].words }])),
    // React escapes what it draws.
    interpolation: { escapeValue: false },
  })
  markDocument()
}

export const currentLanguage = (): Language => ours(i18next.language) ?? 'en'

/** Nothing but the words changes: what was typed stays where it is. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(key, language)
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

/** For screen readers, hyphenation and quotation marks. */
function markDocument(): void {
  if (inWindow()) document.documentElement.lang = currentLanguage()
}
