// A phone that is bound by way of the hub: its part gets there, the welcome comes back, and only the digits are typed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeAll, eventsOf, putPolicy, signIn, type Ward } from '../../support/attack-station.ts'
import { BoundPhone } from '../../support/bound-phone.ts'
import { join, scanningWardBy } from '../../support/hub/joined-ward.ts'
import {
  beginOrganisation,
  call,
  joinLink,
  type Organisation,
  type RunningHub,
  signIn as signInAtHub,
  startTestHub,
} from '../../support/hub/running-hub.ts'
import { askWelcome, fetchWelcome, sendPart } from '../../support/hub/sent-binding.ts'
import { SoftStation } from '../../support/hub/soft-station.ts'
import { freshChallenge, offerText, welcome } from '../../support/scanning-ward.ts'

const patient = { timeout: 10_000 }
let hub: RunningHub
let acme: Organisation
let desk: Ward
beforeAll(async () => {
  hub = await startTestHub()
  acme = await beginOrganisation(hub, 'acme')
  await beginOrganisation(hub, 'other')
  desk = await scanningWardBy(hub)
  expect(await join(desk, await joinLink(hub, acme, 'Ward 7'))).toMatchObject({ ok: true })
}, 60_000)
afterAll(async () => {
  await closeAll(true)
  await hub?.close()
})

function hubState(): string | undefined {
  const screen = desk.desk.screen()
  return screen.kind === 'locked' || screen.kind === 'session' ? screen.hub?.state : undefined
}
const offerOnScreen = () => {
  const screen = desk.desk.screen()
  return screen.kind === 'session' ? screen.offer : null
}
async function offered(): Promise<BoundPhone> {
  await expect.poll(hubState, patient).toBe('online')
  await desk.desk.handlers.lockNow({})
  desk.clock.pass(30_000)
  await signIn(desk)
  const link = await offerText(desk.desk.handlers.bindOwnPhone({}))
  const phone = new BoundPhone(link)
  links.set(phone, link)
  return phone
}
const links = new WeakMap<BoundPhone, string>()
/** Another phone, of whoever has photographed the same offer. */
const stranger = (phone: BoundPhone) => new BoundPhone(links.get(phone) ?? '')
/** The station tells the hub of its offer while the phone scans it. */
async function sent(phone: BoundPhone, part?: Uint8Array): Promise<void> {
  await expect.poll(async () => (await sendPart(hub, phone, part)).status, patient).toBe(200)
}
describe('a phone with a network', () => {
  it('is bound by its digits alone, and unlocks', async () => {
    const phone = await offered()
    expect(phone.offer.organisation).toBe('acme')
    await sent(phone)
    await expect.poll(() => offerOnScreen()?.part, patient).toBe('sent')
    expect((await askWelcome(hub, phone)).body).toEqual({ ok: true, fetched: true, welcome: null })
    expect(await desk.desk.handlers.confirmBinding({ digits: phone.digitsForPart() })).toEqual({ ok: true })
    expect(desk.desk.screen()).toMatchObject({ welcome: { sent: true } })
    const sealed = await fetchWelcome(hub, phone)
    expect(sealed && phone.takeSealed(sealed)).toBe(true)
    expect(phone.welcome).toMatchObject({ stationName: 'Ward 7', organisation: { slug: 'acme' } })
    await desk.desk.handlers.finishWelcome({})
    expect(eventsOf(desk, 'phone-part-taken').at(-1)).toMatchObject({ details: { form: 'sent' } })
    const text = phone.shownAnswer(await freshChallenge(desk))
    expect(await desk.desk.handlers.submitShownAnswer({ text })).toMatchObject({ ok: true })
  })

  it('may be held up to the camera as well, and scan the welcome', async () => {
    const phone = await offered()
    await sent(phone)
    await expect.poll(() => offerOnScreen()?.part, patient).toBe('sent')
    expect(await desk.desk.handlers.submitPhonePart({ text: phone.part() })).toEqual({ ok: true })
    expect(offerOnScreen()).toMatchObject({ part: 'sent', ended: false })
    expect(await desk.desk.handlers.confirmBinding({ digits: phone.digitsForPart() })).toEqual({ ok: true })
    await welcome(desk, phone)
  })

  it('is not sent for where policy takes only what is shown', async () => {
    await putPolicy(desk, { settings: { phoneAnswers: 'shown' } })
    const phone = await offered()
    expect(phone.offer.organisation).toBeNull()
    expect((await sendPart(hub, phone)).status).toBe(404)
    expect(await desk.desk.handlers.submitPhonePart({ text: phone.part() })).toEqual({ ok: true })
    await putPolicy(desk, {})
  })
})

describe('whoever has photographed the offer', () => {
  it('ends it with a phone of their own, and nobody is bound', async () => {
    const phone = await offered()
    await sent(stranger(phone))
    await expect.poll(() => offerOnScreen()?.part, patient).toBe('sent')
    expect(await desk.desk.handlers.confirmBinding({ digits: phone.digitsForPart() })).toMatchObject({ ok: false })
    await sent(phone)
    await expect.poll(() => offerOnScreen()?.secondPart, patient).toBe(true)
    expect(await desk.desk.handlers.confirmBinding({ digits: phone.digitsForPart() })).toEqual({
      ok: false,
      reason: 'not-now',
    })
  })

  it('gets no welcome: it is claimed by the phone that was confirmed, and sealed for it', async () => {
    const phone = await offered()
    const other = stranger(phone)
    await sent(phone)
    await expect.poll(() => offerOnScreen()?.part, patient).toBe('sent')
    await desk.desk.handlers.confirmBinding({ digits: phone.digitsForPart() })
    const sealed = (await fetchWelcome(hub, phone)) ?? Buffer.alloc(40)
    expect((await askWelcome(hub, other)).body).toEqual({ ok: false, reason: 'no-such-box' })
    expect(other.takeSealed(sealed)).toBe(false)
    expect(phone.takeSealed(sealed)).toBe(true)
    // Used once: nothing goes into it any more.
    expect((await sendPart(hub, other)).status).toBe(404)
    hub.time.pass(121_000)
    expect((await askWelcome(hub, phone)).status).toBe(404)
  })
})

describe('the hub', () => {
  it('holds two parts of an offer, while it lasts, and tells a stranger nothing', async () => {
    const phone = await offered()
    await sent(phone)
    expect((await sendPart(hub, phone)).status).toBe(200)
    expect((await sendPart(hub, stranger(phone))).status).toBe(200)
    expect((await sendPart(hub, stranger(phone))).body).toEqual({ ok: false, reason: 'box-full' })
    expect((await sendPart(hub, phone, Buffer.from('no part'))).body).toEqual({ ok: false, reason: 'not-a-part' })
    expect((await sendPart(hub, phone, Buffer.alloc(400, 1))).status).toBe(400)
    const nothing = { ok: false, reason: 'no-such-box' }
    for (const slug of ['other', 'nowhere']) expect((await sendPart(hub, phone, undefined, slug)).body).toEqual(nothing)
    expect((await askWelcome(hub, phone, Buffer.alloc(32, 9))).body).toEqual(nothing)
    hub.time.pass(60 * 60_000)
    expect((await sendPart(hub, phone)).body).toEqual(nothing)
    expect((await askWelcome(hub, phone)).body).toEqual(nothing)
  })

  it('slows whoever floods it', async () => {
    const box = Buffer.alloc(32, 3).toString('base64url')
    const body = { box, part: 'AAAA', claim: box }
    const tries = await Promise.all(Array.from({ length: 80 }, () => call(hub, 'POST', '/v1/acme/bindings', body)))
    expect(tries.some(({ status }) => status === 429)).toBe(true)
    hub.time.pass(61_000)
  })

  it('lets no other station read a box, or answer for it', async () => {
    acme.token = await signInAtHub(hub, 'acme', 'HUB-1', acme.setupKey)
    const [first, second] = [new SoftStation(hub, 'acme'), new SoftStation(hub, 'acme')]
    for (const each of [first, second]) expect((await each.join(await joinLink(hub, acme))).status).toBe(200)
    const box = Buffer.alloc(32, 5).toString('base64url')
    expect((await first.ask('/station/boxes', { box, livesMs: 60_000 })).status).toBe(200)
    const said = { box, part: Buffer.alloc(32, 1).toString('base64url'), welcome: 'AAAA' }
    expect((await second.ask('/station/boxes', { box, livesMs: 60_000 })).status).toBe(200)
    expect((await second.ask('/station/welcomes', said)).body).toEqual({ ok: false, reason: 'no-such-box' })
    expect((await second.ask('/station/parts', {})).body).toEqual({ ok: true, parts: [] })
    expect((await first.ask('/station/welcomes', said)).status).toBe(200)
    expect((await first.ask('/station/welcomes', said)).status).toBe(404)
    for (const route of ['boxes', 'parts', 'welcomes'])
      expect((await call(hub, 'POST', `/v1/acme/station/${route}`, {})).status).toBe(route === 'parts' ? 401 : 400)
  })
})
