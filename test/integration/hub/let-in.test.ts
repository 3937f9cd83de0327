// A phone that waits at a station is let in from its window: by whoever may enroll its owner, with a fresh proof and a reason.
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { closeAll, eventsOf, putPolicy, read, type Ward } from '../../support/attack-station.ts'
import { nameAnotherPhone } from '../../support/hub/waiting-phone.ts'
import { bind, refused, withNurse } from '../../support/scanning-ward.ts'
import { beside } from '../../support/ward-ways.ts'

afterEach(() => closeAll())
afterAll(() => closeAll(true))

const reason = 'she showed it to me'
async function withWaiting(): Promise<Ward & { nurseId: string; credentialId: string }> {
  const ward = await withNurse()
  const credentialId = await beside(ward, ({ ledger, keys }) =>
    ledger.record((recorder) => {
      const person = recorder.get('person', ward.nurseId)
      if (!person) throw new Error('no nurse')
      return nameAnotherPhone(recorder, keys, person, ward.clock.nowMs())
    }),
  )
  return { ...ward, credentialId }
}
const statusOf = (ward: Ward, id: string) => read(ward, 'SELECT status FROM credential WHERE id = ?', id)[0]

describe('a phone that waits', () => {
  it('is shown as such, and works once it is let in, on record', async () => {
    const ward = await withWaiting()
    const { handlers } = ward.desk
    const shown = await handlers.readPerson({ personId: ward.nurseId })
    expect(shown).toMatchObject({ credentials: [{ id: ward.credentialId, kind: 'phone', status: 'pending' }, {}] })
    expect(await handlers.letInPhone({ credentialId: ward.credentialId, reason })).toEqual({ ok: true })
    expect(statusOf(ward, ward.credentialId)).toBe('active')
    expect(eventsOf(ward, 'credential-reinstated').at(-1)).toMatchObject({
      ...{ person: ward.nurseId, credential: ward.credentialId, reason, actor: expect.any(String) },
      details: { kind: 'phone', before: 'pending', after: 'active' },
    })
    expect(await handlers.letInPhone({ credentialId: ward.credentialId, reason })).toEqual(
      refused('no-such-credential'),
    )
  })

  it('stays out without a fresh proof, and where nobody is signed in', async () => {
    const ward = await withWaiting()
    const { handlers } = ward.desk
    await putPolicy(ward, { settings: { freshMs: 60_000 } })
    ward.clock.pass(61_000)
    expect(await handlers.letInPhone({ credentialId: ward.credentialId, reason })).toMatchObject(
      refused('step-up-needed'),
    )
    await handlers.lockNow({})
    expect(await handlers.letInPhone({ credentialId: ward.credentialId, reason })).toEqual(refused('not-allowed'))
    expect(statusOf(ward, ward.credentialId)).toBe('pending')
  })

  it('gets in beside no more phones than policy allows; and it has to be one that waits', async () => {
    const ward = await withWaiting()
    const { handlers } = ward.desk
    await bind(ward, handlers.bindPhone({ personId: ward.nurseId }))
    expect(await handlers.letInPhone({ credentialId: ward.credentialId, reason })).toEqual(refused('phones-full'))
    expect(statusOf(ward, ward.credentialId)).toBe('pending')
    const other = "SELECT id FROM credential WHERE status = 'active' AND kind = ?"
    for (const kind of ['phone', 'totp', 'recovery']) {
      const [credentialId = ''] = read<string>(ward, other, kind)
      expect(await handlers.letInPhone({ credentialId, reason })).toEqual(refused('no-such-credential'))
    }
    const [credentialId = ''] = read<string>(ward, other, 'phone')
    expect(await handlers.revokeCredential({ credentialId, reason })).toEqual({ ok: true })
    expect(await handlers.letInPhone({ credentialId: ward.credentialId, reason })).toEqual({ ok: true })
  })
})
