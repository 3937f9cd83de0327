// Every language says all that English says, with the same values in it and the plural forms of its own.
import i18next from 'i18next'
import { afterEach, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import type { AlertKind } from '../../src/station/alerts.ts'
import { currentLanguage, speak, startMessages } from '../../src/ui/i18n.ts'
import type { de } from '../../src/ui/messages/de/index.ts'
import { alertWords, reasonWords } from '../../src/ui/messages/kinds.ts'
import { type Language, languageCodes, languages, ours } from '../../src/ui/messages/languages.ts'
import type { pl } from '../../src/ui/messages/pl/index.ts'
import type { Words } from '../../src/ui/messages/shape.ts'
import { words as catalogues } from '../../src/ui/messages/words.ts'
import { clockTime, dayAndTime, grouped } from '../../src/ui/time.ts'

/** "lock.unlock" to its text; a list has one entry a place. */
function flatten(words: object, path = ''): Record<string, string> {
  const entries = Object.entries(words as Record<string, string | object>).map(([name, value]) =>
    typeof value === 'string' ? { [path + name]: value } : flatten(value, `${path}${name}.`),
  )
  return Object.assign({}, ...entries)
}

const words = Object.fromEntries(
  await Promise.all(languageCodes.map(async (code) => [code, flatten(await catalogues[code]())] as const)),
)
const textsOf = (code: Language) => words[code] ?? {}
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
    'audit.person',
    'audit.version',
    'people.name',
    'people.person',
    'people.status',
    'ways.pin',
    'workstation.backup.passphrase',
  ],
  fr: [
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
  pl: [],
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

/** Every kind that the station raises: a new one does not compile here until it has words. */
const alertKinds: Record<AlertKind, true> = {
  'many-failures': true,
  'clock-wrong': true,
  'credential-suspended': true,
  'pin-suspended': true,
  'log-caught-up': true,
  'not-me': true,
  'station-restored': true,
  'disk-low': true,
  'break-glass': true,
  'emergency-record-broken': true,
  'emergency-codes-planted': true,
  'phone-denied': true,
  'phone-not-mine': true,
  'hub-conflict': true,
  'hub-policy-refused': true,
}
const reasons = [
  'wrong-pin',
  'no-ticket',
  'ticket-ended',
  'pin-suspended',
  'credential-ended',
  'wrong-code',
  'already-used',
  'throttled',
  'clock-wrong',
  'clock-closed',
  'suspended',
  'left',
  'credential-suspended',
  'no-credential',
  'unknown-person',
]

describe.each(languageCodes)('what the log names by a kind, in %s', (code) => {
  it.each(Object.keys(alertKinds))('alert %s has words', async (kind) => {
    await speak(code)
    expect(alertWords(kind, i18next.t)).toBe(textsOf(code)[`session.alert.${kind}`])
  })

  it.each(reasons)('reason %s has words', async (reason) => {
    await speak(code)
    expect(reasonWords(reason, i18next.t)).toBe(textsOf(code)[`session.reason.${reason}`])
  })

  it('has words for what a newer station may have written', async () => {
    await speak(code)
    expect(alertWords('of-the-future', i18next.t)).toBe(textsOf(code)['session.alert.other'])
    expect(reasonWords('of-the-future', i18next.t)).toBe(textsOf(code)['session.reason.other'])
  })
})

describe('times and numbers', () => {
  const at = (day: number, hour: number) => new Date(2026, 1, day, hour, 5).getTime()

  it.each([
    ['en', 'Today 03:05', 'Yesterday 22:05', '3 Feb 14:05', '1,234,567'],
    ['de', 'Heute 03:05', 'Gestern 22:05', '3. Feb. 14:05', '1.234.567'],
    ['fr', 'Aujourd’hui 03:05', 'Hier 22:05', '3 févr. 14:05', '1\u202f234\u202f567'],
    ['es', 'Hoy 03:05', 'Ayer 22:05', '3 feb 14:05', '1.234.567'],
    ['pl', 'Dzisiaj 03:05', 'Wczoraj 22:05', '3 lut 14:05', '1\u00a0234\u00a0567'],
    ['ar', 'اليوم 03:05', 'أمس 22:05', '3 فبراير 14:05', '1,234,567'],
  ] as const)('%s writes them its way', async (code, today, yesterday, earlier, number) => {
    await speak(code)
    expect(clockTime(at(5, 3))).toBe('03:05')
    expect(dayAndTime(at(5, 3), at(5, 9))).toBe(today)
    expect(dayAndTime(at(4, 22), at(5, 9))).toBe(yesterday)
    expect(dayAndTime(at(3, 14), at(5, 9))).toBe(earlier)
    expect(grouped(1_234_567)).toBe(number)
  })
})
