// One's own ways: new recovery codes, printed or not, and a new phone after a recovery code or a ticket.
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeAll, newWard, plain, read, signIn, staffId, type Ward } from '../support/attack-station.ts'
import { codeOf } from '../support/fakes.ts'
import { eventsOf, kindOf, type Member, member, typeCode } from '../support/ward-ways.ts'

let ward: Ward
beforeEach(async () => {
  ward = await newWard()
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

const recover = (code: string | undefined, who = staffId) =>
  ward.desk.handlers.submitRecoveryCode({ staffId: who, code: plain(code) })
const notNow = { ok: false, reason: 'not-now' }
const wrong = { ok: false, reason: 'wrong-code' }

describe('new recovery codes', () => {
  it('replace the set once they are acknowledged, and the session goes on', async () => {
    await signIn(ward)
    const made = await ward.desk.handlers.makeOwnRecoveryCodes({})
    if (!made.ok) throw new Error(made.reason)
    expect(ward.desk.screen()).toMatchObject({ codesFor: 'Ada Kern' })
    expect(await ward.desk.handlers.makeOwnRecoveryCodes({})).toMatchObject({ ok: false })
    await ward.desk.handlers.acknowledgeRecoveryCodes({})
    expect(kindOf(ward)).toBe('session')
    ward.desk.lock('lock-button')
    expect(await recover(ward.recoveryCodes[0])).toEqual(wrong)
    expect(await recover(made.recoveryCodes[0])).toMatchObject({ ok: true })
  })

  it('that nobody acknowledged change nothing', async () => {
    await signIn(ward)
    const made = await ward.desk.handlers.makeOwnRecoveryCodes({})
    if (!made.ok) throw new Error(made.reason)
    ward.desk.lock('lock-button')
    expect(await recover(made.recoveryCodes[0])).toEqual(wrong)
    expect(await recover(ward.recoveryCodes[0])).toMatchObject({ ok: true })
  })

  it('want a code of the phone: after a recovery code a step-up, and then the session goes on', async () => {
    await recover(ward.recoveryCodes[0])
    const { handlers } = ward.desk
    expect(await handlers.makeOwnRecoveryCodes({})).toEqual({ ok: false, reason: 'step-up-needed' })
    expect(await handlers.changeOwnPin({ pin: '528163', again: '528163' })).toMatchObject({ reason: 'step-up-needed' })
    ward.clock.pass(30_000)
    expect(await handlers.stepUp({ code: codeOf(ward.setupKey, ward.clock.nowMs()) })).toEqual({ ok: true })
    expect(ward.desk.screen()).toMatchObject({ newPhone: null })
    expect(await handlers.makeOwnRecoveryCodes({})).toMatchObject({ ok: true })
    await handlers.acknowledgeRecoveryCodes({})
    // The set that signed in has ended; by its new one the session lives on.
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(kindOf(ward)).toBe('session')
  })

  it('go to the printer only while they are on the screen', async () => {
    const { desk, printer } = ward
    expect(await desk.handlers.printRecoveryCodes({})).toEqual(notNow)
    await signIn(ward)
    expect(await desk.handlers.printRecoveryCodes({})).toEqual(notNow)
    await desk.handlers.makeOwnRecoveryCodes({})
    expect(await desk.handlers.readPrinter({})).toEqual({ ok: true })
    expect(await desk.handlers.printRecoveryCodes({})).toEqual({ ok: true })
    expect(printer.printed).toBe(1)
    printer.ready = false
    expect(await desk.handlers.printRecoveryCodes({})).toEqual({ ok: false, reason: 'no-printer' })
    await desk.handlers.acknowledgeRecoveryCodes({})
    expect(await desk.handlers.printRecoveryCodes({})).toEqual(notNow)
    expect(eventsOf(ward, 'recovery-codes-printed')).toHaveLength(1)
  })
})

describe('a new phone after a recovery code', () => {
  it('is offered to an administrator alone, ends the old phone, and asks for the next code', async () => {
    await recover(ward.recoveryCodes[0])
    const { handlers } = ward.desk
    expect(ward.desk.screen()).toMatchObject({ newPhone: 'alone' })
    const offered = await handlers.enrollOwnPhone({ approval: null })
    if (!offered.ok) throw new Error(offered.reason)
    const setupKey = offered.secret.setupKey
    expect(await handlers.confirmOffer({ code: codeOf(setupKey, ward.clock.nowMs()) })).toMatchObject({ ok: true })
    expect(await handlers.acknowledgeRecoveryCodes({})).toEqual({ ok: true })
    expect(ward.desk.screen()).toMatchObject({ kind: 'locked', notice: 'wait-for-next-code' })
    expect(await typeCode(ward, staffId, ward.setupKey)).toEqual(wrong)
    expect(await typeCode(ward, staffId, setupKey)).toMatchObject({ ok: true })
  })

  it('is not offered after a code of the phone, nor where the sign-in was long ago', async () => {
    await signIn(ward)
    expect(ward.desk.screen()).toMatchObject({ newPhone: null })
    expect(await ward.desk.handlers.enrollOwnPhone({ approval: null })).toEqual(notNow)
    ward.desk.lock('lock-button')
    await recover(ward.recoveryCodes[0])
    for (let minutes = 0; minutes < 6; minutes++) {
      ward.clock.pass(60_000)
      await ward.desk.handlers.reportActivity({})
    }
    expect(await ward.desk.handlers.enrollOwnPhone({ approval: null })).toEqual({ ok: false, reason: 'step-up-needed' })
  })

  describe('of a member of staff', () => {
    let carmen: Member
    let codes: readonly string[]
    beforeEach(async () => {
      carmen = await member(ward, 'N2107', ['supervisor'])
      await signIn(ward)
      const added = await ward.desk.handlers.addPerson({ displayName: 'Bola', staffId: 'N2044', roles: ['staff'] })
      if (!added.ok) throw new Error(added.reason)
      const offered = await ward.desk.handlers.makeOffer({ personId: added.personId })
      if (!offered.ok) throw new Error(offered.reason)
      const { setupKey } = offered.secret
      const confirmed = await ward.desk.handlers.confirmOffer({ code: codeOf(setupKey, ward.clock.nowMs()) })
      if (!confirmed.ok) throw new Error(confirmed.reason)
      codes = confirmed.recoveryCodes
      await ward.desk.handlers.acknowledgeRecoveryCodes({})
      ward.desk.lock('lock-button')
      await recover(codes[0], 'N2044')
    })
    const approved = (who: string, setupKey: string) => {
      ward.clock.pass(30_000)
      const approval = { staffId: who, code: codeOf(setupKey, ward.clock.nowMs()) }
      return ward.desk.handlers.enrollOwnPhone({ approval })
    }

    it('wants a supervisor’s code, which is used up and on record', async () => {
      expect(ward.desk.screen()).toMatchObject({ newPhone: 'with-approval' })
      const { handlers } = ward.desk
      expect(await handlers.enrollOwnPhone({ approval: null })).toEqual({ ok: false, reason: 'not-allowed' })
      expect(await approved('N2107', ward.setupKey)).toEqual(wrong)
      expect(await approved('N2107', carmen.setupKey)).toMatchObject({ ok: true })
      expect(ward.desk.screen()).toMatchObject({ offer: { staffId: 'N2044' } })
      expect(eventsOf(ward, 'offer-made').at(-1)).toMatchObject({ actor: carmen.id })
      expect(eventsOf(ward, 'approval-attempted').at(-1)).toMatchObject({ outcome: 'accepted', person: carmen.id })
    })

    it('is approved by nobody who may not enroll people', async () => {
      ward.desk.lock('lock-button')
      const dieter = await member(ward, 'N2190')
      await recover(codes[1], 'N2044')
      expect(await approved('N2190', dieter.setupKey)).toEqual({ ok: false, reason: 'not-allowed' })
      expect(read(ward, "SELECT count(*) FROM offer WHERE status = 'open'")).toEqual([0])
    })
  })
})
