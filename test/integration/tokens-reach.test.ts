// What no token does, whatever it was made for: nothing of an administrator, nothing of the policy, nothing of itself.

import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TokenScope } from '../../src/contracts/tokens.ts'
import type { Recorder } from '../../src/station/ledger.ts'
import { makeWaitingOffer } from '../../src/station/offers.ts'
import { personByStaffId } from '../../src/station/people.ts'
import { changePersonStatus, revokeCredential } from '../../src/station/people-changes.ts'
import { closeAll, eventsOf, putPolicy, read } from '../support/attack-station.ts'
import { adds, good, make, newTokenWard, type TokenWard, tryToken } from '../support/tokens.ts'

let station: TokenWard
beforeEach(async () => {
  station = await newTokenWard()
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))
const reason = 'a test of tokens'

describe('no token makes an administrator', () => {
  const everything: TokenScope[] = [
    'people.add',
    'people.import',
    'people.suspend',
    'people.leave',
    'offers.create',
    'credentials.revoke',
  ]
  const of = (recorder: Recorder, who: string) => {
    const person = personByStaffId(recorder, who)
    if (!person) throw new Error(who)
    return person
  }
  const tries: [string, TokenScope, (recorder: Recorder, actor: string) => unknown][] = [
    ['adds one', 'people.add', adds('E1', ['administrator'])],
    ['adds one who is staff as well', 'people.import', adds('E1', ['staff', 'administrator'])],
    [
      'suspends one',
      'people.suspend',
      (recorder, actor) => changePersonStatus(recorder, of(recorder, 'A1002').id, 'suspended', { actor, reason }),
    ],
    [
      'makes an offer to one',
      'offers.create',
      (recorder, actor) => makeWaitingOffer(recorder, of(recorder, 'A1002'), station.ward.clock.nowMs() + 1000, actor),
    ],
    [
      'revokes the phone of one',
      'credentials.revoke',
      (recorder, actor) => {
        const [phone] = recorder.find('credential', "person_id = ? AND kind = 'recovery'", station.ada)
        return revokeCredential(recorder, phone?.id ?? '', { actor, reason })
      },
    ],
    [
      'gives somebody the role',
      'people.add',
      (recorder) => {
        const { id, event_number: _, ...content } = of(recorder, 'N2044')
        recorder.put('person', id, { ...content, roles: '["administrator"]' })
        return recorder.event({ type: 'person-edited', person: id })
      },
    ],
    [
      'takes the role from somebody',
      'people.add',
      (recorder) => {
        const { id, event_number: _, ...content } = of(recorder, 'A1002')
        recorder.put('person', id, { ...content, roles: '["staff"]' })
        return recorder.event({ type: 'person-edited', person: id })
      },
    ],
    [
      'changes the policy',
      'people.add',
      (recorder) => {
        recorder.put('policy', 'current', { document: '{}' })
        return recorder.event({ type: 'policy-changed' })
      },
    ],
    [
      'makes itself last longer',
      'people.add',
      (recorder) => {
        for (const { id, event_number: _, ...content } of recorder.find('token', '1'))
          recorder.put('token', id, { ...content, expires_at_ms: content.expires_at_ms + 1 })
        return recorder.event({ type: 'token-made' })
      },
    ],
    [
      'does away with one',
      'people.add',
      (recorder) => {
        recorder.remove('person', station.second)
        return recorder.event({ type: 'person-edited' })
      },
    ],
  ]
  it.each(tries)('%s: refused, undone, on record', async (_, scope, work) => {
    const { text, id } = good(await make(station, 'hr', everything))
    const rows = () => [
      ...read(station.ward, 'SELECT json_array(id, staff_id, roles, status, event_number) FROM person ORDER BY id'),
      ...read(station.ward, 'SELECT json_array(id, event_number) FROM credential ORDER BY id'),
      ...read(station.ward, 'SELECT json_array(id, event_number) FROM offer ORDER BY id'),
      ...read(station.ward, 'SELECT json_array(id, event_number) FROM token ORDER BY id'),
    ]
    const before = rows()
    expect(await tryToken(station, text, scope, work)).toEqual({ ok: false, reason: 'beyond-reach' })
    expect(rows()).toEqual(before)
    expect(eventsOf(station.ward, 'token-used')).toEqual([])
    expect(eventsOf(station.ward, 'token-refused')).toMatchObject([{ actor: id, reason: 'beyond-reach' }])
  })

  it('nor anybody whom the policy lets change the policy', async () => {
    await putPolicy(station.ward, {
      grants: { 'see-policy': ['administrator', 'supervisor'], 'change-policy': ['administrator', 'supervisor'] },
    })
    const { text } = good(await make(station, 'hr', everything))
    const answer = await tryToken(station, text, 'people.add', adds('S1', ['supervisor']))
    expect(answer).toEqual({ ok: false, reason: 'beyond-reach' })
    await putPolicy(station.ward, {})
    expect(await tryToken(station, text, 'people.add', adds('S1', ['supervisor']))).toMatchObject({ ok: true })
  })
})
