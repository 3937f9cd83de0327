// A PIN after the code: asked for, set at the first sign-in, refused, throttled, revoked, and never by itself.
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loginByPin } from '../../src/station/login-pin.ts'
import { revokeCredential } from '../../src/station/people-changes.ts'
import { pinOf, typedPin } from '../../src/station/pins.ts'
import { closeAll, newWard, read, restart, signIn, staffId, type Ward } from '../support/attack-station.ts'
import { codeOf } from '../support/fakes.ts'
import {
  beside,
  eventsOf,
  goodPin,
  kindOf,
  member,
  otherPin,
  partsOf,
  setPolicy,
  signInByPin,
  typeCode,
} from '../support/ward-ways.ts'

let ward: Ward
beforeEach(async () => {
  ward = await newWard()
  await setPolicy(ward, { factors: 'code-and-pin' })
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

const pin = (typed: string) => ward.desk.handlers.submitPin({ pin: typed })
const code = () => typeCode(ward, staffId, ward.setupKey)
const needed = { ok: false, reason: 'pin-needed' }
const wrong = { ok: false, reason: 'wrong-code' }
const notNow = { ok: false, reason: 'not-now' }
const ada = (source: { desk: Ward['desk'] }) => {
  const screen = source.desk.screen()
  return screen.kind === 'locked' ? screen.pin : screen.kind
}

describe('at the first sign-in', () => {
  it('a right code opens nothing; the PIN that its owner chooses does, and is asked for from then on', async () => {
    expect(await code()).toEqual({ ok: false, reason: 'new-pin-needed' })
    expect(ada(ward)).toBe('new')
    expect(read(ward, 'SELECT count(*) FROM session')).toEqual([0])
    expect(await ward.desk.handlers.setNewPin({ pin: goodPin, again: goodPin })).toEqual({ ok: true })
    expect(ward.desk.screen()).toMatchObject({ kind: 'session', method: 'pin', hasPin: true })
    ward.desk.lock('lock-button')
    expect(await code()).toEqual(needed)
    expect(await pin(goodPin)).toEqual({ ok: true, displayName: 'Ada Kern' })
    expect(eventsOf(ward, 'first-factor-accepted')).toHaveLength(2)
    expect(eventsOf(ward, 'pin-set')).toHaveLength(1)
  })

  it.each([
    ['123456', '123456', 'sequence'],
    ['100148', '100148', 'staff-id'],
    ['5281', '5281', 'wrong-length'],
    [goodPin, otherPin, 'not-same'],
  ])('%s and %s are refused: %s', async (one, again, reason) => {
    await code()
    expect(await ward.desk.handlers.setNewPin({ pin: one, again })).toEqual({ ok: false, reason })
    expect(kindOf(ward)).toBe('locked')
    expect(read(ward, "SELECT count(*) FROM credential WHERE kind = 'pin'")).toEqual([0])
  })

  it('is part of an enrollment, between the first code and the recovery codes', async () => {
    await signInByPin(ward)
    const added = await ward.desk.handlers.addPerson({ displayName: 'Bola', staffId: 'N2044', roles: ['staff'] })
    if (!added.ok) throw new Error(added.reason)
    const offered = await ward.desk.handlers.makeOffer({ personId: added.personId })
    if (!offered.ok) throw new Error(offered.reason)
    const first = codeOf(offered.secret.setupKey, ward.clock.nowMs())
    expect(await ward.desk.handlers.confirmOffer({ code: first })).toMatchObject({ ok: true })
    expect(ward.desk.screen()).toMatchObject({ pinFor: 'Bola', codesFor: null })
    expect(await ward.desk.handlers.acknowledgeRecoveryCodes({})).toEqual(notNow)
    expect(await ward.desk.handlers.listPeople({ search: '', page: 0 })).toEqual({ ok: false, reason: 'not-allowed' })
    expect(await ward.desk.handlers.setNewPin({ pin: '204417', again: '204417' })).toMatchObject({ reason: 'staff-id' })
    expect(await ward.desk.handlers.setNewPin({ pin: otherPin, again: otherPin })).toEqual({ ok: true })
    expect(await ward.desk.handlers.acknowledgeRecoveryCodes({})).toEqual({ ok: true })
    ward.desk.lock('lock-button')
    expect(await typeCode(ward, 'N2044', offered.secret.setupKey)).toEqual(needed)
    expect(await pin(otherPin)).toMatchObject({ ok: true, displayName: 'Bola' })
  })
})

describe('a PIN', () => {
  beforeEach(async () => {
    await signInByPin(ward)
    ward.desk.lock('lock-button')
  })

  it('opens nothing without a code, and a second time only after another code', async () => {
    expect(await pin(goodPin)).toEqual(notNow)
    await code()
    expect(await pin(goodPin)).toMatchObject({ ok: true })
    ward.desk.lock('lock-button')
    expect(await pin(goodPin)).toEqual(notNow)
  })

  it('waits a minute by either clock, and not over a lock, a cancel or a restart', async () => {
    for (const leave of [
      () => ward.clock.pass(60_000),
      () => {
        ward.clock.running += 60_000
      },
      () => ward.desk.lock('suspend'),
      () => ward.desk.handlers.cancelSignIn({}),
    ]) {
      expect(await code()).toEqual(needed)
      await leave()
      expect(await pin(goodPin)).toEqual(notNow)
      expect(ada(ward)).toBeNull()
    }
    expect(await code()).toEqual(needed)
    await ward.desk.close()
    ward = await restart(ward)
    expect(await pin(goodPin)).toEqual(notNow)
    expect(await code()).toEqual(needed)
  })

  it('burns its code: the same one asks for no PIN again', async () => {
    await code()
    await ward.desk.handlers.cancelSignIn({})
    const again = codeOf(ward.setupKey, ward.clock.nowMs())
    expect(await ward.desk.handlers.submitCode({ staffId, code: again })).toEqual({ ok: false, reason: 'already-used' })
  })

  it('keeps every other way in closed while it is asked for', async () => {
    await code()
    const input = { staffId, code: ward.recoveryCodes[0]?.replaceAll('-', '') ?? '' }
    expect(await ward.desk.handlers.submitRecoveryCode(input)).toEqual(notNow)
    expect(await ward.desk.handlers.submitTicket(input)).toEqual(notNow)
    expect(await code()).toEqual(notNow)
    expect(await ward.desk.handlers.setNewPin({ pin: otherPin, again: otherPin })).toEqual(notNow)
  })

  it('that is wrong five times brings growing waits, and ten times closes PINs; codes go on', async () => {
    await code()
    for (let tries = 1; tries <= 5; tries++) expect(await pin(otherPin)).toEqual(wrong)
    expect(await pin(goodPin)).toMatchObject({ reason: 'throttled', waitMs: 2_000 })
    for (let tries = 6; tries <= 10; tries++) {
      ward.clock.pass(61_000)
      expect(await code()).toEqual(needed)
      expect(await pin(otherPin)).toEqual(wrong)
    }
    expect(await pin(goodPin)).toMatchObject({ reason: 'throttled', waitMs: 30 * 60_000 })
    ward.clock.pass(30 * 60_000)
    expect(await code()).toEqual(needed)
    expect(await pin(goodPin)).toMatchObject({ ok: true })
    expect(read(ward, "SELECT count(*) FROM throttle WHERE id LIKE 'pin:%'")).toEqual([0])
  })

  it('that was revoked is set anew after the next right code', async () => {
    await code()
    await beside(ward, ({ ledger }) => {
      const { id } = pinOf(ledger, personId()) ?? { id: '' }
      ledger.record((recorder) => revokeCredential(recorder, id, { actor: undefined, reason: 'seen by others' }))
    })
    expect(await pin(goodPin)).toEqual(notNow)
    expect(ada(ward)).toBeNull()
    expect(await code()).toEqual({ ok: false, reason: 'new-pin-needed' })
    expect(await ward.desk.handlers.setNewPin({ pin: otherPin, again: otherPin })).toEqual({ ok: true })
  })

  it.each([
    ['the phone is revoked', 'not-now'],
    ['the person is suspended', 'suspended'],
  ])('is worth nothing where %s between code and PIN, by another process', async (what, reason) => {
    await code()
    await beside(ward, ({ ledger }) =>
      ledger.record((recorder) => {
        const [row] = recorder.find('credential', "kind = 'totp' AND status = 'active'")
        const person = recorder.get('person', personId())
        if (!row || !person) throw new Error('nobody')
        if (what.includes('phone')) {
          const { id, event_number: _, ...content } = row
          recorder.put('credential', id, { ...content, status: 'ended', secret: null })
        } else {
          const { id, event_number: _, ...content } = person
          recorder.put('person', id, { ...content, status: 'suspended' })
        }
        recorder.event({ type: 'changed-by-test' })
      }),
    )
    expect(await pin(goodPin)).toEqual({ ok: false, reason })
    expect(kindOf(ward)).toBe('locked')
    expect(ada(ward)).toBeNull()
  })

  it('counts in another process beside the station too', async () => {
    const outcome = await beside(ward, async (opened) => {
      const parts = partsOf(opened, ward.clock)
      const [row] = opened.ledger.find('credential', "kind = 'totp' AND status = 'active'")
      const first = { personId: personId(), credentialId: row?.id ?? '', subject: opened.keys.subject(staffId) }
      const tag = await typedPin(opened.keys, opened.ledger, first.personId, otherPin)
      for (let tries = 0; tries < 10; tries++) {
        ward.clock.pass(61_000)
        loginByPin(parts, first, tag)
      }
      return loginByPin(parts, first, tag)
    })
    expect(outcome).toMatchObject({ reason: 'throttled' })
    await code()
    expect(await pin(goodPin)).toMatchObject({ reason: 'throttled' })
  })

  it('that is wrong a hundred times is suspended, with an alert, until somebody revokes it', async () => {
    await beside(ward, (opened) => {
      const parts = partsOf(opened, ward.clock)
      const [row] = opened.ledger.find('credential', "kind = 'totp' AND status = 'active'")
      const first = { personId: personId(), credentialId: row?.id ?? '', subject: opened.keys.subject(staffId) }
      for (let tries = 0; tries < 100; tries++) {
        ward.clock.pass(31 * 60_000)
        expect(loginByPin(parts, first, 'wrong')).toEqual(wrong)
      }
    })
    ward.clock.pass(31 * 60_000)
    expect(await code()).toEqual({ ok: false, reason: 'suspended' })
    expect(ada(ward)).toBeNull()
    expect(eventsOf(ward, 'alert-raised').map(({ reason }) => reason)).toContain('pin-suspended')
    await beside(ward, ({ ledger }) => {
      const { id } = pinOf(ledger, personId()) ?? { id: '' }
      ledger.record((recorder) => revokeCredential(recorder, id, { actor: undefined, reason: 'forgotten' }))
    })
    expect(await code()).toEqual({ ok: false, reason: 'new-pin-needed' })
  })

  it('stands nowhere in the file, and its owner changes it only with a fresh code', async () => {
    await signInByPin(ward)
    const twice = { pin: otherPin, again: otherPin }
    ward.clock.pass(6 * 60_000)
    ward.desk.lock('lock-button')
    await signInByPin(ward)
    expect(await ward.desk.handlers.changeOwnPin({ pin: '123456', again: '123456' })).toMatchObject({
      reason: 'sequence',
    })
    expect(await ward.desk.handlers.changeOwnPin(twice)).toEqual({ ok: true })
    expect(kindOf(ward)).toBe('session')
    ward.desk.lock('lock-button')
    await code()
    expect(await pin(goodPin)).toEqual(wrong)
    expect(await pin(otherPin)).toMatchObject({ ok: true })
    for (const body of read<string>(ward, 'SELECT body FROM event'))
      for (const secret of [goodPin, otherPin]) expect(body).not.toContain(`"${secret}"`)
  })
})

it('opens nothing to staff of a restored station before its people are confirmed', async () => {
  await setPolicy(ward, { factors: 'code' })
  const bola = await member(ward, 'N2044')
  await setPolicy(ward, { factors: 'code-and-pin' })
  await beside(ward, ({ ledger }) =>
    ledger.record((recorder) => {
      const station = recorder.get('station', 'this')
      if (!station) throw new Error('no station')
      const { id, event_number: _, ...content } = station
      recorder.put('station', id, { ...content, unconfirmed_since_ms: 1 })
      recorder.event({ type: 'station-restored' })
    }),
  )
  await typeCode(ward, bola.staffId, bola.setupKey)
  const twice = { pin: otherPin, again: otherPin }
  const refused = { ok: false, reason: 'people-unconfirmed' }
  expect(await ward.desk.handlers.setNewPin(twice)).toEqual(refused)
  expect(await typeCode(ward, bola.staffId, bola.setupKey)).toEqual(needed)
  expect(await pin(otherPin)).toEqual(refused)
  expect(kindOf(ward)).toBe('locked')
})

it('is not asked for where policy does not want it', async () => {
  await setPolicy(ward, { factors: 'code' })
  await signIn(ward)
  expect(ward.desk.screen()).toMatchObject({ kind: 'session', method: 'totp', hasPin: false })
  const lone = { pin: goodPin, again: goodPin }
  expect(await ward.desk.handlers.setNewPin(lone)).toEqual(notNow)
})

const personId = (): string => read<string>(ward, 'SELECT id FROM person ORDER BY rowid LIMIT 1')[0] ?? ''
