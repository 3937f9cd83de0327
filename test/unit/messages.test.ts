// Every language says all that English says, with the same values in it and the plural forms of its own.
import i18next from 'i18next'
import { afterEach, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import { currentLanguage, speak, startMessages } from '../../src/ui/i18n.ts'
import type { de } from '../../src/ui/messages/de/index.ts'
import { type Language, languageCodes, languages, ours } from '../../src/ui/messages/languages.ts'
import type { pl } from '../../src/ui/messages/pl/index.ts'
import type { Words } from '../../src/ui/messages/shape.ts'
import { textsOf } from '../support/words.ts'

const pluralsOf = (code: Language) => new Intl.PluralRules(code).resolvedOptions().pluralCategories
const variablesOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort()

const english = textsOf('en')
const counted = Object.keys(english)
  .filter((key) => key.endsWith('_other'))
  .map((key) => key.slice(0, -'_other'.length))
/** The English text that a key of any language says again. */
const englishFor = (key: string): string | undefined =>
  english[key] ?? english[key.replace(/_(?:zero|two|few|many)$/, '_other')]

/** The same in every language: names, figures and the labels of keys. */
const sameEverywhere = [
  'product',
  'lock.letters',
  'lock.digits',
  'lock.seconds',
  'lock.version',
  'administration.kind.pin',
]
/** Words that another language has in common with English. */
const shared: Record<Language, readonly string[]> = {
  en: [],
  de: [
    'audit.detail.format',
    'audit.detail.name',
    'audit.detail.status',
    'audit.detail.version',
    'audit.person',
    'audit.version',
    'hub.join.organisation',
    'people.name',
    'people.person',
    'people.status',
    'ways.pin',
    'workstation.backup.passphrase',
  ],
  fr: [
    'audit.detail.version',
    'hub.join.organisation',
    'people.administration',
    'policy.action',
    'policy.inMinutes',
    'policy.minutes_many',
    'policy.minutes_one',
    'policy.minutes_other',
    'policy.version',
    'session.minutes_one',
    'session.minutes_other',
  ],
  es: ['audit.no'],
  pl: ['audit.detail.status'],
  ar: [],
}

beforeAll(startMessages)
afterEach(async () => {
  await speak('en')
})

it('speaks English, German, French, Spanish, Polish and Arabic, each by its own name', () => {
  expect(languageCodes.map((code) => languages[code].name)).toEqual([
    'English',
    'Deutsch',
    'Français',
    'Español',
    'Polski',
    'العربية',
  ])
})

it('starts in English where there is no window to ask', () => {
  expect(currentLanguage()).toBe('en')
})

it.each([
  ['de-AT', 'de'],
  ['pl', 'pl'],
  ['ES-419', 'es'],
  ['it-IT', undefined],
  ['', undefined],
  [null, undefined],
] as const)('takes %j for %s', (tag, code) => expect(ours(tag)).toBe(code))

describe.each(languageCodes)('%s', (code) => {
  const texts = textsOf(code)

  it('has exactly the keys of English, with its own plural forms', () => {
    const plain = Object.keys(english).filter((key) => !/_(?:one|other)$/.test(key))
    const forms = counted.flatMap((base) => pluralsOf(code).map((form) => `${base}_${form}`))
    expect(Object.keys(texts).sort()).toEqual([...new Set([...plain, ...forms])].sort())
  })

  it('names the same values in each text', () => {
    for (const [key, text] of Object.entries(texts))
      expect(variablesOf(text), key).toEqual(variablesOf(englishFor(key) ?? ''))
  })

  it('leaves nothing empty, and nothing with a space too many', () => {
    for (const [key, text] of Object.entries(texts)) {
      expect(text, key).toMatch(/^\S.*\S$/)
      expect(text, key).not.toContain('  ')
    }
  })

  it('says each count with the form of that count', async () => {
    await speak(code)
    const rules = new Intl.PluralRules(code)
    for (const base of counted)
      for (const count of [1, 2, 5, 12, 22, 25, 1_000_000]) {
        const form = texts[`${base}_${rules.select(count)}`] ?? ''
        const said = i18next.t(base, { count, shown: 'SHOWN' })
        expect(said, `${base} ${count}`).toBe(form.replace('{{count}}', String(count)).replace('{{shown}}', 'SHOWN'))
      }
  })
})

describe.each(languageCodes.filter((code) => code !== 'en'))('%s', (code) => {
  it('is a translation: what equals English is known to', () => {
    const same = Object.entries(textsOf(code))
      .filter(([key, text]) => text === englishFor(key) && !sameEverywhere.includes(key))
      .map(([key]) => key)
    expect(same.sort()).toEqual([...shared[code]].sort())
  })
})

it.each([
  ['de', /\b(?:du|dich|dir|dein\w*)\b/i],
  ['fr', /(?<!\p{L})(?:tu|te|toi|ton|ta|tes)(?!\p{L})/iu],
  ['es', /(?<!\p{L})(?:tú|tu|tus|te|ti|contigo)(?!\p{L})/iu],
] as const)('%s speaks to people formally', (code, informal) => {
  for (const [key, text] of Object.entries(textsOf(code))) expect(text, key).not.toMatch(informal)
})

it('keeps the French signs on the line of their word', () => {
  for (const [key, text] of Object.entries(textsOf('fr'))) expect(text, key).not.toMatch(/ [;:!?»]|« /)
})

it('does not compile with a word or a plural form missing, nor with one too many', () => {
  type German = Words<'one' | 'other'>
  expectTypeOf<typeof de>().toEqualTypeOf<German>()
  expectTypeOf<Omit<German, 'back'>>().not.toExtend<German>()
  expectTypeOf<Omit<German, 'said'> & { said: Omit<German['said'], 'short_one'> }>().not.toExtend<German>()
  expectTypeOf<(typeof pl)['said']>().toHaveProperty('short_few')
  expectTypeOf<German['said']>().not.toHaveProperty('short_few')
  // @ts-expect-error `extra` is nothing that English says
  const more: Pick<German, 'back'> = { back: 'Zurück', extra: 'Mehr' }
  expect(more.back).toBe('Zurück')
})
