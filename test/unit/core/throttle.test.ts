// How failures slow and close what is typed, and that a clock set back neither opens a door nor shuts it for ever.
import { describe, expect, it } from 'vitest'
import {
  afterFailure,
  freshThrottle,
  reanchored,
  remainingWaitMs,
  stationIsSlowed,
  type ThrottleState,
  throttleRule,
  withStationFailure,
} from '../../../src/core/throttle.ts'
import { fc } from '../support/properties.ts'

const second = 1000
const minute = 60 * second
const now = Date.UTC(2026, 0, 5, 8, 0, 0)
const failed = (times: number, at = now): ThrottleState =>
  Array.from({ length: times }).reduce<ThrottleState>((state) => afterFailure(state, at, throttleRule), freshThrottle)

describe('the wait after so many failures in a row', () => {
  it.each([
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 2 * second],
    [4, 4 * second],
    [5, 8 * second],
    [6, 16 * second],
    [7, 32 * second],
    [8, minute],
    [9, minute],
    [10, 30 * minute],
    [11, minute],
    [19, minute],
    [20, 30 * minute],
    [90, 30 * minute],
    [99, minute],
    [100, 30 * minute],
    [1000, 30 * minute],
  ])('%i: %i ms', (times, waitMs) => {
    expect(failed(times)).toEqual({ failures: times, waitsUntilMs: waitMs === 0 ? expect.any(Number) : now + waitMs })
    expect(remainingWaitMs(failed(times), now)).toBe(waitMs)
  })

  it('never shrinks on the way to the tenth', () => {
    const waits = Array.from({ length: 10 }, (_, i) => remainingWaitMs(failed(i + 1), now))
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
  })

  it('runs down to nothing, to the millisecond', () => {
    const state = failed(10)
    expect(remainingWaitMs(state, now + 30 * minute - 1)).toBe(1)
    expect(remainingWaitMs(state, now + 30 * minute)).toBe(0)
    expect(remainingWaitMs(state, now + 300 * minute)).toBe(0)
  })

  it('lets nobody guess on: at most 100 tries of a credential before it is suspended, over more than five hours', () => {
    let at = now
    let state = freshThrottle
    while (state.failures < throttleRule.suspendsAt) {
      state = afterFailure(state, at, throttleRule)
      at += remainingWaitMs(state, at)
    }
    expect(at - now).toBeGreaterThan(5 * 60 * minute)
    expect(throttleRule.suspendsAt).toBeLessThanOrEqual(100)
  })
})

describe('a rule of its own', () => {
  const rule = { ...throttleRule, delayFrom: 1, closesEvery: 5, closedMs: 60 * minute }

  it.each([
    [1, 2 * second],
    [2, 4 * second],
    [4, 16 * second],
    [5, 60 * minute],
    [6, minute],
    [10, 60 * minute],
  ])('waits after %i failures %i ms', (times, waitMs) => {
    let state = freshThrottle
    for (let i = 0; i < times; i++) state = afterFailure(state, now, rule)
    expect(remainingWaitMs(state, now)).toBe(waitMs)
  })

  it('cuts a wait that another rule gave down to its own longest, from now on', () => {
    const closed = afterFailure({ failures: 9, waitsUntilMs: 0 }, now, rule)
    expect(remainingWaitMs(closed, now)).toBe(60 * minute)
    const anew = reanchored(closed, now + minute, throttleRule)
    expect(remainingWaitMs(anew, now + minute)).toBe(30 * minute)
  })
})

describe('a clock set back', () => {
  it('starts the wait anew, as long as it was and no longer', () => {
    const state = failed(10)
    for (const back of [1, minute, 24 * 60 * minute, now]) {
      const anew = reanchored(state, now - back, throttleRule)
      expect(anew.failures).toBe(10)
      expect(remainingWaitMs(anew, now - back)).toBe(30 * minute)
      expect(remainingWaitMs(anew, now - back + 30 * minute)).toBe(0)
    }
  })

  it('changes nothing while a wait is within what the rule gives', () => {
    for (const times of [0, 1, 2, 3, 9, 10, 11]) {
      const state = failed(times)
      expect(reanchored(state, now, throttleRule)).toBe(state)
      expect(reanchored(state, now + minute, throttleRule)).toBe(state)
    }
  })

  it('opens no door and shuts none for ever, however the clock jumps', () => {
    const jump = fc.integer({ min: -48 * 60, max: 48 * 60 }).map((minutes) => minutes * minute)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.array(jump, { maxLength: 8 }), (times, jumps) => {
        let at = now
        let state = failed(times)
        const full = remainingWaitMs(state, at)
        for (const by of jumps) {
          const before = remainingWaitMs(state, at)
          at += by
          state = reanchored(state, at, throttleRule)
          const left = remainingWaitMs(state, at)
          expect(left).toBeLessThanOrEqual(full)
          // Only time that passes forward shortens a wait.
          if (by <= 0) expect(left).toBeGreaterThanOrEqual(before)
        }
        expect(remainingWaitMs(reanchored(state, at + full, throttleRule), at + full)).toBe(0)
      }),
    )
  })
})

describe('a station', () => {
  const failures = (times: number, apartMs = 1000) => {
    let kept: number[] = []
    for (let i = 0; i < times; i++) kept = withStationFailure(kept, now + i * apartMs)
    return { kept, at: now + (times - 1) * apartMs }
  }

  it('is slowed from the twentieth failure in ten minutes', () => {
    const nineteen = failures(19)
    expect(stationIsSlowed(nineteen.kept, nineteen.at)).toBe(false)
    const twenty = failures(20)
    expect(stationIsSlowed(twenty.kept, twenty.at)).toBe(true)
  })

  it('is slowed no longer once the first of them is ten minutes old', () => {
    const { kept } = failures(20)
    expect(stationIsSlowed(kept, now + 10 * minute - 1)).toBe(true)
    expect(stationIsSlowed(kept, now + 10 * minute)).toBe(false)
  })

  it('is not slowed by failures that are far apart', () => {
    const { kept, at } = failures(200, 32 * second)
    expect(stationIsSlowed(kept, at)).toBe(false)
  })

  it('keeps no more times than it needs, the newest, in order', () => {
    const { kept } = failures(500)
    expect(kept).toHaveLength(20)
    expect(kept).toEqual(kept.toSorted((a, b) => a - b))
    expect(kept.at(-1)).toBe(now + 499 * 1000)
  })

  it('does not count failures of a time that has not come', () => {
    const { kept } = failures(20)
    expect(stationIsSlowed(kept, now - minute)).toBe(false)
    expect(withStationFailure(kept, now - minute)).toEqual([now - minute])
  })

  it('leaves the list it was given as it was', () => {
    const given = Object.freeze([now])
    expect(withStationFailure(given, now + 1)).toEqual([now, now + 1])
  })
})
