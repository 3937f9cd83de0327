// A hub that lies about a phone that is being bound: other keys, older parts, another station's, none at all, a welcome of its own making.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BindingOffer, encodeBindingOffer, linkSegments } from '../../../src/core/binding.ts'
import { closeAll, eventsOf, read, signIn, type Ward } from '../../support/attack-station.ts'
import { BoundPhone, phoneHost } from '../../support/bound-phone.ts'
import { join, scanningWardBy } from '../../support/hub/joined-ward.ts'
import {
  beginOrganisation,
  joinLink,
  type Organisation,
  type RunningHub,
  startTestHub,
} from '../../support/hub/running-hub.ts'
import { fetchWelcome, sendPart } from '../../support/hub/sent-binding.ts'
import { offerText, welcome } from '../../support/scanning-ward.ts'

const patient = { timeout: 10_000 }
let hub: RunningHub
let acme: Organisation
let desk: Ward
let bedside: Ward
beforeAll(async () => {
  hub = await startTestHub()
  acme = await beginOrganisation(hub, 'acme')
  desk = await scanningWardBy(hub)
  bedside = await scanningWardBy(hub)
  for (const ward of [desk, bedside])
    expect(await join(ward, await joinLink(hub, acme, 'Ward 7'))).toMatchObject({ ok: true })
}, 60_000)
afterAll(async () => {
  await closeAll(true)
  await hub?.close()
})

const offerAt = (ward: Ward) => {
  const screen = ward.desk.screen()
  return screen.kind === 'session' ? screen.offer : null
}
async function offeredAt(ward: Ward): Promise<{ phone: BoundPhone; link: string }> {
  const state = () => {
    const screen = ward.desk.screen()
    return screen.kind === 'locked' || screen.kind === 'session' ? screen.hub?.state : undefined
  }
  await expect.poll(state, patient).toBe('online')
  await ward.desk.handlers.lockNow({})
  ward.clock.pass(30_000)
  await signIn(ward)
  const link = await offerText(ward.desk.handlers.bindOwnPhone({}))
  const phone = new BoundPhone(link)
  expect(phone.offer.organisation).toBe('acme')
  const open = () => hub.parts.db.outside((all) => all.selectFrom('binding_box').select('id').execute())
  const isOpen = async () => (await open()).some(({ id }) => phone.box.equals(id))
  await expect.poll(isOpen, patient).toBe(true)
  return { phone, link }
}

/** As whoever holds the hub's database hands it to the station, in the box of this phone's offer. */
async function plant(phone: BoundPhone, part: Uint8Array): Promise<void> {
  const { id = '' } =
    (await hub.parts.db.outside((all) => all.selectFrom('organisation').select('id').executeTakeFirst())) ?? {}
  const row = {
    ...{ organisation_id: id, box_id: phone.box, body: Buffer.from(part), claim: Buffer.alloc(32), at: hub.time.ms },
    digest: createHash('sha256').update(part).update(String(planted++)).digest(),
  }
  await hub.parts.db.within(id, (scope) => scope.insertInto('binding_part').values(row).execute())
}
let planted = 0
const fetched = async (phone: BoundPhone): Promise<boolean> => {
  const rows = await hub.parts.db.outside((all) => all.selectFrom('binding_part').select(['box_id', 'body']).execute())
  return rows.filter(({ box_id }) => phone.box.equals(box_id)).every(({ body }) => body === null)
}
const badParts = (ward: Ward) => eventsOf(ward, 'offer-tried').filter(({ reason }) => reason === 'bad-part').length

describe('a hub that lies', () => {
  it('can’t put in another phone: without the offer it signs nothing that counts, and ends nothing', async () => {
    const { phone } = await offeredAt(desk)
    const before = badParts(desk)
    // What it knows of the offer is its id, once it has seen the phone's part.
    const own = new BoundPhone(linkOf({ ...phone.offer, s: Buffer.alloc(16, 9) }))
    for (const part of [own.partBytes(), changed(phone.partBytes(), 20), changed(phone.partBytes(), 100)])
      await plant(phone, part)
    await expect.poll(() => fetched(phone), patient).toBe(true)
    await expect.poll(() => badParts(desk) - before, patient).toBe(3)
    expect(offerAt(desk)).toMatchObject({ part: null, ended: false })
    expect((await sendPart(hub, phone)).status).toBe(409)
    // Nor afterwards: the offer goes on with the phone that it has.
    expect(await desk.desk.handlers.submitPhonePart({ text: phone.part() })).toEqual({ ok: true })
    await plant(phone, own.partBytes())
    await expect.poll(() => badParts(desk) - before, patient).toBe(4)
    expect(await desk.desk.handlers.confirmBinding({ digits: phone.digitsForPart() })).toEqual({ ok: true })
    await welcome(desk, phone)
  })

  it('fills no log with parts that it makes up', async () => {
    const { phone } = await offeredAt(desk)
    const before = badParts(desk)
    for (let i = 0; i < 30; i++) await plant(phone, changed(phone.partBytes(), 60 + i))
    await expect.poll(() => fetched(phone), patient).toBe(true)
    await new Promise((done) => setTimeout(done, 300))
    expect(badParts(desk) - before).toBe(5)
    expect(offerAt(desk)).toMatchObject({ part: null, ended: false })
  })

  it('can’t swap keys even with a photo of the offer: the digits are of the phone in front of the screen', async () => {
    const { phone, link } = await offeredAt(desk)
    const thief = new BoundPhone(link)
    await plant(phone, thief.partBytes())
    await expect.poll(() => offerAt(desk)?.part, patient).toBe('sent')
    const phones = () => read(desk, "SELECT id FROM credential WHERE kind = 'phone' AND status = 'active'")
    const before = phones()
    for (let i = 0; i < 3; i++)
      expect(await desk.desk.handlers.confirmBinding({ digits: phone.digitsForPart() })).toMatchObject({ ok: false })
    expect(offerAt(desk)).toMatchObject({ ended: true })
    expect(phones()).toEqual(before)
  })

  it('can’t replay an older part, or bring one to another workstation', async () => {
    const { phone: older } = await offeredAt(desk)
    const { phone } = await offeredAt(desk)
    const { phone: there } = await offeredAt(bedside)
    await plant(phone, older.partBytes())
    await plant(phone, there.partBytes())
    await plant(there, phone.partBytes())
    await expect.poll(async () => (await fetched(phone)) && (await fetched(there)), patient).toBe(true)
    await new Promise((done) => setTimeout(done, 300))
    for (const ward of [desk, bedside]) expect(offerAt(ward)).toMatchObject({ part: null, ended: false })
  })

  it('that brings two in either order ends the offer, and binds neither', async () => {
    for (const first of [true, false]) {
      const { phone, link } = await offeredAt(desk)
      const thief = new BoundPhone(link)
      for (const part of first ? [phone, thief] : [thief, phone]) await plant(phone, part.partBytes())
      await expect.poll(() => offerAt(desk)?.secondPart, patient).toBe(true)
      for (const each of [phone, thief])
        expect(await desk.desk.handlers.confirmBinding({ digits: each.digitsForPart() })).toMatchObject({ ok: false })
    }
  })

  it('can withhold everything: the camera, the letters and the code on the screen are still there', async () => {
    for (const way of ['camera', 'letters']) {
      const { phone } = await offeredAt(desk)
      const { handlers } = desk.desk
      const part = phone.typedPart.replaceAll('-', '')
      if (way === 'camera') expect(await handlers.submitPhonePart({ text: phone.part() })).toEqual({ ok: true })
      else expect(await handlers.submitTypedPart({ part })).toEqual({ ok: true })
      const digits = way === 'camera' ? phone.digitsForPart() : phone.digitsForTyped()
      expect(await handlers.confirmBinding({ digits })).toEqual({ ok: true })
      await welcome(desk, phone)
    }
  })

  it('can’t make, change or exchange a welcome', async () => {
    const { phone } = await offeredAt(desk)
    expect((await sendPart(hub, phone)).status).toBe(200)
    await expect.poll(() => offerAt(desk)?.part, patient).toBe('sent')
    await desk.desk.handlers.confirmBinding({ digits: phone.digitsForPart() })
    const sealed = (await fetchWelcome(hub, phone)) ?? Buffer.alloc(0)
    for (let at = 0; at < sealed.length; at += 7) expect(phone.takeSealed(changed(sealed, at))).toBe(false)
    await desk.desk.handlers.finishWelcome({})
    const { phone: next } = await offeredAt(desk)
    expect(next.takeSealed(sealed)).toBe(false)
    expect(phone.takeSealed(sealed)).toBe(true)
  })
})

const linkOf = (offer: BindingOffer): string => linkSegments(phoneHost, 'B', encodeBindingOffer(offer)).join('')
const changed = (bytes: Uint8Array, at: number): Uint8Array => {
  const copy = Uint8Array.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}
