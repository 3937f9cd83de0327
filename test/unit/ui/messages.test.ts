import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { startMessages } from '../../../src/ui/i18n.ts'
import { en } from '../../../src/ui/messages/en/index.ts'
import { firstRunFields, madeKeys } from '../support/made-keys.ts'
import { uses } from '../support/word-uses.ts'

const exists = (key: string, given: readonly string[] | null) =>
  given?.includes('count') ? [0, 1, 2, 7].every((count) => i18next.exists(key, { count })) : i18next.exists(key)

const expanded = (key: string): string[] =>
  key.includes('*') ? (madeKeys[key] ?? []).map((word) => key.replace('*', word)) : [key]
const withoutForm = (key: string): string => key.replace(/_(?:zero|one|other)$/, '')
/** What the checks of typed values complain of (state/check.ts): their keys are no text where they are asked for. */
const complaints = [...firstRunFields, 'personName', 'staffId', 'staffIdLetters', 'tooLong', 'taken'].map(
  (word) => `invalid.${word}`,
)
/** Paths of all the texts; a list of texts counts as one. */
const pathsIn = (words: object, path = ''): string[] =>
  Object.entries(words).flatMap(([name, value]) =>
    typeof value === 'string' || Array.isArray(value) ? [path + name] : pathsIn(value, `${path}${name}.`),
  )

beforeAll(startMessages)

describe('the words that are asked for', () => {
  it('are found by the scan', () => {
    expect(uses.length).toBeGreaterThan(80)
    expect(uses.some(({ key }) => key === 'lock.staffId')).toBe(true)
    expect(i18next.exists('lock.nothingOfTheKind')).toBe(false)
  })

  it('exist where the key is written out', () => {
    const written = uses.filter(({ key }) => key && !key.includes('*'))
    expect(written.filter(({ key, given }) => !exists(key as string, given))).toEqual([])
  })

  it('exist for whatever a key can become', () => {
    const made = uses.filter(({ key }) => key?.includes('*'))
    expect(made.filter(({ key }) => !(String(key) in madeKeys)).map(({ where, key }) => `${where} ${key}`)).toEqual([])
    for (const { where, key, given } of made)
      for (const word of madeKeys[String(key)] ?? [])
        expect(exists(String(key).replace('*', word), given), `${where} ${key} ${word}`).toBe(true)
  })

  it('come from a complaint where the key is no text: those are tried in their own test', () => {
    const unseen = uses.filter(({ key }) => key === null).map(({ where }) => where.replace(/:\d+$/, ''))
    expect([...new Set(unseen)].sort()).toEqual([
      'src/renderer/screens/AddPerson.tsx',
      'src/renderer/screens/EditPerson.tsx',
      'src/renderer/screens/FirstRun.tsx',
      'src/renderer/screens/JoinStation.tsx',
      'src/renderer/screens/WorkstationPlace.tsx',
      'src/renderer/state/useLogin.ts',
    ])
  })

  it('are all the words there are: nothing is translated for nobody', () => {
    const asked = new Set([...complaints, ...uses.flatMap(({ key }) => (key === null ? [] : expanded(key)))])
    const unasked = pathsIn(en).filter((path) => !asked.has(path) && !asked.has(withoutForm(path)))
    expect(unasked).toEqual([])
  })

  it('are handed every value that they name', () => {
    const lacking = uses.flatMap(({ where, key, given }) => {
      if (!key || !given) return []
      return (madeKeys[key] ?? ['']).flatMap((word) => {
        const text = i18next.t(key.replace('*', word), { count: 2, returnObjects: true, skipInterpolation: true })
        const wanted = [...JSON.stringify(text).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '')
        return wanted.filter((name) => !given.includes(name)).map((name) => `${where} ${key} wants ${name}`)
      })
    })
    expect(lacking).toEqual([])
  })
})
