// The letters of the on-screen keys, row by row, where each language expects them.
import type { Language } from './messages/languages.ts'

const qwerty = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

export const digitRow = '1234567890'

/** In lower case, from the left. */
export const letterRows: Readonly<Record<Language, readonly string[]>> = {
  en: qwerty,
  de: ['qwertzuiopü', 'asdfghjklöä', 'yxcvbnmß'],
  fr: ['éèêëàâçùûîïô', 'azertyuiop', 'qsdfghjklm', 'wxcvbn’'],
  es: ['áéíóúü', 'qwertyuiop', 'asdfghjklñ', 'zxcvbnm'],
  pl: ['ąćęłńóśźż', ...qwerty],
  ar: ['ضصثقفغعهخحجد', 'شسيبلاتنمكط', 'ئءؤرىةوزظذ', 'أإآ'],
}
/** A staff ID is of Latin letters, whatever the language. */
export const latinRows: readonly string[] = qwerty
export const hasOwnScript = (language: Language): boolean => language === 'ar'
