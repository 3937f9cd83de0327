// What time ends: sessions that pause or last too long, offers that nobody proved.
import fs from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import type { PolicySettings } from '../../src/contracts/policy.ts'
import { call } from '../support/bridge.ts'
import { ada, bola, fillFirstRun, lock, place, signedInAs, typeCode, whatHappened } from '../support/flows.ts'
import { codeNow, readQr } from '../support/phone.ts'
import { setPolicy } from '../support/policy-row.ts'
import { copyOf, type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, newDataFolder, type StationApp } from '../support/station-app.ts'
import { codeBefore } from '../support/steps.ts'
import { sqlite } from '../support/tamper.ts'

let prepared: Prepared
let folder: string
let station: StationApp
let page: Page
/** A station with an offer that is left alone: its minute passes while the other tests run. */
let waiting: { folder: string; station: StationApp; page: Page; setupKey: string; kept: string } | null = null

test.beforeAll(async () => {
  prepared = await prepareStation()
  await launchUnder({ offerMs: 60_000 })
  const setupKey = await openOfferForBola()
  await expect(page.getByRole('timer', { name: 'Time left' })).toHaveText(/^0:[45]\d$/)
  waiting = { folder, station, page, setupKey, kept: credentials() }
})
test.afterEach(async () => {
  await station.close()
  fs.rmSync(folder, { recursive: true, force: true })
})
test.afterAll(async () => {
  await waiting?.station.close()
  fs.rmSync(prepared.folder, { recursive: true, force: true })
})

async function launch(): Promise<void> {
  station = await launchStation({ folder })
  page = station.page
}

async function launchPrepared(): Promise<void> {
  folder = await copyOf(prepared)
  await launch()
}

async function launchUnder(policy: Partial<PolicySettings>): Promise<void> {
  folder = await copyOf(prepared)
  await setPolicy(folder, policy)
  await launch()
}

async function launchNew(): Promise<void> {
  folder = newDataFolder()
  await launch()
}

async function signIn(): Promise<void> {
  await typeCode(page, ada.staffId, codeNow(prepared.setupKey))
  await expect(signedInAs(page, ada.name)).toBeVisible()
}

const warning = () => page.getByRole('alert').filter({ hasText: 'This workstation locks soon.' })

test.describe('a session', () => {
  test('locks after a pause, with a warning that can be answered', async () => {
    await launchUnder({ idleMs: 9_000, idleWarningMs: 6_000 })
    await signIn()
    await expect(warning()).toHaveCount(0)
    await expect(warning()).toBeVisible()
    // In the page, not over it: nothing takes the focus away.
    await expect(page.getByRole('dialog')).toHaveCount(0)
    const stay = page.getByRole('button', { name: 'Stay signed in' })
    await expect(stay).not.toBeFocused()
    await stay.click()
    await expect(warning()).toHaveCount(0)
    await expect(page.getByRole('timer', { name: 'Locks in' })).toHaveText(/^0:0[789]$/)
    await expect(warning()).toBeVisible()
    await expect(whatHappened(page)).toHaveText('Locked after a pause.')
    await expect(page.getByRole('textbox', { name: 'Staff ID' })).toBeFocused()
  })

  test('ends at its limit, however busy somebody is', async () => {
    await launchUnder({ idleMs: 8_000, idleWarningMs: 1_000, sessionMs: 12_000 })
    await signIn()
    await expect(async () => {
      await page.keyboard.press('Shift')
      await expect(warning()).toHaveCount(0)
      await expect(whatHappened(page)).toHaveText('Locked at the end of the longest session.', { timeout: 1_000 })
    }).toPass({ timeout: 16_000 })
    const took = sqlite(folder, "SELECT json_extract(body, '$.reason') FROM event WHERE type = 'session-ended'")
    expect(took).toBe('limit')
  })
})

/** The secret of the offer on the screen, as a phone has read it. */
async function scanOffer(): Promise<string> {
  await expect(page.getByRole('img', { name: 'Enrollment QR code' })).toBeVisible()
  return new URL(readQr(await page.screenshot())).searchParams.get('secret') ?? ''
}

/** Neither the way that an offer is proved nor any way in takes a code of this secret, and nothing of it is kept. */
async function expectWorthless(setupKey: string, staffId: string): Promise<void> {
  const refused = { ok: false, reason: expect.stringMatching(/^(not-now|wrong-code)$/) }
  for (const steps of [-1, 0]) {
    const code = codeNow(setupKey, steps)
    expect(await call(page, 'confirmOffer', { code })).toEqual(refused)
    expect(await call(page, 'submitCode', { staffId, code })).toEqual(refused)
  }
  const offers = sqlite(folder, "SELECT count(*) FROM offer WHERE status = 'open' OR secret IS NOT NULL")
  expect(offers).toBe('0')
}

const credentials = () => sqlite(folder, 'SELECT count(*) FROM credential')
const endings = () =>
  sqlite(folder, "SELECT json_extract(body, '$.reason') FROM event WHERE type = 'offer-ended'").split('\n')

async function expectFirstRunAsTyped(): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Set up this workstation' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Workstation name' })).toHaveValue(place.name)
  await expect(page.getByRole('textbox', { name: 'Location' })).toHaveValue(place.location)
  await expect(page.getByRole('textbox', { name: 'Administrator name' })).toHaveValue(ada.name)
  await expect(page.getByRole('textbox', { name: 'Administrator staff ID' })).toHaveValue(ada.staffId)
}

async function openOfferForBola(): Promise<string> {
  await signIn()
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('button', { name: 'Add person' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(bola.name)
  await page.getByRole('textbox', { name: 'Staff ID' }).fill(bola.staffId)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  return scanOffer()
}

test.describe('an offer', () => {
  test('that is cancelled at first run leaves what was typed, and nothing that works', async () => {
    await launchNew()
    await fillFirstRun(page)
    const setupKey = await scanOffer()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expectFirstRunAsTyped()
    await expectWorthless(setupKey, ada.staffId)
    expect(endings()).toEqual(['abandoned'])
    expect(credentials()).toBe('0')
    await page.getByRole('button', { name: 'Continue' }).click()
    expect(await scanOffer()).not.toBe(setupKey)
  })

  test('whose window is closed in the middle of first run is over at the next start', async () => {
    await launchNew()
    await fillFirstRun(page)
    const setupKey = await scanOffer()
    await station.close()
    await launch()
    await expectFirstRunAsTyped()
    await expectWorthless(setupKey, ada.staffId)
    expect(endings()).toEqual(['abandoned'])
    expect(credentials()).toBe('0')
  })

  test('whose station is killed in the middle of first run is over at the next start', async () => {
    await launchNew()
    await fillFirstRun(page)
    const setupKey = await scanOffer()
    const killed = station.app.process()
    const gone = new Promise((resolve) => killed.once('exit', resolve))
    killed.kill('SIGKILL')
    await gone
    await launch()
    await expectFirstRunAsTyped()
    await expectWorthless(setupKey, ada.staffId)
    expect(endings()).toEqual(['station-stopped'])
    expect(credentials()).toBe('0')
  })

  test('that is open when the station locks is over', async () => {
    await launchPrepared()
    const setupKey = await openOfferForBola()
    await lock(page)
    await expectWorthless(setupKey, bola.staffId)
    expect(endings()).toEqual(['abandoned'])
    const [code = ''] = prepared.recoveryCodes
    expect(await call(page, 'submitRecoveryCode', { staffId: ada.staffId, code })).toMatchObject({ ok: true })
    await page.getByRole('link', { name: 'People' }).click()
    await expect(page.getByRole('button', { name: `Enroll phone for ${bola.name}` })).toBeVisible()
  })

  test('whose recovery codes were never stored asks again, and lets nobody in with those shown first', async () => {
    const readCodes = async () => {
      const list = page.getByRole('list', { name: 'Recovery codes' })
      await expect(list).toBeVisible()
      return list.getByRole('listitem').allInnerTexts()
    }
    await launchNew()
    await fillFirstRun(page)
    const setupKey = await scanOffer()
    await page.getByRole('textbox', { name: 'Code from the phone' }).fill(await codeBefore(setupKey))
    const [shown = ''] = await readCodes()
    await station.close()
    await launch()
    const first = { staffId: ada.staffId, code: shown }
    expect(await call(page, 'submitRecoveryCode', first)).toEqual({ ok: false, reason: 'wrong-code' })
    await typeCode(page, ada.staffId, codeNow(setupKey))
    await expect(page.getByRole('heading', { name: 'Recovery codes' })).toBeVisible()
    await page.getByRole('button', { name: 'Show new codes' }).click()
    const renewed = await readCodes()
    expect(renewed).toHaveLength(10)
    expect(renewed).not.toContain(shown)
  })
})

test('an offer that expires leaves nothing that works', async () => {
  if (!waiting) throw new Error('no offer was left alone')
  const { setupKey, kept } = waiting
  ;({ folder, station, page } = waiting)
  waiting = null
  await expect(page.getByText('This code is no longer valid.')).toBeVisible({ timeout: 62_000 })
  await expect(page.getByRole('img', { name: 'Enrollment QR code' })).toHaveCount(0)
  await expect(page.getByRole('textbox')).toHaveCount(0)
  await expectWorthless(setupKey, bola.staffId)
  expect(endings()).toEqual(['expired'])
  expect(credentials()).toBe(kept)
  await page.getByRole('button', { name: 'Make a new code' }).click()
  expect(await scanOffer()).not.toBe(setupKey)
})
