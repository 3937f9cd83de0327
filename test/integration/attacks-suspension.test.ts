// A hundred wrong codes: what suspends a credential, whose, and what the log and the administrators hear of it.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { verifyFolder } from '../../src/cli/audit.ts'
import {
  addPerson,
  checked,
  closeAll,
  copyOf,
  enroll,
  newWard,
  read,
  restart,
  type Stopped,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import { codeOf } from '../support/fakes.ts'

afterEach(() => closeAll())
afterAll(() => closeAll(true))
const aWaitMs = 31 * 60_000
const suspendsAt = 100

/** One after another, each after its wait. */
async function fail(ward: Ward, who: string, times = suspendsAt): Promise<void> {
  for (let time = 0; time < times; time++) {
    ward.clock.pass(aWaitMs)
    const answer = await ward.desk.handlers.submitCode({ staffId: who, code: '00000000' })
    expect(answer).toEqual({ ok: false, reason: 'wrong-code' })
  }
}
const status = (ward: Ward, person: string) =>
  read<string>(
    ward,
    "SELECT status FROM credential WHERE kind = 'totp' AND status != 'ended' AND person_id = ?",
    person,
  )
const events = (ward: Ward, type: string, what: string) =>
  read<string>(ward, `SELECT json_extract(body, '$.${what}') FROM event WHERE type = ? ORDER BY number`, type)
const size = (ward: Ward): number => read<number>(ward, 'SELECT size FROM log_head')[0] ?? 0

let station: Stopped
let ada = ''
let bola = ''
beforeAll(async () => {
  const ward = await newWard()
  await signIn(ward)
  bola = await addPerson(ward, 'N2044')
  await enroll(ward, bola)
  ada = read<string>(ward, 'SELECT id FROM person WHERE staff_id = ?', staffId)[0] ?? ''
  await closeAll()
  station = ward
})
const begin = () => restart(copyOf(station))

describe('the hundredth wrong code', () => {
  it('suspends each person’s own credential, with an event and an alert of its own', async () => {
    const ward = await begin()
    await fail(ward, 'N2044', suspendsAt - 1)
    await fail(ward, staffId, suspendsAt - 1)
    // Within an hour of each other: one alert does not stand for both.
    await fail(ward, 'N2044', 1)
    await fail(ward, staffId, 1)
    expect([status(ward, ada), status(ward, bola)]).toEqual([['suspended'], ['suspended']])
    expect(events(ward, 'credential-suspended', 'person')).toEqual([bola, ada])
    expect(read(ward, "SELECT about FROM alert WHERE kind = 'credential-suspended'").sort()).toEqual([ada, bola].sort())
    expect(events(ward, 'alert-raised', 'person')).toEqual([bola, ada])
  })

  it('of an ID that nobody has adds as many events as of one that somebody has', async () => {
    const ward = await begin()
    const added: number[] = []
    for (const who of ['N2044', 'NOBODY']) {
      await fail(ward, who, suspendsAt - 1)
      const before = size(ward)
      await fail(ward, who, 1)
      added.push(size(ward) - before)
    }
    expect(added).toEqual([3, 3])
  })

  it('of an ID that nobody has leaves a log that is whole', async () => {
    const ward = await begin()
    await fail(ward, 'NOBODY')
    await ward.desk.close()
    expect((await verifyFolder(ward, undefined)).lines[0]).toMatch(/^complete and unchanged/)
    await checked(await restart(ward)).toBe('complete')
  })
})

describe('wrong codes from before', () => {
  it('an enrollment are not held against the new phone, nor do they keep it from ever being suspended', async () => {
    const ward = await begin()
    await signIn(ward)
    const person = await addPerson(ward, 'X1')
    await ward.desk.handlers.lockNow({})
    await fail(ward, 'X1', suspendsAt + 1)
    await signIn(ward)
    await enroll(ward, person)
    await ward.desk.handlers.lockNow({})
    await fail(ward, 'X1', suspendsAt - 1)
    expect(status(ward, person)).toEqual(['active'])
    await fail(ward, 'X1', 1)
    expect(status(ward, person)).toEqual(['suspended'])
  })

  it('another staff ID was given to a person are not held against them, nor do they protect them', async () => {
    const ward = await begin()
    await fail(ward, 'N3000', suspendsAt + 1)
    await signIn(ward)
    const edit = { personId: bola, displayName: 'Bola Adeyemi', staffId: 'N3000', roles: ['staff' as const] }
    expect(await ward.desk.handlers.editPerson(edit)).toEqual({ ok: true })
    await ward.desk.handlers.lockNow({})
    await fail(ward, 'N3000', suspendsAt - 1)
    expect(status(ward, bola)).toEqual(['active'])
    await fail(ward, 'N3000', 1)
    expect(status(ward, bola)).toEqual(['suspended'])
  })
})

describe('an alert that nobody acknowledges', () => {
  it('is raised again after an hour, and not before', async () => {
    const ward = await begin()
    const typeFarCode = async () => {
      const code = codeOf(ward.setupKey, ward.clock.nowMs() + 10 * 30_000)
      const answer = await ward.desk.handlers.submitCode({ staffId, code })
      expect(answer).toEqual({ ok: false, reason: 'clock-wrong' })
    }
    const raised = async (afterMs: number) => {
      ward.clock.pass(afterMs)
      await typeFarCode()
      return read<string>(ward, 'SELECT kind FROM alert WHERE acknowledged = 0')
    }
    expect(await raised(aWaitMs)).toEqual(['clock-wrong'])
    expect(await raised(aWaitMs)).toEqual(['clock-wrong'])
    expect(await raised(aWaitMs)).toEqual(['clock-wrong', 'clock-wrong'])
  })
})
