// The floor of time is lowered by an administrator's recovery code alone, and the log says whose.
import { afterAll, afterEach, expect, it } from 'vitest'
import {
  addPerson,
  closeAll,
  codeNow,
  enroll,
  newWard,
  plain,
  read,
  signIn,
  staffId,
} from '../support/attack-station.ts'

afterEach(() => closeAll())
afterAll(() => closeAll(true))
const hourMs = 3_600_000

it('a floor that is lowered names the person who said that the clock is right', async () => {
  const ward = await newWard()
  await signIn(ward)
  const bolasKey = await enroll(ward, await addPerson(ward, 'N2044'))
  await ward.desk.handlers.lockNow({})
  await signIn(ward)
  await ward.desk.handlers.lockNow({})
  await signIn(ward, 'N2044', bolasKey)
  await ward.desk.handlers.lockNow({})
  ward.clock.wallMs -= hourMs
  const closed = { ok: false, reason: 'clock-closed' }
  const type = (who: string, setupKey: string) =>
    ward.desk.handlers.submitCode({ staffId: who, code: codeNow(ward, setupKey) })
  expect(await type(staffId, ward.setupKey)).toEqual(closed)
  const lowered = () =>
    read<string>(ward, "SELECT json_extract(body, '$.person') FROM event WHERE type = 'clock-floor-lowered'")
  expect(lowered()).toEqual([])
  const code = plain(ward.recoveryCodes[0])
  expect(await ward.desk.handlers.submitRecoveryCode({ staffId, code })).toMatchObject({ ok: true })
  expect(lowered()).toEqual(read(ward, 'SELECT id FROM person WHERE staff_id = ?', staffId))
  await ward.desk.handlers.lockNow({})
  expect(await type('N2044', bolasKey)).not.toEqual(closed)
})
