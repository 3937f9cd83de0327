// The organisation's look: an administrator's to set with a fresh proof, on record, refused where it can't be read, sound at rest.
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BrandLook } from '../../src/contracts/brand.ts'
import { plainColours } from '../../src/core/brand.ts'
import {
  addPerson,
  closeAll,
  enroll,
  eventsOf,
  expectClosed,
  newWard,
  reachInto,
  restart,
  signIn,
  type Ward,
} from '../support/attack-station.ts'
import { pngOf } from '../support/png.ts'

const look: BrandLook = {
  name: 'St. Ida',
  colours: { ...plainColours, code: '#003355', frame: '#003355', frameInk: '#ffffff' },
}
const png = pngOf(40, 20).toString('base64')
let ward: Ward

beforeEach(async () => {
  ward = await newWard()
  await signIn(ward)
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

const revision = () => {
  const screen = ward.desk.screen()
  return screen.kind === 'locked' || screen.kind === 'session' ? screen.brand : null
}
const changes = () => eventsOf(ward, 'brand-changed').map(({ details }) => details)

describe('a look', () => {
  it('is there for whoever stands at the lock screen, and for the next start', async () => {
    expect(await ward.desk.handlers.readBrand({})).toEqual({ ok: true, look: null, logo: null })
    expect(revision()).toBeUndefined()
    expect(await ward.desk.handlers.changeBrand({ look, logo: { png } })).toEqual({ ok: true })
    await ward.desk.handlers.lockNow({})
    const shown = await ward.desk.handlers.readBrand({})
    expect(shown).toMatchObject({ ok: true, look })
    expect(shown.ok && shown.logo).toMatch(/^iVBOR/)
    const before = revision()
    expect(before).toBeGreaterThan(0)
    await ward.desk.close()
    ward = await restart(ward)
    expect(await ward.desk.handlers.readBrand({})).toEqual(shown)
    expect(revision()).toBe(before)
  })

  it('goes on record with what was there before, the logo by its hash, and not where nothing changes', async () => {
    const { handlers } = ward.desk
    await handlers.changeBrand({ look, logo: { png } })
    await handlers.changeBrand({ look, logo: 'same' })
    await handlers.changeBrand({ look: { ...look, name: '' }, logo: null })
    await handlers.removeBrand({})
    await handlers.removeBrand({})
    expect(changes()).toMatchObject(
      [
        { organisation_before: '', organisation_after: 'St. Ida', logo_before: '', logo_after: /^[0-9a-f]{64}$/ },
        { organisation_before: 'St. Ida', organisation_after: '', logo_after: '' },
        { colours_after: '' },
      ].map((each) =>
        expect.objectContaining(
          Object.fromEntries(
            Object.entries(each).map(([name, value]) => [
              name,
              value instanceof RegExp ? expect.stringMatching(value) : value,
            ]),
          ),
        ),
      ),
    )
    expect(JSON.stringify(changes())).not.toContain('iVBOR')
    expect(await handlers.readBrand({})).toEqual({ ok: true, look: null, logo: null })
  })

  it('that can’t be read is refused whole, and says which colour reaches how much', async () => {
    const colours = { ...plainColours, code: '#999999', accentLight: '#ffcc00' }
    expect(await ward.desk.handlers.changeBrand({ look: { ...look, colours }, logo: { png } })).toEqual({
      ok: false,
      reason: 'low-contrast',
      low: [
        { field: 'code', ratio: 2.8 },
        { field: 'accentLight', ratio: 1.2 },
      ],
    })
    expect(await ward.desk.handlers.readBrand({})).toMatchObject({ look: null })
    expect(changes()).toEqual([])
  })

  it.each([
    ['no picture', Buffer.from('<svg onload="alert(1)"/>')],
    ['too large a picture', pngOf(641, 10)],
  ])('with %s for a logo changes nothing', async (_what, file) => {
    const answer = await ward.desk.handlers.changeBrand({ look, logo: { png: file.toString('base64') } })
    expect(answer).toEqual({ ok: false, reason: 'bad-logo' })
    expect(changes()).toEqual([])
  })

  it('takes a fresh proof, and an administrator', async () => {
    ward.clock.pass(6 * 60_000 - 90_000)
    await ward.desk.handlers.reportActivity({})
    ward.clock.pass(2 * 60_000)
    expect(await ward.desk.handlers.changeBrand({ look, logo: null })).toEqual({ ok: false, reason: 'step-up-needed' })
    expect(await ward.desk.handlers.removeBrand({})).toEqual({ ok: false, reason: 'step-up-needed' })
    await ward.desk.handlers.lockNow({})
    await signIn(ward)
    const setupKey = await enroll(ward, await addPerson(ward, 'S1', ['supervisor', 'auditor']))
    await ward.desk.handlers.lockNow({})
    expect(await ward.desk.handlers.changeBrand({ look, logo: null })).toEqual({ ok: false, reason: 'not-allowed' })
    await signIn(ward, 'S1', setupKey)
    expect(await ward.desk.handlers.changeBrand({ look, logo: null })).toEqual({ ok: false, reason: 'not-allowed' })
    expect(changes()).toEqual([])
  })

  it('that somebody writes into the file closes the station', async () => {
    await ward.desk.handlers.changeBrand({ look, logo: { png } })
    await ward.desk.close()
    const forged = JSON.stringify({ ...look, name: 'Evil & Co' })
    reachInto(ward, (db) => db.prepare('UPDATE brand SET look = ?').run(forged))
    ward = await restart(ward)
    await expectClosed(ward, 'data-edited')
  })
})
