// The phone's words: each language says all that English says and nothing else, and every word is one that the page asks for.
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { phone as ar } from '../../../src/ui/messages/ar/phone.ts'
import { phone as de } from '../../../src/ui/messages/de/phone.ts'
import { phone as en } from '../../../src/ui/messages/en/phone.ts'
import { phone as es } from '../../../src/ui/messages/es/phone.ts'
import { phone as fr } from '../../../src/ui/messages/fr/phone.ts'
import { type Language, languageCodes } from '../../../src/ui/messages/languages.ts'
import { phone as pl } from '../../../src/ui/messages/pl/phone.ts'

const catalogues: Record<Language, object> = { en, de, fr, es, pl, ar }
/** Words that a language has in common with English. */
const shared: Record<Language, readonly string[]> = {
  ...{ en: [], de: ['name'], fr: ['name'], es: ['name', 'ask.no'], pl: ['name'], ar: ['name'] },
}
const page = path.resolve(import.meta.dirname, '../../../src/phone')

function flatten(words: object, start = ''): Record<string, string> {
  const entries = Object.entries(words as Record<string, string | object>).map(([name, value]) =>
    typeof value === 'string' ? { [start + name]: value } : flatten(value, `${start}${name}.`),
  )
  return Object.assign({}, ...entries)
}
const withoutForm = (key: string) => key.replace(/_(?:zero|one|two|few|many|other)$/, '')
const english = flatten(en)
const keys = [...new Set(Object.keys(english).map(withoutForm))].sort()
const counted = keys.filter((key) => `${key}_other` in english)

describe.each(languageCodes)('%s', (code) => {
  const texts = flatten(catalogues[code])
  const forms = new Intl.PluralRules(code).resolvedOptions().pluralCategories

  it('has exactly the keys of English, with its own plural forms', () => {
    const plain = keys.filter((key) => !counted.includes(key))
    const wanted = [...plain, ...counted.flatMap((key) => forms.map((form) => `${key}_${form}`))]
    expect(Object.keys(texts).sort()).toEqual(wanted.sort())
  })

  it('names the same values in each text, and leaves nothing empty', () => {
    const valuesOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()
    for (const [key, text] of Object.entries(texts)) {
      // One, two and none may be said without a figure.
      const isSaid = /_(?:zero|one|two)$/.test(key) && !text.includes('{{')
      if (!isSaid)
        expect(valuesOf(text), key).toEqual(valuesOf(english[key] ?? english[`${withoutForm(key)}_other`] ?? ''))
      expect(text, key).toMatch(/^\S.*\S$/)
      expect(text, key).not.toContain('  ')
    }
  })

  it('is a translation', () => {
    const same = Object.entries(texts).filter(([key, text]) => code !== 'en' && english[key] === text)
    expect(same.map(([key]) => key)).toEqual(shared[code])
  })
})

it('keeps the French signs on the line of their word, and speaks formally', () => {
  for (const [key, text] of Object.entries(flatten(fr)))
    expect(text, key).not.toMatch(/ [;:!?»]|« |[^\u202f][;:!?»](?:\s|$)/)
  const informal = { de: /\b(?:du|dich|dir|dein\w*)\b/i, fr: /(?<!\p{L})(?:tu|toi|ton|tes)(?!\p{L})/iu }
  for (const [key, text] of Object.entries(flatten(de))) expect(text, key).not.toMatch(informal.de)
  for (const [key, text] of Object.entries(flatten(fr))) expect(text, key).not.toMatch(informal.fr)
})

/** What a key that is put together in the page can become. */
const made: Record<string, readonly string[]> = {
  'scanner.': ['starting', 'reading', 'no-camera', 'not-allowed', 'in-use', 'failed'],
  'no.': ['denied', 'notMine', 'deniedCode', 'notMineCode'],
  'answer.': ['sending', 'sent', 'notSent'],
  'bind.send.': ['sending', 'sent', 'notSent'],
  'problem.': keys.filter((key) => key.startsWith('problem.')).map((key) => key.slice('problem.'.length)),
}

it('holds no word that the page never says, and lacks none', () => {
  const sources = fs
    .readdirSync(page, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => fs.readFileSync(path.join(page, file), 'utf8'))
    .join('\n')
  const asked = [...sources.matchAll(/'([a-zA-Z]+(?:\.[\w-]+)?)'/g)].map(([, key]) => key ?? '')
  const puts = Object.entries(made).flatMap(([start, ends]) =>
    sources.includes(`\`${start}$`) ? ends.map((end) => start + end) : [],
  )
  const said = new Set([...asked, ...puts])
  const unsaid = keys.filter((key) => !said.has(key.replace(/^(card\.points)\.\d+$/, '$1')))
  expect(unsaid).toEqual([])
  const called = [...sources.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key]) => key ?? '')
  expect(called.filter((key) => !keys.includes(key) && key !== 'card.points')).toEqual([])
})
