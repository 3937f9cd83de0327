// The throttle as rows: per typed ID and way in, known or not, and the newest 10,000 of them.
import { describe, expect, it } from 'vitest'
import { throttleRule } from '../../../src/core/throttle.ts'
import { DamageError } from '../../../src/station/keys.ts'
import {
  forgetOldest,
  isSlowed,
  noteFailure,
  noteSuccess,
  remainingWait,
  type ThrottledWay,
  waitsNow,
} from '../../../src/station/throttle.ts'
import { openStore, type Store } from '../support/store.ts'

const minute = 60_000
const event = { type: 'login-attempted' }

function fail({ ledger, clock }: Store, subject: string, way: ThrottledWay = 'totp', times = 1) {
  let last: ReturnType<typeof noteFailure> | undefined
  for (let n = 0; n < times; n++)
    last = ledger.record((recorder) => {
      const noted = noteFailure(recorder, subject, way, clock.nowMs(), throttleRule)
      recorder.event(event)
      return noted
    })
  return last
}
const wait = ({ ledger, clock }: Store, subject: string, way: ThrottledWay = 'totp') =>
  ledger.record((recorder) => {
    const ms = remainingWait(recorder, subject, way, clock.nowMs(), throttleRule)
    recorder.event(event)
    return ms
  })

describe('failures', () => {
  it('are counted for each ID apart', () => {
    const store = openStore()
    fail(store, 'a', 'totp', 3)
    expect(wait(store, 'a')).toBe(2000)
    expect(wait(store, 'b')).toBe(0)
  })

  it('are counted for each way in apart, so that a closed code leaves the recovery codes open', () => {
    const store = openStore()
    fail(store, 'a', 'totp', 10)
    expect(wait(store, 'a', 'totp')).toBe(30 * minute)
    expect(wait(store, 'a', 'recovery')).toBe(0)
    expect(waitsNow(store.ledger, 'a', 'totp', store.clock.nowMs(), throttleRule)).toBe(true)
    expect(waitsNow(store.ledger, 'a', 'recovery', store.clock.nowMs(), throttleRule)).toBe(false)
  })

  it('outlast a restart', () => {
    const store = openStore()
    fail(store, 'a', 'totp', 10)
    store.clock.pass(minute)
    expect(wait(openStore(store.folder, store.clock), 'a')).toBe(29 * minute)
  })

  it('are forgotten at a success, and only there', () => {
    const store = openStore()
    fail(store, 'a', 'totp', 4)
    fail(store, 'a', 'recovery', 4)
    store.clock.pass(365 * 24 * 60 * minute)
    expect(fail(store, 'a')?.state.failures).toBe(5)
    store.ledger.record((recorder) => {
      noteSuccess(recorder, 'a', 'totp')
      noteSuccess(recorder, 'never', 'totp')
      recorder.event(event)
    })
    expect(fail(store, 'a')?.state.failures).toBe(1)
    expect(fail(store, 'a', 'recovery')?.state.failures).toBe(5)
  })

  it('reach a hundred in a row, through every wait', () => {
    const store = openStore()
    let failures = 0
    while (failures < throttleRule.suspendsAt) {
      store.clock.pass(wait(store, 'a'))
      failures = fail(store, 'a')?.state.failures ?? 0
    }
    expect(failures).toBe(100)
  })
})

describe('a clock set back', () => {
  it('starts a wait anew, once, and it then runs down', () => {
    const store = openStore()
    fail(store, 'a', 'totp', 10)
    store.clock.wallMs -= 24 * 60 * minute
    expect(waitsNow(store.ledger, 'a', 'totp', store.clock.nowMs(), throttleRule)).toBe(true)
    expect(wait(store, 'a')).toBe(30 * minute)
    store.clock.pass(10 * minute)
    expect(wait(store, 'a')).toBe(20 * minute)
    store.clock.pass(20 * minute)
    expect(wait(store, 'a')).toBe(0)
    expect(fail(store, 'a')?.state.failures).toBe(11)
  })

  it('makes no wait of failures that were too few for one', () => {
    const store = openStore()
    fail(store, 'a', 'recovery', 2)
    store.clock.wallMs -= 60 * minute
    expect(waitsNow(store.ledger, 'a', 'recovery', store.clock.nowMs(), throttleRule)).toBe(false)
    expect(wait(store, 'a', 'recovery')).toBe(0)
  })

  it('is put on record with the attempt that met it, and only then', () => {
    const store = openStore()
    fail(store, 'a', 'totp', 10)
    const count = () => store.db.prepare("SELECT event_number FROM throttle WHERE id = 'totp:a'").pluck().get()
    const before = count()
    wait(store, 'a')
    expect(count()).toBe(before)
    store.clock.wallMs -= 60 * minute
    wait(store, 'a')
    expect(count()).toBe(store.ledger.frontier().size)
  })

  it('opens nothing that is not on record', () => {
    const store = openStore()
    fail(store, 'a', 'totp', 10)
    store.clock.wallMs -= 60 * minute
    expect(() =>
      store.ledger.record((recorder) => remainingWait(recorder, 'a', 'totp', store.clock.nowMs(), throttleRule)),
    ).toThrow('without its event')
  })
})

describe('a station', () => {
  it('is slowed by the twentieth failure in ten minutes, whoever’s, and says so once', () => {
    const store = openStore()
    const told = Array.from({ length: 25 }, (_, n) => fail(store, `id ${n}`, n % 2 ? 'totp' : 'recovery')?.slowed)
    expect(told.indexOf(true)).toBe(19)
    expect(told.filter(Boolean)).toHaveLength(1)
    expect(isSlowed(store.ledger, store.clock.nowMs())).toBe(true)
    store.clock.pass(10 * minute)
    expect(isSlowed(store.ledger, store.clock.nowMs())).toBe(false)
  })

  it('does not take its row’s content on trust', () => {
    const store = openStore()
    store.ledger.record((recorder) => {
      recorder.put('throttle', 'station', { failures: 1, waits_until_ms: 0, recent: '["soon"]' })
      recorder.event(event)
    })
    expect(() => isSlowed(store.ledger, 0)).toThrow(DamageError)
  })
})

describe('what is kept', () => {
  it('is 10,000 rows: the oldest goes for a new one, the station’s own never', () => {
    const store = openStore()
    const kept = { failures: 1, waits_until_ms: 0, recent: '[]' }
    const put = (ids: string[]) =>
      store.ledger.record((recorder) => {
        for (const id of ids) recorder.put('throttle', id, kept)
        recorder.event(event)
      })
    put(['station'])
    put(['totp:first'])
    put(Array.from({ length: 9_998 }, (_, n) => `totp:${n}`))
    const count = () => store.db.prepare('SELECT count(*) FROM throttle').pluck().get()
    expect(count()).toBe(10_000)
    for (let n = 0; n < 3; n++) {
      store.ledger.record((recorder) => {
        forgetOldest(store.db, recorder, `new ${n}`, 'totp')
        noteFailure(recorder, `new ${n}`, 'totp', store.clock.nowMs(), throttleRule)
        recorder.event(event)
      })
      expect(count()).toBe(10_000)
    }
    expect(store.ledger.get('throttle', 'totp:first')).toBeNull()
    expect(store.ledger.get('throttle', 'station')).not.toBeNull()
    expect(store.ledger.get('throttle', 'totp:new 0')).not.toBeNull()
  })
})
