// Somebody who is suspended, or leaves, while an enrollment of theirs is under way: nothing that works comes of it.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openDatabase } from '../../src/station/database.ts'
import { Ledger } from '../../src/station/ledger.ts'
import { changePersonStatus, revokeCredential } from '../../src/station/people-changes.ts'
import {
  addPerson,
  closeAll,
  codeNow,
  copyOf,
  enroll,
  keysOf,
  newWard,
  read,
  restart,
  type Stopped,
  signIn,
} from '../support/attack-station.ts'

let station: Stopped
let bolasId = ''
let bolasKey = ''
let carmensId = ''
beforeAll(async () => {
  const ward = await newWard()
  await signIn(ward)
  bolasId = await addPerson(ward, 'N2044')
  bolasKey = await enroll(ward, bolasId)
  carmensId = await addPerson(ward, 'N2107')
  await closeAll()
  station = ward
})
afterEach(() => {
  vi.restoreAllMocks()
  return closeAll()
})
afterAll(() => closeAll(true))

/** As the command line does, in another process. */
function elsewhere<R>(stopped: Stopped, work: (ledger: Ledger) => R): R {
  const db = openDatabase(stopped.folder)
  try {
    const ledger = new Ledger(db, keysOf(stopped), stopped.clock, '0.0.0')
    const [number = ''] = read<string>(stopped, "SELECT json_extract(body, '$.station') FROM event LIMIT 1")
    ledger.identify({ stationNumber: number, location: 'Level 2' })
    return work(ledger)
  } finally {
    db.close()
  }
}
const turn = (stopped: Stopped, id: string, status: 'suspended' | 'left' | 'active') =>
  elsewhere(stopped, (ledger) =>
    ledger.record((recorder) => changePersonStatus(recorder, id, status, { actor: undefined, reason: 'a test' })),
  )

const working = (stopped: Stopped, id: string) =>
  read(stopped, "SELECT kind FROM credential WHERE person_id = ? AND status IN ('active', 'pending')", id)

describe('recovery codes that wait to be stored', () => {
  it.each(['suspended', 'left'] as const)('are not made anew for somebody who is %s by now', async (status) => {
    const ward = await restart(copyOf(station))
    await signIn(ward)
    const offered = await ward.desk.handlers.makeOffer({ personId: carmensId })
    if (!offered.ok) throw new Error(offered.reason)
    const code = codeNow(ward, offered.secret.setupKey)
    expect(await ward.desk.handlers.confirmOffer({ code })).toMatchObject({ ok: true })
    expect(turn(ward, carmensId, status)).toEqual({ ok: true })
    expect(await ward.desk.handlers.renewRecoveryCodes({})).toEqual({ ok: false, reason: 'not-now' })
    expect(await ward.desk.handlers.acknowledgeRecoveryCodes({})).toEqual({ ok: false, reason: 'not-now' })
    if (status === 'left') expect(working(ward, carmensId)).toEqual([])
  })

  it.each(['suspended', 'left'] as const)('keep nobody signed in who is %s by now', async (status) => {
    const ward = await restart(copyOf(station))
    const [set = ''] = read<string>(
      ward,
      "SELECT id FROM credential WHERE person_id = ? AND kind = 'recovery'",
      bolasId,
    )
    elsewhere(ward, (ledger) =>
      ledger.record((recorder) => revokeCredential(recorder, set, { actor: undefined, reason: 'a test' })),
    )
    await signIn(ward, 'N2044', bolasKey)
    expect(ward.desk.screen()).toMatchObject({ kind: 'session', codesFor: 'Person N2044' })
    expect(turn(ward, bolasId, status)).toEqual({ ok: true })
    await expect
      .poll(() => ward.desk.screen(), { timeout: 2000 })
      .toMatchObject({
        kind: 'locked',
        notice: 'session-ended-revoked',
      })
    if (status === 'left') expect(working(ward, bolasId)).toEqual([])
  })
})

describe('an offer', () => {
  it.each(['suspended', 'left'] as const)('is not made for somebody who is %s just then', async (status) => {
    const ward = await restart(copyOf(station))
    await signIn(ward)
    const record = Ledger.prototype.record
    vi.spyOn(Ledger.prototype, 'record').mockImplementationOnce(function (this: Ledger, work) {
      turn(ward, carmensId, status)
      return record.call(this, work) as never
    })
    expect(await ward.desk.handlers.makeOffer({ personId: carmensId })).toEqual({ ok: false, reason: 'no-such-person' })
    expect(read(ward, "SELECT count(*) FROM offer WHERE status = 'open'")).toEqual([0])
  })

  it('is not renewed by whoever comes to a session whose proof is old', async () => {
    const ward = await restart(copyOf(station))
    await signIn(ward)
    expect(await ward.desk.handlers.makeOffer({ personId: carmensId })).toMatchObject({ ok: true })
    for (let minute = 0; minute < 6; minute++) {
      ward.clock.pass(60_000)
      await ward.desk.handlers.reportActivity({})
    }
    expect(await ward.desk.handlers.makeOffer({ personId: carmensId })).toEqual({ ok: false, reason: 'step-up-needed' })
    expect(await ward.desk.handlers.renewOffer({})).toEqual({ ok: false, reason: 'step-up-needed' })
  })
})
