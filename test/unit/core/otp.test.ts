// The edges of TOTP: what is spent, what is remembered, and where time begins and ends.
import { describe, expect, it } from 'vitest'
import { defaultTotp, equalText, type Hmac, hotpCode, stepAt, verifyTotp } from '../../../src/core/otp.ts'
import { hmac } from '../../../src/station/primitives.ts'
import { fc } from '../support/properties.ts'

const secret = new Uint8Array(20).fill(7)
const step = 58_000_000
const nowMs = step * 30_000 + 12_345
const codeAt = (at: number) => hotpCode(secret, at, defaultTotp, hmac)
const verify = (code: string, lastStep = -1, windowSteps = 1, at = nowMs, by: Hmac = hmac) =>
  verifyTotp(secret, defaultTotp, code, at, lastStep, windowSteps, by)

describe('the window', () => {
  it.each([
    { offset: 0, windowSteps: 0, outcome: { ok: true, step } },
    { offset: 0, windowSteps: 1, outcome: { ok: true, step } },
    { offset: -1, windowSteps: 1, outcome: { ok: true, step: step - 1 } },
    { offset: -2, windowSteps: 2, outcome: { ok: true, step: step - 2 } },
    { offset: -1, windowSteps: 0, outcome: { ok: false, reason: 'clock-wrong' } },
    { offset: -2, windowSteps: 1, outcome: { ok: false, reason: 'clock-wrong' } },
    { offset: 1, windowSteps: 1, outcome: { ok: false, reason: 'clock-wrong' } },
    { offset: 20, windowSteps: 2, outcome: { ok: false, reason: 'clock-wrong' } },
    { offset: -20, windowSteps: 2, outcome: { ok: false, reason: 'clock-wrong' } },
    { offset: 21, windowSteps: 2, outcome: { ok: false, reason: 'wrong-code' } },
    { offset: -21, windowSteps: 2, outcome: { ok: false, reason: 'wrong-code' } },
  ])('step $offset with $windowSteps before', ({ offset, windowSteps, outcome }) => {
    expect(verify(codeAt(step + offset), -1, windowSteps)).toEqual(outcome)
  })

  it('turns over with the step, to the millisecond', () => {
    expect(verify(codeAt(step), -1, 0, step * 30_000)).toEqual({ ok: true, step })
    expect(verify(codeAt(step), -1, 0, (step + 1) * 30_000 - 1)).toEqual({ ok: true, step })
    expect(verify(codeAt(step), -1, 0, (step + 1) * 30_000)).toEqual({ ok: false, reason: 'clock-wrong' })
    expect(verify(codeAt(step), -1, 0, step * 30_000 - 1)).toEqual({ ok: false, reason: 'clock-wrong' })
  })
})

describe('replay', () => {
  it.each([
    { last: step - 1, offset: 0, outcome: { ok: true, step } },
    { last: step, offset: 0, outcome: { ok: false, reason: 'already-used' } },
    { last: step, offset: -1, outcome: { ok: false, reason: 'already-used' } },
    { last: step - 1, offset: -1, outcome: { ok: false, reason: 'already-used' } },
    { last: step + 5, offset: 0, outcome: { ok: false, reason: 'already-used' } },
    { last: step + 5, offset: 3, outcome: { ok: false, reason: 'already-used' } },
    { last: step, offset: -20, outcome: { ok: false, reason: 'already-used' } },
    { last: step, offset: 1, outcome: { ok: false, reason: 'clock-wrong' } },
  ])('after step $last, the code of $offset', ({ last, offset, outcome }) => {
    expect(verify(codeAt(step + offset), last)).toEqual(outcome)
  })

  it('accepts no step twice, and none before one accepted, in whatever order codes come', () => {
    const tries = fc.array(fc.record({ at: fc.integer({ min: -3, max: 3 }), code: fc.integer({ min: -4, max: 4 }) }), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(tries, fc.integer({ min: 0, max: 2 }), (list, windowSteps) => {
        let last = -1
        for (const { at, code } of list) {
          const outcome = verify(codeAt(step + code), last, windowSteps, nowMs + at * 30_000)
          if (!outcome.ok) continue
          expect(outcome.step).toBeGreaterThan(last)
          expect(outcome.step).toBeLessThanOrEqual(step + at)
          expect(outcome.step).toBeGreaterThanOrEqual(step + at - windowSteps)
          last = outcome.step
        }
      }),
      { numRuns: 200 },
    )
  })

  it('can’t be left out: the last step is a parameter without a default', () => {
    // Seven parameters are required; one with a default would not count.
    expect(verifyTotp).toHaveLength(7)
  })
})

describe('the beginning of time', () => {
  it('has a step 0, accepted as any other and distinct from none', () => {
    expect(stepAt(0, 30)).toBe(0)
    expect(verify(codeAt(0), -1, 1, 0)).toEqual({ ok: true, step: 0 })
    expect(verify(codeAt(0), -1, 1, 30_000)).toEqual({ ok: true, step: 0 })
    expect(verify(codeAt(0), 0, 1, 0)).toEqual({ ok: false, reason: 'already-used' })
  })

  it.each([-1, -15_000, -30_000, -600_000])('accepts nothing at %i ms', (at) => {
    for (let offset = 0; offset <= 20; offset++)
      expect(verify(codeAt(offset), -1, 2, at).ok, `step ${offset}`).toBe(false)
  })

  it('holds no code against a step before it: far before 1970 step 0’s code is just wrong', () => {
    expect(verify(codeAt(0), -1, 2, -3_600_000)).toEqual({ ok: false, reason: 'wrong-code' })
  })
})

describe('the work', () => {
  const count = (code: string, lastStep: number, at: number, windowSteps = 1) => {
    const asked: { key: string; length: number }[] = []
    const counting: Hmac = (algorithm, key) => (message) => {
      asked.push({ key: Buffer.from(key).toString('hex'), length: message.length })
      return hmac(algorithm, key)(message)
    }
    verify(code, lastStep, windowSteps, at, counting)
    return asked
  }

  it('is 41 HMACs of eight bytes under the one key, whatever the answer and the time', () => {
    const answers = [
      count(codeAt(step), -1, nowMs),
      count(codeAt(step), step, nowMs),
      count(codeAt(step - 1), -1, nowMs),
      count(codeAt(step + 20), -1, nowMs),
      count('000000', -1, nowMs),
      count('', -1, nowMs),
      count('12345678', -1, nowMs),
      count(codeAt(0), -1, 0),
      count('000000', -1, -900_000),
      count(codeAt(step), -1, nowMs, 0),
    ]
    for (const asked of answers) {
      expect(asked).toHaveLength(41)
      expect(new Set(asked.map(({ key }) => key))).toEqual(new Set([Buffer.from(secret).toString('hex')]))
      expect(asked.every(({ length }) => length === 8)).toBe(true)
    }
  })
})

describe('the code', () => {
  it('keeps its leading zeros, and nothing shorter or longer passes for it', () => {
    let at = step
    while (!codeAt(at).startsWith('0')) at++
    const code = codeAt(at)
    expect(code).toHaveLength(6)
    const now = at * 30_000
    expect(verify(code, -1, 1, now).ok).toBe(true)
    for (const other of [code.slice(1), `0${code}`, `${code} `, ` ${code}`, code.slice(0, 5), ''])
      expect(verify(other, -1, 1, now)).toEqual({ ok: false, reason: 'wrong-code' })
  })

  it('leaves the secret that it was given as it was', () => {
    const mine = Uint8Array.from(secret)
    hotpCode(mine, 1, defaultTotp, hmac)
    expect(mine).toEqual(secret)
  })

  it('is made from a view’s own bytes, not from the buffer around it', () => {
    const around = new Uint8Array(40)
    around.set(secret, 10)
    expect(hotpCode(around.subarray(10, 30), step, defaultTotp, hmac)).toBe(codeAt(step))
  })

  it('is compared as text is', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => equalText(a, b) === (a === b) && equalText(a, a)))
  })
})
