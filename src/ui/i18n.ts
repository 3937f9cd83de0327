// Starts the translations in the same tick: the words are bundled, nothing is fetched.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './messages/en.ts'
import { failures } from './messages/failures.ts'

export function startMessages(): void {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    initAsync: false,
    resources: { en: { translation: { ...en, failures } } },
    // React escapes what it draws.
    interpolation: { escapeValue: false },
  })
}
