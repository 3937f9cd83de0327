// The languages of the station: the name each gives itself, how it writes times and numbers, and its words.
import { administration } from './administration.ts'
import { administration as deAdministration } from './administration-de.ts'
import { administration as esAdministration } from './administration-es.ts'
import { administration as frAdministration } from './administration-fr.ts'
import { administration as plAdministration } from './administration-pl.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { failures } from './failures.ts'
import { failures as deFailures } from './failures-de.ts'
import { failures as esFailures } from './failures-es.ts'
import { failures as frFailures } from './failures-fr.ts'
import { failures as plFailures } from './failures-pl.ts'
import { fr } from './fr.ts'
import { pl } from './pl.ts'

export const languages = {
  en: { name: 'English', locale: 'en-GB', words: { ...en, failures, administration } },
  de: { name: 'Deutsch', locale: 'de-DE', words: { ...de, failures: deFailures, administration: deAdministration } },
  fr: { name: 'Français', locale: 'fr-FR', words: { ...fr, failures: frFailures, administration: frAdministration } },
  es: { name: 'Español', locale: 'es-ES', words: { ...es, failures: esFailures, administration: esAdministration } },
  pl: { name: 'Polski', locale: 'pl-PL', words: { ...pl, failures: plFailures, administration: plAdministration } },
} as const

export type Language = keyof typeof languages
export const languageCodes = Object.keys(languages) as Language[]

/** Ours for a tag such as "de-AT"; undefined where it is none of ours. */
export function ours(tag: string | null | undefined): Language | undefined {
  const base = tag?.split('-')[0]?.toLowerCase()
  return languageCodes.find((code) => code === base)
}
