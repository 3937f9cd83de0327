// Recovery codes are made while other things happen: none comes out where nobody is, and none works that nobody saw.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Output } from '../../src/contracts/ipc.ts'
import {
  addPerson,
  begin,
  closeAll,
  codeNow,
  copyOf,
  newWard,
  plain,
  reachInto,
  read,
  restart,
  type Stopped,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import { administrator } from '../support/fakes.ts'

/** A first administrator whose phone was proved, and whose codes were shown but never acknowledged. */
let station: Stopped
/** A station where all went well. */
let settled: Stopped
const notNow = { ok: false, reason: 'not-now' }
beforeAll(async () => {
  const { ward } = await shown()
  await closeAll()
  station = ward
  settled = await newWard()
  await closeAll()
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

/** In first run, with the first codes on the screen. */
async function shown(): Promise<{ ward: Ward; first: string | undefined }> {
  const bench = await begin()
  const { handlers } = bench.desk
  const offered = await handlers.setUpStation({
    name: 'Ward 7',
    location: 'Level 2',
    administratorName: administrator.name,
    administratorStaffId: staffId,
  })
  if (!offered.ok) throw new Error(offered.reason)
  const { setupKey } = offered.secret
  const confirmed = await handlers.confirmOffer({ code: codeNow(bench, setupKey) })
  if (!confirmed.ok) throw new Error(confirmed.reason)
  const { recoveryCodes } = confirmed
  return { ward: { ...bench, setupKey, recoveryCodes }, first: recoveryCodes[0] }
}

/** Signed in, and asked to store codes first. */
async function asked(): Promise<Ward> {
  const ward = await restart(copyOf(station))
  await signIn(ward)
  expect(ward.desk.screen()).toMatchObject({ kind: 'session', codesFor: administrator.name })
  return ward
}
const sets = (ward: Ward) =>
  read<string>(ward, "SELECT id || ' ' || status FROM credential WHERE kind = 'recovery' ORDER BY id")
const works = async (ward: Ward, code: string | undefined): Promise<boolean> => {
  const answer = await ward.desk.handlers.submitRecoveryCode({ staffId, code: plain(code) })
  await ward.desk.handlers.lockNow({})
  return answer.ok
}
const codesOf = (answer: Output<'renewRecoveryCodes'>): string[] => {
  if (!answer.ok) throw new Error(answer.reason)
  return answer.recoveryCodes
}

describe('new recovery codes, asked for in first run', () => {
  it('are the ones that are acknowledged, however early that was tried', async () => {
    const { ward, first } = await shown()
    const renewing = ward.desk.handlers.renewRecoveryCodes({})
    expect(await ward.desk.handlers.acknowledgeRecoveryCodes({})).toEqual(notNow)
    const [code] = codesOf(await renewing)
    expect(await ward.desk.handlers.acknowledgeRecoveryCodes({})).toEqual({ ok: true })
    expect([await works(ward, first), await works(ward, code)]).toEqual([false, true])
  })
})

describe('new recovery codes, asked for in a session', () => {
  it('can’t be acknowledged before they are there', async () => {
    const ward = await asked()
    const renewing = ward.desk.handlers.renewRecoveryCodes({})
    expect(await ward.desk.handlers.acknowledgeRecoveryCodes({})).toEqual(notNow)
    const [code] = codesOf(await renewing)
    expect(await ward.desk.handlers.acknowledgeRecoveryCodes({})).toEqual({ ok: true })
    await ward.desk.handlers.lockNow({})
    expect(await works(ward, code)).toBe(true)
    expect(await works(ward, station.recoveryCodes[0])).toBe(false)
  })

  it('stay where they are when the station is locked meanwhile', async () => {
    const ward = await asked()
    const before = sets(ward)
    const renewing = ward.desk.handlers.renewRecoveryCodes({})
    await ward.desk.handlers.lockNow({})
    expect(await renewing).toEqual(notNow)
    expect(ward.desk.screen().kind).toBe('locked')
    expect(sets(ward)).toEqual(before)
  })

  it.each([
    ['the lock key', (ward: Ward) => ward.desk.lock('lock-key')],
    ['suspend', (ward: Ward) => ward.desk.lock('suspend')],
    ['the window that went away', (ward: Ward) => ward.desk.lock('window-gone')],
    ['a quit', (ward: Ward) => ward.desk.close()],
    [
      'a fault',
      (ward: Ward) => {
        reachInto(ward, (db) => db.exec("UPDATE person SET display_name = 'x'"))
        ward.desk.handlers.reportActivity({})
        expect(ward.desk.screen()).toMatchObject({ kind: 'failed', code: 'data-edited' })
      },
    ],
  ])('do not come out after %s', async (_what, end) => {
    const ward = await asked()
    const renewing = ward.desk.handlers.renewRecoveryCodes({})
    await end(ward)
    expect(await renewing).toEqual(notNow)
  })

  it('of a session before are not taken for shown in the next', async () => {
    const ward = await asked()
    const renewing = ward.desk.handlers.renewRecoveryCodes({})
    await ward.desk.handlers.lockNow({})
    await renewing
    await signIn(ward)
    expect(await ward.desk.handlers.acknowledgeRecoveryCodes({})).toEqual(notNow)
    expect(ward.desk.screen()).toMatchObject({ kind: 'session', codesFor: administrator.name })
    codesOf(await ward.desk.handlers.renewRecoveryCodes({}))
    await ward.desk.handlers.lockNow({})
    await signIn(ward)
    expect(await ward.desk.handlers.acknowledgeRecoveryCodes({})).toEqual(notNow)
    expect(sets(ward).filter((set) => set.endsWith('active'))).toEqual([])
  })

  it('end those that were shown before them', async () => {
    const ward = await asked()
    const [first] = codesOf(await ward.desk.handlers.renewRecoveryCodes({}))
    const [second] = codesOf(await ward.desk.handlers.renewRecoveryCodes({}))
    expect(await ward.desk.handlers.acknowledgeRecoveryCodes({})).toEqual({ ok: true })
    await ward.desk.handlers.lockNow({})
    expect([await works(ward, first), await works(ward, second)]).toEqual([false, true])
  })
})

describe('the first code of a new phone', () => {
  it.each([
    ['locked', (ward: Ward) => ward.desk.handlers.lockNow({})],
    ['abandoned', (ward: Ward) => ward.desk.handlers.abandonOffer({})],
    ['renewed', (ward: Ward) => ward.desk.handlers.renewOffer({})],
  ])('proves nothing where the offer was %s while its recovery codes were made', async (_what, end) => {
    const ward = await restart(copyOf(settled))
    await signIn(ward)
    const personId = await addPerson(ward, 'N2044')
    const offered = await ward.desk.handlers.makeOffer({ personId })
    if (!offered.ok) throw new Error(offered.reason)
    const confirming = ward.desk.handlers.confirmOffer({ code: codeNow(ward, offered.secret.setupKey) })
    await end(ward)
    expect(await confirming).toEqual(notNow)
    expect(read(ward, 'SELECT id FROM credential WHERE person_id = ?', personId)).toEqual([])
  })
})
