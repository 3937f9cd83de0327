// The floor of time: raised by two people, carried by running time, never by one person or by a jump.
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { ClockFloor, floorToleranceMs } from '../../../src/station/clock-floor.ts'
import { machineClock } from '../../../src/station/machine-clock.ts'
import { FakeClock } from '../../support/fakes.ts'
import { openStore, type Store } from '../support/store.ts'

const minute = 60_000
const hour = 60 * minute

function begin() {
  const store = openStore()
  const floor = new ClockFloor(store.clock)
  return { ...store, floor, accept: (person: string) => accept(store, floor, person) }
}
/** As a login does it: the floor is looked at, the code's step accepted. */
function accept({ ledger, clock }: Store, floor: ClockFloor, person: string): number {
  const step = Math.floor(clock.nowMs() / 30_000) * 30_000
  ledger.record((recorder) => {
    floor.isClosed(recorder)
    floor.noteAccepted(recorder, person, step)
    recorder.event({ type: 'login-attempted' })
  })
  return step
}

describe('the floor', () => {
  it('is none at first, and nothing is closed', () => {
    const { floor, ledger, clock } = begin()
    expect(floor.nowMs(ledger)).toBe(0)
    clock.wallMs = 0
    expect(floor.isClosed(ledger)).toBe(false)
  })

  it('is raised by two people within two minutes, to the step of the second', () => {
    const { floor, ledger, clock, accept } = begin()
    accept('ada')
    clock.pass(2 * minute)
    const step = accept('bola')
    expect(floor.nowMs(ledger)).toBe(step)
  })

  it.each<[string, string, number]>([
    ['one person twice', 'ada', minute],
    ['two people too far apart', 'bola', 2 * minute + 1],
  ])('is not raised by %s', (_, second, apart) => {
    const { floor, ledger, clock, accept } = begin()
    accept('ada')
    clock.pass(apart)
    accept(second)
    expect(floor.nowMs(ledger)).toBe(0)
  })

  it('is not raised by one person through a jump of the clock, so that going back poisons nothing', () => {
    const { floor, ledger, clock, accept } = begin()
    accept('ada')
    clock.wallMs += 365 * 24 * hour
    accept('bola')
    accept('bola')
    clock.wallMs -= 365 * 24 * hour
    expect(floor.isClosed(ledger)).toBe(false)
  })

  it('never goes down with a later accepted code', () => {
    const { floor, ledger, clock, accept } = begin()
    accept('ada')
    const high = accept('bola')
    clock.wallMs -= minute
    accept('ada')
    accept('bola')
    expect(floor.nowMs(ledger)).toBeGreaterThanOrEqual(high)
  })
})

describe('running time', () => {
  it('carries the floor from the moment it was confirmed, also while nobody looks', () => {
    const { floor, ledger, clock, accept } = begin()
    accept('ada')
    const step = accept('bola')
    clock.pass(hour)
    expect(floor.nowMs(ledger)).toBe(step + hour)
    // The clock is set back by an hour: typed codes close.
    clock.wallMs -= hour
    expect(floor.isClosed(ledger)).toBe(true)
  })

  it('is not lost by the codes that are accepted in between', () => {
    const { floor, ledger, clock, accept } = begin()
    accept('ada')
    const step = accept('bola')
    for (let n = 0; n < 10; n++) {
      clock.pass(10 * minute)
      accept('ada')
    }
    clock.pass(10 * minute)
    expect(floor.nowMs(ledger)).toBe(step + 110 * minute)
  })

  it('begins anew after a restart, from the floor that was kept', () => {
    const { floor, ledger, clock, accept } = begin()
    accept('ada')
    const step = accept('bola')
    clock.pass(hour)
    const before = floor.nowMs(ledger)
    clock.running = 5
    const again = new ClockFloor(clock)
    const kept = again.nowMs(ledger)
    expect(kept).toBeGreaterThanOrEqual(step)
    expect(kept).toBeLessThanOrEqual(before)
    clock.pass(minute)
    expect(again.nowMs(ledger)).toBe(kept + minute)
  })
})

describe('typed codes', () => {
  it('close below the floor by more than the tolerance, and open again above it', () => {
    const { floor, ledger, clock, accept } = begin()
    accept('ada')
    const step = accept('bola')
    expect(floorToleranceMs).toBe(90_000)
    clock.wallMs = step - floorToleranceMs
    expect(floor.isClosed(ledger)).toBe(false)
    clock.wallMs = step - floorToleranceMs - 1
    expect(floor.isClosed(ledger)).toBe(true)
    clock.wallMs = step
    expect(floor.isClosed(ledger)).toBe(false)
  })

  it('open when an administrator lowers the floor, on record', () => {
    const { floor, ledger, clock, db, accept } = begin()
    accept('ada')
    accept('bola')
    clock.wallMs -= hour
    expect(floor.isClosed(ledger)).toBe(true)
    ledger.record((recorder) => floor.lower(recorder, '0198c0de-0000-7000-8000-000000000001'))
    expect(floor.isClosed(ledger)).toBe(false)
    expect(floor.nowMs(ledger)).toBe(0)
    expect(db.prepare('SELECT type FROM event ORDER BY number DESC LIMIT 1').pluck().get()).toBe('clock-floor-lowered')
    // Nor does the person before it count as one half of a pair.
    accept('ada')
    expect(floor.nowMs(ledger)).toBe(0)
  })

  it('stay closed where lowering the floor was not committed', () => {
    const { floor, ledger, clock, accept } = begin()
    accept('ada')
    accept('bola')
    clock.wallMs -= hour
    expect(() =>
      ledger.record((recorder) => {
        floor.lower(recorder, '0198c0de-0000-7000-8000-000000000001')
        throw new Error('not committed')
      }),
    ).toThrow('not committed')
    expect(floor.isClosed(ledger)).toBe(true)
  })
})

describe('another process of the same computer', () => {
  /** As the command line has it: a connection, a ledger and a clock of its own. */
  function other(store: Store, boot: string | null, running: number) {
    const clock = Object.assign(new FakeClock(), { wallMs: store.clock.wallMs, running, boot })
    return { ...openStore(store.folder, clock), floor: new ClockFloor(clock) }
  }
  function confirmed(boot?: string) {
    const begun = begin()
    Object.assign(begun.clock, { boot })
    begun.accept('ada')
    const step = begun.accept('bola')
    begun.clock.pass(hour)
    return { ...begun, step }
  }

  it('counts the running time since the codes as the station does', () => {
    const station = confirmed('first')
    const cli = other(station, 'first', station.clock.running)
    expect(cli.floor.nowMs(cli.ledger)).toBe(station.step + hour)
    // So a clock that was set back by less than that is found wrong there, too.
    cli.clock.wallMs -= 10 * minute
    expect(cli.floor.isClosed(cli.ledger)).toBe(true)
  })

  it('carries it on: a code accepted there loses nothing of it', () => {
    const station = confirmed('first')
    const cli = other(station, 'first', station.clock.running)
    accept(cli, cli.floor, 'ada')
    station.clock.pass(minute)
    expect(station.floor.nowMs(station.ledger)).toBe(station.step + hour + minute)
  })

  it('after another start of the computer counts from that start', () => {
    const station = confirmed('first')
    // Up for longer than it had been when the codes were accepted: the numbers alone would say too little.
    const later = other(station, 'second', station.clock.running + 5 * minute)
    expect(later.floor.nowMs(later.ledger)).toBe(station.step + station.clock.running + 5 * minute)
    const sooner = other(station, 'second', minute)
    expect(sooner.floor.nowMs(sooner.ledger)).toBe(station.step + minute)
  })

  it('where no start has a name goes by the running time, which a start sets back', () => {
    const station = confirmed()
    const same = other(station, null, station.clock.running)
    expect(same.floor.nowMs(same.ledger)).toBe(station.step + hour)
    const again = other(station, null, 500)
    expect(again.floor.nowMs(again.ledger)).toBe(station.step + 500)
  })

  it('counts nothing where its running time can not be compared', () => {
    const station = confirmed('first')
    const unknown = other(station, null, 100 * hour)
    expect(unknown.floor.nowMs(unknown.ledger)).toBe(station.step)
  })

  it('counts nothing on a row from before the running time was kept', () => {
    const store = openStore()
    store.ledger.record((recorder) => {
      const old = { floor_ms: 5000, last_person: null, last_at_ms: 0, running_ms: null, boot: null }
      recorder.put('clock_floor', 'floor', old)
      recorder.event({ type: 'login-attempted' })
    })
    expect(new ClockFloor(store.clock).nowMs(store.ledger)).toBe(5000)
  })
})

describe('the clock of this computer', () => {
  it('runs from the same start in every process, and only forward', () => {
    const before = machineClock().runningMs()
    const said = execFileSync(process.execPath, ['-p', 'String(process.hrtime.bigint())'], { encoding: 'utf8' })
    const there = Number(said) / 1e6
    expect(there).toBeGreaterThanOrEqual(before)
    expect(machineClock().runningMs()).toBeGreaterThanOrEqual(there)
    expect(machineClock().boot).toBe(machineClock().boot)
  })
})
