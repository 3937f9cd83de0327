// What the window says about a login and about a typed value, in words that exist.
import i18next, { type TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LoginAnswer } from '../../../src/contracts/commands/login.ts'
import { staffId } from '../../../src/contracts/fields.ts'
import { commands } from '../../../src/contracts/ipc.ts'
import { checkStaffId, checkText } from '../../../src/renderer/state/check.ts'
import { lineFor } from '../../../src/renderer/state/loginWords.ts'
import { startMessages } from '../../../src/ui/i18n.ts'
import { partsOf } from '../support/schemas.ts'

let t: TFunction
beforeAll(async () => {
  await startMessages()
  t = i18next.t
})
const reasons = [...partsOf(commands.submitCode.output)]
  .filter(({ def }) => def.type === 'enum')
  .flatMap(({ def }) => Object.values(def.entries as object)) as Extract<LoginAnswer, { ok: false }>['reason'][]

describe('the line about a login', () => {
  it.each(reasons)('has words for %s, either way in', (reason) => {
    for (const way of ['code', 'recovery'] as const) {
      const line = lineFor({ ok: false, reason, waitMs: 2000 }, way, t)
      expect(line?.text).toMatch(/^[A-Z].+[.]$/)
      expect(line?.text).not.toContain('said.')
      expect(line?.tone).not.toBe('in')
    }
  })

  it.each([
    [0, 'Too many tries. Wait 1 second.'],
    [1, 'Too many tries. Wait 1 second.'],
    [1001, 'Too many tries. Wait 2 seconds.'],
    [59_000, 'Too many tries. Wait 59 seconds.'],
    [59_001, 'Too many tries. Wait 1 minute.'],
    [60_001, 'Too many tries. Wait 2 minutes.'],
    [30 * 60_000, 'Too many tries. Wait 30 minutes.'],
  ])('rounds a wait of %i ms up: %s', (waitMs, text) => {
    expect(lineFor({ ok: false, reason: 'throttled', waitMs }, 'code', t)).toEqual({ tone: 'stop', text })
  })

  it('greets who came in, and says so when there was no answer at all', () => {
    expect(lineFor({ ok: true, displayName: '<Ada>' }, 'code', t)).toEqual({
      tone: 'in',
      text: 'Unlocked. Hello, <Ada>.',
    })
    expect(lineFor(null, 'code', t).text).toBe(t('didNotWork'))
  })
})

describe('the complaint about a typed value', () => {
  const words = (complaint: { key: string; count?: number } | undefined) =>
    complaint && t(complaint.key, { count: complaint.count })

  it.each([...Object.keys(commands.setUpStation.input.shape), 'personName', 'staffId'])('%s: has words', (field) => {
    expect(i18next.exists(`invalid.${field}`)).toBe(true)
    expect(words(checkText(' ', field))).toBe(t(`invalid.${field}`))
    expect(words(checkText('x'.repeat(101), field))).toContain('100')
    expect(checkText('Ward 7', field)).toBeUndefined()
  })

  it.each([
    ['', 'Type the staff ID.'],
    ['A'.repeat(33), 'That is too long. Use at most 32 characters.'],
    ['A 1', 'Use only letters, digits, dot, dash and underscore.'],
    ['A1001', undefined],
    [' müller-7 ', undefined],
  ])('staff ID %j: %s', (typed, text) => {
    expect(words(checkStaffId(typed))).toBe(text)
    // Main has the last word, and says the same.
    expect(staffId.safeParse(typed).success).toBe(text === undefined)
  })
})
