// The station's words by language: English is bundled with the window, another is read when it is wanted.
import { en } from './en/index.ts'
import type { Language } from './languages.ts'

export const words = {
  en: async () => en,
  de: async () => (await import('./de/index.ts')).de,
  fr: async () => (await import('./fr/index.ts')).fr,
  es: async () => (await import('./es/index.ts')).es,
  pl: async () => (await import('./pl/index.ts')).pl,
  ar: async () => (await import('./ar/index.ts')).ar,
} as const satisfies Record<Language, unknown>
