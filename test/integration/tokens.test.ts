// IT's provisioning tokens: what one may do, everything that ends it, and that all of it is on record.
import path from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { linkRow } from '../../src/station/hub/link.ts'
import { rotateKeys } from '../../src/station/key-rotation.ts'
import { openStation } from '../../src/station/open-station.ts'
import { personByStaffId } from '../../src/station/people.ts'
import { changePersonStatus } from '../../src/station/people-changes.ts'
import { listTokens } from '../../src/station/tokens.ts'
import { closeAll, eventsOf, reachInto, read } from '../support/attack-station.ts'
import { backUp, restoreTo } from '../support/backups.ts'
import { newFolder } from '../support/fakes.ts'
import {
  adds,
  dayMs,
  doesNotWork,
  good,
  make,
  newTokenWard,
  refusals,
  type TokenWard,
  tryToken,
  within,
} from '../support/tokens.ts'

const nobody = '01890000-0000-7000-8000-000000000000'
let station: TokenWard
beforeEach(async () => {
  station = await newTokenWard()
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))
const people = () => read<string>(station.ward, 'SELECT staff_id FROM person ORDER BY staff_id')
const reason = 'a test of tokens'

describe('a token', () => {
  it('does what it was made for, and each event says that it did', async () => {
    const { text, id } = good(await make(station, 'hr', ['people.add']))
    expect(await tryToken(station, text, 'people.add', adds('N3000'))).toMatchObject({ ok: true })
    expect(people()).toContain('N3000')
    expect(eventsOf(station.ward, 'token-used')).toMatchObject([
      { actor: id, outcome: 'accepted', details: { token: 'hr', action: 'people.add' } },
    ])
    expect(eventsOf(station.ward, 'person-added').at(-1)).toMatchObject({ actor: id })
  })

  it('is 256 random bits, and nothing that is kept says them', async () => {
    const made = [good(await make(station, 'one', ['people.add'])), good(await make(station, 'two', ['people.add']))]
    for (const { text } of made) {
      expect(Buffer.from(text.replace('wardkey_', ''), 'base64url')).toHaveLength(32)
      const kept = [
        ...read<string>(station.ward, 'SELECT body FROM event'),
        ...read<Buffer>(station.ward, 'SELECT hash FROM token'),
      ]
      expect(kept.filter((each) => each.includes(text.slice(8)))).toEqual([])
    }
    expect(made[0]?.text).not.toBe(made[1]?.text)
  })

  it('does nothing else', async () => {
    const { text } = good(await make(station, 'hr', ['people.add']))
    const answer = await tryToken(station, text, 'people.leave', (recorder, actor) => {
      const person = personByStaffId(recorder, 'N2044')
      return changePersonStatus(recorder, person?.id ?? '', 'left', { actor, reason })
    })
    expect(answer).toEqual({ ok: false, reason: 'not-in-scope' })
    expect(refusals(station)).toEqual(['not-allowed'])
    expect(read(station.ward, "SELECT status FROM person WHERE staff_id = 'N2044'")).toEqual(['active'])
  })

  it('has a name of its own while it lives, and they are not many', async () => {
    expect(await make(station, 'hr', ['people.add'])).toMatchObject({ ok: true })
    expect(await make(station, 'hr', ['people.add'])).toEqual({ ok: false, reason: 'name-taken' })
    for (let n = 1; n < 50; n++) await make(station, `t${n}`, ['people.add'])
    expect(await make(station, 'one-more', ['people.add'])).toEqual({ ok: false, reason: 'too-many-tokens' })
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
        station.ward.clock.pass(30 * dayMs)
        return text
      },
    ],
    [
      'one from a time that the clock has not reached',
      'token-expired',
      async (text) => {
        station.ward.clock.wallMs -= dayMs
        return text
      },
    ],
    [
      'one that was revoked in the window',
      'token-revoked',
      async (text, id) => {
        expect(await station.ward.desk.handlers.revokeToken({ tokenId: id, reason })).toEqual({ ok: true })
        return text
      },
    ],
    [
      'one whose maker is no administrator any more',
      'issuer-not-allowed',
      async (text) => {
        await within(station.ward, ({ ledger }) =>
          ledger.record((recorder) =>
            changePersonStatus(recorder, station.second, 'left', { actor: station.ada, reason }),
          ),
        )
        return text
      },
    ],
  ])('%s', async (_, recorded, spoil) => {
    const { text, id } = good(await make(station, 'hr', ['people.add'], station.second))
    const wrong = await spoil(text, id)
    expect(await tryToken(station, wrong, 'people.add', adds('N3000'))).toEqual(doesNotWork)
    expect(refusals(station)).toEqual([recorded])
    expect(people()).not.toContain('N3000')
    expect(JSON.stringify(eventsOf(station.ward, 'token-refused'))).not.toContain(wrong.slice(8, 40).trim() || text)
  })

  it('many of them slow the station, with an alert', async () => {
    for (let n = 0; n < 20; n++) await tryToken(station, 'wardkey_no', 'people.add', adds('N3000'))
    expect(eventsOf(station.ward, 'alert-raised').map((event) => event.reason)).toEqual(['many-failures'])
  })

  it('none is taken below the floor of time', async () => {
    const { text } = good(await make(station, 'hr', ['people.add']))
    await within(station.ward, ({ ledger }) =>
      ledger.record((recorder) => {
        const floor = { floor_ms: station.ward.clock.nowMs() + dayMs, last_person: null, last_at_ms: 0 }
        recorder.put('clock_floor', 'floor', { ...floor, running_ms: 0, boot: null })
        recorder.event({ type: 'clock-floor-lowered' })
      }),
    )
    expect(await tryToken(station, text, 'people.add', adds('N3000'))).toEqual({ ok: false, reason: 'clock-closed' })
  })
})

it('whoever made it is no second person for what it does', async () => {
  const { text } = good(await make(station, 'hr', ['people.add']))
  const byMaker = await tryToken(station, text, 'people.add', adds('N3000'), { second: station.ada })
  expect(byMaker).toEqual({ ok: false, reason: 'same-person' })
  expect(await tryToken(station, text, 'people.add', adds('N3000'), { second: station.second })).toMatchObject({
    ok: true,
  })
})

it('made by somebody whom the hub sent, it ends with the lease, and works again once the hub is heard', async () => {
  const { text } = good(await make(station, 'hr', ['people.add'], station.second))
  const link = {
    ...{ url: 'https://hub.example', organisation_id: nobody, organisation_slug: 'x', organisation_name: 'X' },
    ...{ hub_key: Buffer.alloc(32), closed: null, confirmed_running_ms: null, boot: null },
  }
  const hear = (confirmed_at_ms: number) =>
    within(station.ward, ({ ledger }) =>
      ledger.record((recorder) => {
        const person = recorder.get('person', station.second)
        if (!person) throw new Error('nobody')
        const { id, event_number: _, ...content } = person
        recorder.put('person', id, { ...content, hub_id: nobody })
        recorder.put('hub_link', linkRow, { ...link, confirmed_at_ms })
        recorder.event({ type: 'hub-joined' })
      }),
    )
  await hear(station.ward.clock.nowMs() - 30 * dayMs)
  expect(await tryToken(station, text, 'people.add', adds('N3000'))).toEqual({ ok: false, reason: 'stale' })
  expect(refusals(station)).toEqual(['stale'])
  await hear(station.ward.clock.nowMs())
  expect(await tryToken(station, text, 'people.add', adds('N3000'))).toMatchObject({ ok: true })
})

it('one that was edited on the disk closes the station', async () => {
  const { text } = good(await make(station, 'hr', ['people.add']))
  reachInto(station.ward, (db) => db.exec('UPDATE token SET expires_at_ms = expires_at_ms + 1'))
  await expect(tryToken(station, text, 'people.add', adds('N3000'))).rejects.toThrow()
})

it('a rotation of the keys leaves it working, and a restore does not', async () => {
  const { text } = good(await make(station, 'hr', ['people.add']))
  const root = newFolder()
  await backUp(station.ward, path.join(root, 'backup.age'))
  const restored = await restoreTo(path.join(root, 'restored'), path.join(root, 'backup.age'), station.ward.clock)
  await station.ward.desk.close()
  const { folder: dataFolder, keychain, clock } = station.ward
  for (let time = 0; time < 2; time++) {
    const result = await openStation({ dataFolder, keychain, clock, appVersion: '0.0.0', sqliteBinding: undefined })
    if (result.kind !== 'opened') throw new Error(result.kind)
    await rotateKeys({ keychain, clock, appVersion: '0.0.0' }, result.opened, station.ada)
    result.opened.db.close()
  }
  expect(await tryToken(station, text, 'people.add', adds('N3000'))).toMatchObject({ ok: true })
  const there = { ...restored, clock }
  expect(await within(there, (opened) => listTokens(opened, clock.nowMs()))).toEqual([])
  expect(await tryToken(station, text, 'people.add', adds('N3000'), { station: there })).toEqual(doesNotWork)
})
