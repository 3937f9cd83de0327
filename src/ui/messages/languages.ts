// The languages of station and phone: the name each gives itself, and how it writes times and numbers.

export const languages = {
  en: { name: 'English', locale: 'en-GB' },
  de: { name: 'Deutsch', locale: 'de-DE' },
  fr: { name: 'Français', locale: 'fr-FR' },
  es: { name: 'Español', locale: 'es-ES' },
  pl: { name: 'Polski', locale: 'pl-PL' },
  // Its digits are those of the codes that authenticator apps show.
  ar: { name: 'العربية', locale: 'ar-EG-u-nu-latn' },
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
