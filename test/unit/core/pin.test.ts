// Which PINs may be chosen: six to twelve digits, and none that is tried first.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pinProblem } from '../../../src/core/pin.ts'

const staffId = 'A1001'

describe('what is refused', () => {
  it.each([
    ['', 'wrong-length'],
    ['52816', 'wrong-length'],
    ['5281637405128', 'wrong-length'],
    ['52816a', 'wrong-length'],
    ['٥٢٨١٦٣', 'wrong-length'],
    ['000000', 'repeated'],
    ['111112', 'repeated'],
    ['121212', 'repeated'],
    ['122221', 'repeated'],
    ['583583', 'repeated'],
    ['48154815', 'repeated'],
    ['123456', 'sequence'],
    ['654321', 'sequence'],
    ['890123', 'sequence'],
    ['246802', 'sequence'],
    ['975319', 'sequence'],
    ['112233', 'sequence'],
    ['99887766', 'sequence'],
    ['123321', 'sequence'],
    ['12344321', 'sequence'],
    ['147258', 'common'],
    ['159753', 'common'],
    ['007007', 'repeated'],
    ['123654', 'common'],
    ['31121999', 'date'],
    ['12312024', 'date'],
    ['19870523', 'date'],
  ])('%s: %s', (pin, problem) => expect(pinProblem(pin, staffId)).toBe(problem))

  it.each([
    ['481001', 'A1001'],
    ['100148', 'A-10.01'],
    ['204417', 'N2044'],
    ['738492', '17384926'],
  ])('%s holds what stands on the badge %s', (pin, who) => expect(pinProblem(pin, who)).toBe('staff-id'))
})

describe('what is taken', () => {
  it.each(['528163', '903714', '74019263', '528163740512'])('%s', (pin) => expect(pinProblem(pin, staffId)).toBeNull())

  it('a badge of three digits or of none stands in the way of nothing', () => {
    expect(pinProblem('528163', 'N816')).toBeNull()
    expect(pinProblem('528163', 'ADA')).toBeNull()
  })

  it('nearly all of what somebody picks by chance', () => {
    const pins = fc.sample(fc.stringMatching(/^[0-9]{6}$/), { numRuns: 5000, seed: 7 })
    const refused = pins.filter((pin) => pinProblem(pin, staffId) !== null)
    expect(refused.length).toBeLessThan(pins.length / 100)
  })
})

it('a step of any size, from anywhere, is a sequence or a repetition', () => {
  fc.assert(
    fc.property(fc.nat(9), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 6, max: 12 }), (from, step, length) => {
      const pin = Array.from({ length }, (_, place) => (from + place * step) % 10).join('')
      expect(['sequence', 'repeated']).toContain(pinProblem(pin, staffId))
    }),
  )
})
