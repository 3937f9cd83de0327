// IT's provisioning tokens: what one may do, everything that ends it, what no token ever does, and that all of it is on record.
import path from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TokenScope } from '../../src/contracts/tokens.ts'
import { ClockFloor } from '../../src/station/clock-floor.ts'
import { linkRow } from '../../src/station/hub/link.ts'
import { rotateKeys } from '../../src/station/key-rotation.ts'
import type { Recorder } from '../../src/station/ledger.ts'
import { makeWaitingOffer } from '../../src/station/offers.ts'
import { type Opened, openStation } from '../../src/station/open-station.ts'
import { addPerson as add, personByStaffId } from '../../src/station/people.ts'
import { changePersonStatus, revokeCredential } from '../../src/station/people-changes.ts'
import { type TokenAnswer, useToken } from '../../src/station/token-use.ts'
import { listTokens, type MadeToken, makeToken } from '../../src/station/tokens.ts'
import {
  addPerson,
  beside,
  closeAll,
  codeNow,
  eventsOf,
  newWard,
  putPolicy,
  reachInto,
  read,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import { backUp, restoreTo } from '../support/backups.ts'
import { newFolder } from '../support/fakes.ts'

const nobody = '01890000-0000-7000-8000-000000000000'
const dayMs = 24 * 60 * 60_000
const reason = 'a test of tokens'
let ward: Ward
let ada = ''
let second = ''
beforeEach(async () => {
  ward = await newWard()
  await signIn(ward)
  second = await addPerson(ward, 'A1002', ['administrator'])
  await addPerson(ward, 'N2044')
  ada = read<string>(ward, 'SELECT id FROM person WHERE staff_id = ?', staffId)[0] ?? ''
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

/** By another process, as the command line does. */
async function within<R>(work: (opened: Opened) => R, station: Parameters<typeof beside>[0] = ward): Promise<R> {
  let answer: { value: R } | null = null
  await beside(station, (opened) => {
    answer = { value: work(opened) }
  })
  if (!answer) throw new Error('nothing was done')
  return (answer as { value: R }).value
}
const make = (name: string, scopes: TokenScope[], days = 30, actor = ada) =>
  within(({ ledger, keys }) =>
    ledger.record((recorder) => makeToken(recorder, keys, { name, scopes, days, actor }, ward.clock.nowMs())),
  )
const good = (made: MadeToken) => {
  if (!made.ok) throw new Error(made.reason)
  return made
}
const tryOf = <R>(
  text: string,
  scope: TokenScope,
  work: (recorder: Recorder, actor: string) => R,
  more: { station?: Parameters<typeof beside>[0]; second?: string } = {},
): Promise<TokenAnswer<R>> =>
  within(({ db, ledger, keys }) => {
    const parts = { db, ledger, keys, clock: ward.clock, floor: new ClockFloor(ward.clock) }
    return useToken(parts, text, { scope, name: scope, second: more.second, work })
  }, more.station)
const adds =
  (who: string, roles: Parameters<typeof add>[1]['roles'] = ['staff']) =>
  (recorder: Recorder, actor: string) =>
    add(recorder, { staffId: who, displayName: `Person ${who}`, roles }, actor)
const people = () => read<string>(ward, 'SELECT staff_id FROM person ORDER BY staff_id')
const refusals = () => eventsOf(ward, 'token-refused').map((event) => event.reason)
const doesNotWork = { ok: false, reason: 'no-such-token' }

describe('a token', () => {
  it('does what it was made for, and each event says that it did', async () => {
    const { text, id } = good(await make('hr', ['people.add']))
    expect(await tryOf(text, 'people.add', adds('N3000'))).toMatchObject({ ok: true })
    expect(people()).toContain('N3000')
    expect(eventsOf(ward, 'token-used')).toMatchObject([
      { actor: id, outcome: 'accepted', details: { token: 'hr', action: 'people.add' } },
    ])
    expect(eventsOf(ward, 'person-added').at(-1)).toMatchObject({ actor: id })
  })

  it('is 256 random bits, and nothing that is kept says them', async () => {
    const made = [good(await make('one', ['people.add'])), good(await make('two', ['people.add']))]
    for (const { text } of made) {
      expect(Buffer.from(text.replace('wardkey_', ''), 'base64url')).toHaveLength(32)
      const kept = [...read<string>(ward, 'SELECT body FROM event'), ...read<Buffer>(ward, 'SELECT hash FROM token')]
      expect(kept.filter((each) => each.includes(text.slice(8)))).toEqual([])
    }
    expect(made[0]?.text).not.toBe(made[1]?.text)
  })

  it('does nothing else', async () => {
    const { text } = good(await make('hr', ['people.add']))
    const answer = await tryOf(text, 'people.leave', (recorder, actor) => {
      const person = personByStaffId(recorder, 'N2044')
      return changePersonStatus(recorder, person?.id ?? '', 'left', { actor, reason })
    })
    expect(answer).toEqual({ ok: false, reason: 'not-in-scope' })
    expect(refusals()).toEqual(['not-allowed'])
    expect(read(ward, "SELECT status FROM person WHERE staff_id = 'N2044'")).toEqual(['active'])
  })

  it('has a name of its own while it lives, and they are not many', async () => {
    expect(await make('hr', ['people.add'])).toMatchObject({ ok: true })
    expect(await make('hr', ['people.add'])).toEqual({ ok: false, reason: 'name-taken' })
    for (let n = 1; n < 50; n++) await make(`t${n}`, ['people.add'])
    expect(await make('one-more', ['people.add'])).toEqual({ ok: false, reason: 'too-many-tokens' })
  }, 30_000)
})

describe('what does not work answers the same, and only the log says why', () => {
  it.each<[string, string, (text: string, id: string) => Promise<string>]>([
    ['one that nobody made', 'unknown-token', async () => `wardkey_${'A'.repeat(43)}`],
    ['no token at all', 'unknown-token', async () => ' '],
    ['one that differs in its last character', 'unknown-token', async (text) => `${text.slice(0, -2)}~~`],
    [
      'one whose time is over',
      'token-expired',
      async (text) => {
        ward.clock.pass(30 * dayMs)
        return text
      },
    ],
    [
      'one from a time that the clock has not reached',
      'token-expired',
      async (text) => {
        ward.clock.wallMs -= dayMs
        return text
      },
    ],
    [
      'one that was revoked in the window',
      'token-revoked',
      async (text, id) => {
        expect(await ward.desk.handlers.revokeToken({ tokenId: id, reason })).toEqual({ ok: true })
        return text
      },
    ],
    [
      'one whose maker is no administrator any more',
      'issuer-not-allowed',
      async (text) => {
        await within(({ ledger }) =>
          ledger.record((recorder) => changePersonStatus(recorder, second, 'left', { actor: ada, reason })),
        )
        return text
      },
    ],
  ])('%s', async (_, recorded, spoil) => {
    const { text, id } = good(await make('hr', ['people.add'], 30, second))
    const wrong = await spoil(text, id)
    expect(await tryOf(wrong, 'people.add', adds('N3000'))).toEqual(doesNotWork)
    expect(refusals()).toEqual([recorded])
    expect(people()).not.toContain('N3000')
    expect(JSON.stringify(eventsOf(ward, 'token-refused'))).not.toContain(wrong.slice(8, 40).trim() || text)
  })

  it('many of them slow the station, with an alert', async () => {
    for (let n = 0; n < 20; n++) await tryOf('wardkey_no', 'people.add', adds('N3000'))
    expect(eventsOf(ward, 'alert-raised').map((event) => event.reason)).toEqual(['many-failures'])
  })

  it('none is taken below the floor of time', async () => {
    const { text } = good(await make('hr', ['people.add']))
    await within(({ ledger }) =>
      ledger.record((recorder) => {
        const floor = { floor_ms: ward.clock.nowMs() + dayMs, last_person: null, last_at_ms: 0 }
        recorder.put('clock_floor', 'floor', { ...floor, running_ms: 0, boot: null })
        recorder.event({ type: 'clock-floor-lowered' })
      }),
    )
    expect(await tryOf(text, 'people.add', adds('N3000'))).toEqual({ ok: false, reason: 'clock-closed' })
  })
})

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
      (recorder, actor) => makeWaitingOffer(recorder, of(recorder, 'A1002'), ward.clock.nowMs() + 1000, actor),
    ],
    [
      'revokes the phone of one',
      'credentials.revoke',
      (recorder, actor) => {
        const [phone] = recorder.find('credential', "person_id = ? AND kind = 'recovery'", ada)
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
        recorder.remove('person', second)
        return recorder.event({ type: 'person-edited' })
      },
    ],
  ]
  it.each(tries)('%s: refused, undone, on record', async (_, scope, work) => {
    const { text, id } = good(await make('hr', everything))
    const rows = () => [
      ...read(ward, 'SELECT json_array(id, staff_id, roles, status, event_number) FROM person ORDER BY id'),
      ...read(ward, 'SELECT json_array(id, event_number) FROM credential ORDER BY id'),
      ...read(ward, 'SELECT json_array(id, event_number) FROM offer ORDER BY id'),
      ...read(ward, 'SELECT json_array(id, event_number) FROM token ORDER BY id'),
    ]
    const before = rows()
    expect(await tryOf(text, scope, work)).toEqual({ ok: false, reason: 'beyond-reach' })
    expect(rows()).toEqual(before)
    expect(eventsOf(ward, 'token-used')).toEqual([])
    expect(eventsOf(ward, 'token-refused')).toMatchObject([{ actor: id, reason: 'beyond-reach' }])
  })

  it('nor anybody whom the policy lets change the policy', async () => {
    await putPolicy(ward, {
      grants: { 'see-policy': ['administrator', 'supervisor'], 'change-policy': ['administrator', 'supervisor'] },
    })
    const { text } = good(await make('hr', everything))
    const answer = await tryOf(text, 'people.add', adds('S1', ['supervisor']))
    expect(answer).toEqual({ ok: false, reason: 'beyond-reach' })
    await putPolicy(ward, {})
    expect(await tryOf(text, 'people.add', adds('S1', ['supervisor']))).toMatchObject({ ok: true })
  })
})

it('whoever made it is no second person for what it does', async () => {
  const { text } = good(await make('hr', ['people.add']))
  const byMaker = await tryOf(text, 'people.add', adds('N3000'), { second: ada })
  expect(byMaker).toEqual({ ok: false, reason: 'same-person' })
  expect(await tryOf(text, 'people.add', adds('N3000'), { second })).toMatchObject({ ok: true })
})

describe('in Administration', () => {
  it('tokens are listed with what became of them, and revoked with a fresh code and a reason', async () => {
    const { text, id } = good(await make('hr', ['people.add', 'offers.create']))
    await tryOf(text, 'people.add', adds('N3000'))
    const madeAtMs = ward.clock.nowMs()
    const { handlers } = ward.desk
    expect(await handlers.listTokens({})).toEqual({
      ok: true,
      tokens: [
        {
          ...{ id, name: 'hr', scopes: ['people.add', 'offers.create'], madeBy: 'Ada Kern', state: 'works' },
          ...{ madeAtMs, expiresAtMs: madeAtMs + 30 * dayMs, lastUsedAtMs: madeAtMs },
        },
      ],
    })
    for (let time = 0; time < 2; time++) {
      ward.clock.pass(3 * 60_000)
      await handlers.reportActivity({})
    }
    expect(await handlers.revokeToken({ tokenId: id, reason })).toEqual({ ok: false, reason: 'step-up-needed' })
    expect(await tryOf(text, 'people.add', adds('N3001'))).toMatchObject({ ok: true })
    expect(await handlers.stepUp({ code: codeNow(ward, ward.setupKey) })).toEqual({ ok: true })
    expect(await handlers.revokeToken({ tokenId: id, reason })).toEqual({ ok: true })
    expect(await tryOf(text, 'people.add', adds('N3002'))).toEqual(doesNotWork)
    expect(await handlers.revokeToken({ tokenId: id, reason })).toEqual({ ok: false, reason: 'no-such-token' })
    expect(eventsOf(ward, 'token-revoked')).toMatchObject([{ actor: ada, reason, details: { token: 'hr' } }])
    expect(await handlers.listTokens({})).toMatchObject({ tokens: [{ state: 'revoked' }] })
  })

  it('the log names the token, and is looked through by its name', async () => {
    const { text, id } = good(await make('hr-import', ['people.add']))
    await tryOf(text, 'people.add', adds('N3000'))
    const filter = { group: null, person: 'hr-imp', outcome: null, fromMs: null, toMs: null }
    const named = { id, displayName: 'hr-import', staffId: null, token: true }
    expect(await ward.desk.handlers.readLog({ filter, before: null })).toMatchObject({
      people: [named],
      events: [
        { type: 'person-added', actor: named },
        { type: 'token-used', actor: named },
      ],
    })
  })
})

it('made by somebody whom the hub sent, it ends with the lease, and works again once the hub is heard', async () => {
  const { text } = good(await make('hr', ['people.add'], 30, second))
  const link = {
    ...{ url: 'https://hub.example', organisation_id: nobody, organisation_slug: 'x', organisation_name: 'X' },
    ...{ hub_key: Buffer.alloc(32), closed: null, confirmed_running_ms: null, boot: null },
  }
  const hear = (confirmed_at_ms: number) =>
    within(({ ledger }) =>
      ledger.record((recorder) => {
        const person = recorder.get('person', second)
        if (!person) throw new Error('nobody')
        const { id, event_number: _, ...content } = person
        recorder.put('person', id, { ...content, hub_id: nobody })
        recorder.put('hub_link', linkRow, { ...link, confirmed_at_ms })
        recorder.event({ type: 'hub-joined' })
      }),
    )
  await hear(ward.clock.nowMs() - 30 * dayMs)
  expect(await tryOf(text, 'people.add', adds('N3000'))).toEqual({ ok: false, reason: 'stale' })
  expect(refusals()).toEqual(['stale'])
  await hear(ward.clock.nowMs())
  expect(await tryOf(text, 'people.add', adds('N3000'))).toMatchObject({ ok: true })
})

it('one that was edited on the disk closes the station', async () => {
  const { text } = good(await make('hr', ['people.add']))
  reachInto(ward, (db) => db.exec('UPDATE token SET expires_at_ms = expires_at_ms + 1'))
  await expect(tryOf(text, 'people.add', adds('N3000'))).rejects.toThrow()
})

it('a rotation of the keys leaves it working, and a restore does not', async () => {
  const { text } = good(await make('hr', ['people.add']))
  const root = newFolder()
  await backUp(ward, path.join(root, 'backup.age'))
  const restored = await restoreTo(path.join(root, 'restored'), path.join(root, 'backup.age'), ward.clock)
  await ward.desk.close()
  const { folder: dataFolder, keychain, clock } = ward
  for (let time = 0; time < 2; time++) {
    const result = await openStation({ dataFolder, keychain, clock, appVersion: '0.0.0', sqliteBinding: undefined })
    if (result.kind !== 'opened') throw new Error(result.kind)
    await rotateKeys({ keychain, clock, appVersion: '0.0.0' }, result.opened, ada)
    result.opened.db.close()
  }
  expect(await tryOf(text, 'people.add', adds('N3000'))).toMatchObject({ ok: true })
  const there = { ...restored, clock }
  expect(await within((opened) => listTokens(opened, clock.nowMs()), there)).toEqual([])
  expect(await tryOf(text, 'people.add', adds('N3000'), { station: there })).toEqual(doesNotWork)
})
