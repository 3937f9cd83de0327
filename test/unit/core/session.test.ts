// When a session ends: by whichever clock gets there first.
import { describe, expect, it } from 'vitest'
import { beginSession, isFresh, postponed, proved, sessionEnd } from '../../../src/core/session.ts'
import { fc } from '../support/properties.ts'

const limits = { idleMs: 300_000, sessionMs: 3_600_000 }
const freshMs = 300_000
const start = { nowMs: 1_700_000_000_000, runningMs: 5_000 }
const at = (wallMs: number, runningMs = wallMs) => ({
  nowMs: start.nowMs + wallMs,
  runningMs: start.runningMs + runningMs,
})
const begun = beginSession(start, limits)

describe('a session', () => {
  it.each([
    ['just begun', 0, 0, null],
    ['a moment before the idle limit', 299_999, 299_999, null],
    ['at the idle limit', 300_000, 300_000, 'idle'],
    ['by running time alone, with the clock set back', -3_600_000, 300_000, 'idle'],
    ['by wall time alone, after a sleep', 300_000, 10, 'idle'],
    ['at the limit of all', 3_600_000, 3_600_000, 'limit'],
    ['at the limit of all by running time alone', 0, 3_600_000, 'limit'],
    ['at the limit of all by wall time alone', 3_600_000, 0, 'limit'],
  ] as const)('%s', (_, wallMs, runningMs, end) => expect(sessionEnd(begun, at(wallMs, runningMs))).toBe(end))

  it('goes on while somebody is there, and not past its own limit', () => {
    let times = begun
    for (let ms = 0; ms < limits.sessionMs; ms += 200_000) {
      expect(sessionEnd(times, at(ms))).toBeNull()
      times = postponed(times, at(ms), limits)
      expect(times.limitAt).toEqual(begun.limitAt)
      expect(times.since).toEqual(start)
    }
    expect(sessionEnd(times, at(limits.sessionMs))).toBe('limit')
  })

  it('is prolonged by no jump of the clock: it never outlasts its limits in running time', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 10), max: 10 ** 10 }), fc.nat({ max: 10 ** 7 }), (jump, running) => {
        const end = sessionEnd(begun, at(running + jump, running))
        if (running >= limits.idleMs) expect(end).not.toBeNull()
        if (running >= limits.sessionMs) expect(end).toBe('limit')
      }),
    )
  })
})

describe('a proof', () => {
  it.each([
    ['just given', 0, 0, true],
    ['a moment before it is old', 299_999, 299_999, true],
    ['old', 300_000, 300_000, false],
    ['old by running time, with the clock set back', -3_600_000, 300_000, false],
    ['old by wall time, after a sleep', 300_000, 10, false],
  ] as const)('%s', (_, wallMs, runningMs, fresh) => expect(isFresh(begun, at(wallMs, runningMs), freshMs)).toBe(fresh))

  it('is fresh again once a new code was given, and not by activity', () => {
    const later = at(400_000)
    expect(isFresh(postponed(begun, later, limits), later, freshMs)).toBe(false)
    const times = proved(begun, later)
    expect(isFresh(times, at(699_999), freshMs)).toBe(true)
    expect(isFresh(times, at(700_000), freshMs)).toBe(false)
    expect(times.limitAt).toEqual(begun.limitAt)
  })

  it('is as fresh as what is asked wants it', () => {
    const later = at(60_000)
    expect(isFresh(begun, later, 60_000)).toBe(false)
    expect(isFresh(begun, later, 60_001)).toBe(true)
  })
})
