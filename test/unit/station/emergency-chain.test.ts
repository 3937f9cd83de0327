// The chain of the emergency record: whatever is changed in it, the place that the log remembers shows it.
import { describe, expect, it } from 'vitest'
import type { EmergencyEntry } from '../../../src/contracts/emergency.ts'
import { type Chained, checkChain, entryHash } from '../../../src/station/emergency-chain.ts'
import { fc } from '../support/properties.ts'

const chain = '01890a5d-ac96-774b-bcce-b302099a8057'

function chainOf(length: number): Chained[] {
  const made: Chained[] = []
  for (let number = 1; number <= length; number++) {
    const previous = made.at(-1)?.hash ?? null
    const entry: EmergencyEntry = { chain, number, atMs: number, what: 'refused', reason: 'wrong-code', previous }
    made.push({ entry, hash: entryHash(entry) })
  }
  return made
}
const whole = chainOf(12)
const known = (number: number) => ({ chain, number, hash: whole[number - 1]?.hash ?? null })

it('gives what the log has not seen yet, in order', () => {
  for (let number = 0; number <= whole.length; number++) {
    const { entries, sound } = checkChain(whole, known(number))
    expect(sound).toBe(true)
    expect(entries.map(({ entry }) => entry.number)).toEqual(whole.slice(number).map(({ entry }) => entry.number))
  }
})

it('may have lost what the log has, as long as the place that the log knows is there', () => {
  expect(checkChain(whole.slice(3), known(5))).toEqual({ entries: whole.slice(5), sound: true })
  expect(checkChain(whole.slice(4), known(5)).sound).toBe(true)
  expect(checkChain(whole.slice(5), known(5)).sound).toBe(false)
  expect(checkChain(whole.slice(6), known(5)).sound).toBe(false)
})

it('is not sound with anything in it changed, and gives only what comes before', () => {
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(whole.length), (at, seen) => {
      const changed = whole.map((each, place) =>
        place === at ? { ...each, entry: { ...each.entry, reason: 'other' } } : each,
      )
      const { entries, sound } = checkChain(changed, known(seen))
      expect(sound).toBe(false)
      expect(entries.every(({ entry }) => entry.number <= at)).toBe(true)
    }),
  )
})

it('is not sound where it was written anew from some entry on, hashes and all', () => {
  const anew = chainOf(12).map((each) => ({ ...each }))
  let previous = whole[3]?.hash ?? null
  for (const each of anew.slice(4)) {
    const entry = { ...each.entry, atMs: 999, previous }
    const hash = entryHash(entry)
    Object.assign(each, { entry, hash })
    previous = hash
  }
  expect(checkChain(anew, known(12)).sound).toBe(false)
  expect(checkChain(anew, known(5)).sound).toBe(false)
  // What the log has not seen can be written anew: that nobody can tell without a key.
  expect(checkChain(anew, known(4)).sound).toBe(true)
})

describe.each([
  ['a gap', [...whole.slice(0, 6), ...whole.slice(7)]],
  ['two in the other order', [...whole.slice(0, 6), whole[7], whole[6], ...whole.slice(8)] as Chained[]],
  ['one twice', [...whole.slice(0, 7), ...whole.slice(6)]],
  ['its beginning gone', whole.slice(1)],
])('%s', (_, entries) => {
  it('is not sound', () => expect(checkChain(entries, known(0)).sound).toBe(false))
})

it('is not sound where it is shorter than the log knows, or of another record', () => {
  expect(checkChain(whole.slice(0, 5), known(6)).sound).toBe(false)
  expect(checkChain([], known(1)).sound).toBe(false)
  expect(checkChain(whole, { ...known(3), chain: '01890a5d-ac96-774b-bcce-b302099a8058' }).sound).toBe(false)
  expect(checkChain([], known(0))).toEqual({ entries: [], sound: true })
})
