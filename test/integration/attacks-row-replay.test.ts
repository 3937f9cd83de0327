// Rows that decide access put back to what they were, with everything that points at them: found before anybody logs in.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { verifyFolder } from '../../src/cli/audit.ts'
import type { TableName } from '../../src/station/schema.ts'
import { growLog } from '../support/attack-log.ts'
import {
  addPerson,
  closeAll,
  codeNow,
  copyOf,
  enroll,
  expectClosed,
  newWard,
  plain,
  reachInto,
  restart,
  type Stopped,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import { keepTable, putTableBack } from '../support/put-back.ts'

let station: Stopped
let bolasKey = ''
let bolasId = ''
beforeAll(async () => {
  const ward = await newWard()
  await signIn(ward)
  bolasId = await addPerson(ward, 'N2044', ['administrator', 'staff'])
  bolasKey = await enroll(ward, bolasId)
  await closeAll()
  station = ward
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

type Deed = (ward: Ward) => unknown
const asAda = (deed: Deed) => async (ward: Ward) => {
  await signIn(ward)
  return deed(ward)
}
const outcomes: [string, TableName, Deed][] = [
  ['a code that was used', 'credential', (ward) => signIn(ward)],
  [
    'a recovery code that was used',
    'credential',
    ({ desk, recoveryCodes }) => desk.handlers.submitRecoveryCode({ staffId, code: plain(recoveryCodes[0]) }),
  ],
  ['wrong codes', 'throttle', ({ desk }) => desk.handlers.submitCode({ staffId, code: '00000000' })],
  [
    'a suspension',
    'person',
    asAda(({ desk }) => desk.handlers.changePersonStatus({ personId: bolasId, status: 'suspended', reason: 'away' })),
  ],
  [
    'a role that was taken away',
    'person',
    asAda(({ desk }) =>
      desk.handlers.editPerson({ personId: bolasId, displayName: 'Bola', staffId: 'N2044', roles: ['staff'] }),
    ),
  ],
  [
    'a person who was added',
    'person',
    asAda(({ desk }) => desk.handlers.addPerson({ displayName: 'Dora', staffId: 'D1', roles: ['staff'] })),
  ],
  ['an offer that ended', 'offer', asAda((ward) => enroll(ward, bolasId))],
  [
    'the floor of time',
    'clock_floor',
    async (ward) => {
      await signIn(ward)
      await ward.desk.handlers.lockNow({})
      await signIn(ward, 'N2044', bolasKey)
    },
  ],
]

describe('a row that is put back together with its index', () => {
  it.each(outcomes)('to what it was before %s closes the station before any login', async (_what, table, deed) => {
    const ward = await restart(copyOf(station))
    const before = reachInto(ward, keepTable(table))
    expect(await deed(ward)).not.toMatchObject({ ok: false, reason: 'not-now' })
    expect(reachInto(ward, keepTable(table))).not.toEqual(before)
    await closeAll()
    reachInto(ward, putTableBack(table, before))
    await expectClosed(await restart(ward), 'data-edited')
    expect((await verifyFolder(ward, undefined)).found).toBe(true)
  })

  it('in a log that takes a while to read gives no time to use an old code again', async () => {
    const stopped = copyOf(station)
    growLog(stopped, 20_000)
    const first = await restart(stopped)
    const before = reachInto(first, keepTable('credential'))
    await signIn(first)
    const used = codeNow(first, first.setupKey)
    await closeAll()
    reachInto(stopped, putTableBack('credential', before))
    const again = await restart(stopped)
    expect(again.desk.screen()).toMatchObject({ kind: 'failed', code: 'data-edited' })
    expect(await again.desk.handlers.submitCode({ staffId, code: used })).toEqual({ ok: false, reason: 'not-now' })
  })

  it('while the station runs closes it at the next attempt, and a used code stays used', async () => {
    const ward = await restart(copyOf(station))
    const before = reachInto(ward, keepTable('credential'))
    await signIn(ward)
    const code = codeNow(ward, ward.setupKey)
    await ward.desk.handlers.lockNow({})
    reachInto(ward, putTableBack('credential', before))
    expect(await ward.desk.handlers.submitCode({ staffId, code })).toEqual({ ok: false, reason: 'not-now' })
    await expectClosed(ward, 'data-edited')
    await closeAll()
    await expectClosed(await restart(ward), 'data-edited')
  })

  it('can be mended by undoing it, and nothing was lost', async () => {
    const first = await restart(copyOf(station))
    const before = reachInto(first, keepTable('credential'))
    await signIn(first)
    const used = codeNow(first, first.setupKey)
    await closeAll()
    const after = reachInto(first, keepTable('credential'))
    reachInto(first, putTableBack('credential', before))
    await expectClosed(await restart(first), 'data-edited')
    await closeAll()
    reachInto(first, putTableBack('credential', after))
    const mended = await restart(first)
    const answer = await mended.desk.handlers.submitCode({ staffId, code: used })
    expect(answer).toEqual({ ok: false, reason: 'already-used' })
  })
})

describe('rows that are taken out together with their index', () => {
  const facts = { name: 'Ward 7', location: 'Level 2', administratorName: 'Mallory', administratorStaffId: 'M1' }
  const gone = (like: string) => `DELETE FROM row_change WHERE row LIKE '${like}/%'`
  it.each([
    ['all credentials', `DELETE FROM credential; ${gone('credential')}`],
    [
      'all but the station and one person',
      `DELETE FROM credential; DELETE FROM offer; DELETE FROM session; DELETE FROM person WHERE staff_id != 'A1001';
       ${gone('credential')}; ${gone('offer')}; ${gone('session')};
       DELETE FROM row_change WHERE row LIKE 'person/%' AND row NOT IN (SELECT 'person/' || id FROM person)`,
    ],
    ['the policy', `DELETE FROM policy; ${gone('policy')}`],
    ['the station itself', `DELETE FROM station; ${gone('station')}`],
    [
      'every row there is',
      'DELETE FROM station; DELETE FROM policy; DELETE FROM person; DELETE FROM credential; DELETE FROM row_change',
    ],
    [
      'every row and the log',
      'DELETE FROM station; DELETE FROM credential; DELETE FROM row_change; DELETE FROM event; DELETE FROM log_head',
    ],
  ])('never lead to first run: %s', async (_what, sql) => {
    const stopped = copyOf(station)
    reachInto(stopped, (db) => db.exec(sql))
    const ward = await restart(stopped)
    await expectClosed(ward, 'data-edited')
    expect(await ward.desk.handlers.setUpStation(facts)).toEqual({ ok: false, reason: 'not-now' })
    expect(ward.desk.screen()).toMatchObject({ kind: 'failed', code: 'data-edited' })
  })

  it('closes the station where one of them is there twice under another id', async () => {
    const stopped = copyOf(station)
    reachInto(stopped, (db) =>
      db.exec(
        `INSERT INTO credential (id, person_id, kind, status, parameters, secret, last_step, event_number, mac)
         SELECT 'copy', person_id, kind, status, parameters, secret, last_step, event_number, mac
         FROM credential LIMIT 1`,
      ),
    )
    await expectClosed(await restart(stopped), 'data-edited')
  })
})
