// Every screen on every size of display that it is made for, with its text as it is and at twice the size.
import fs from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { ada, fillFirstRun, lock, signedInAs, typeCode, whatHappened } from '../support/flows.ts'
import { expectHolds, nameOf, scaled, setSize, sizes } from '../support/layout.ts'
import { codeNow, readQr } from '../support/phone.ts'
import { copyOf, type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, newDataFolder, type StationApp } from '../support/station-app.ts'
import { codeBefore } from '../support/steps.ts'

let prepared: Prepared
let folder: string
let station: StationApp
let page: Page

test.beforeAll(async () => {
  prepared = await prepareStation()
})
test.afterEach(async () => {
  await station.close()
  fs.rmSync(folder, { recursive: true, force: true })
})
test.afterAll(() => fs.rmSync(prepared.folder, { recursive: true, force: true }))

async function launch(made: 'new' | 'set up', env: Record<string, string> = {}): Promise<void> {
  folder = made === 'new' ? newDataFolder() : await copyOf(prepared)
  station = await launchStation({ folder, env, ownTime: true })
  page = station.page
}

const textbox = (name: string) => page.getByRole('textbox', { name, exact: true })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const keypad = () => page.getByRole('group', { name: 'On-screen keys' })
const setupKeyOnScreen = async () => {
  await expect(page.getByRole('img', { name: 'Enrollment QR code' })).toBeVisible()
  return new URL(readQr(await page.screenshot())).searchParams.get('secret') ?? ''
}

test('the lock screen, whichever way in it shows', async () => {
  await launch('set up')
  await expectHolds(page, 'lock screen')
  await typeCode(page, ada.staffId, codeNow(prepared.setupKey, 5))
  await expect(whatHappened(page)).toHaveText(/clock is wrong/)
  await expectHolds(page, 'lock screen with its longest line')
  await button('ABC').click()
  await expectHolds(page, 'lock screen with letters')
  await button('Other ways in').click()
  await expectHolds(page, 'lock screen for a recovery code')
  for (const size of [...sizes, ...scaled]) {
    await setSize(page, size)
    await button('Unlock').click({ trial: true })
  }
})

test('the keys stay where they are, whatever is said and whatever they show', async () => {
  await launch('set up')
  const boxes = async () => {
    const found: Record<string, unknown> = {}
    for (const size of sizes) {
      await setSize(page, size)
      found[nameOf(size)] = await keypad().boundingBox()
    }
    return found
  }
  const quiet = await boxes()
  await button('ABC').click()
  expect.soft(await boxes(), 'letters').toEqual(quiet)
  await button('123').click()
  await textbox('One-time code').fill('123')
  await page.keyboard.press('Enter')
  await expect(whatHappened(page)).toHaveText('Type your staff ID first.')
  expect.soft(await boxes(), 'a short line').toEqual(quiet)
  await typeCode(page, ada.staffId, codeNow(prepared.setupKey, 5))
  await expect(whatHappened(page)).toHaveText("This workstation's clock is wrong. IT has been told.")
  expect.soft(await boxes(), 'a long line').toEqual(quiet)
  await button('Other ways in').click()
  await button('Recovery code').click()
  expect.soft(await boxes(), 'recovery code').toEqual(quiet)
})

test('first run, the offer and the recovery codes', async () => {
  await launch('new')
  await expectHolds(page, 'first run')
  await button('Continue').click()
  await expect(page.getByText('Type a name for this workstation.')).toBeVisible()
  await expectHolds(page, 'first run with complaints', true)
  await fillFirstRun(page)
  const setupKey = await setupKeyOnScreen()
  await expectHolds(page, 'offer')
  await textbox('Code from the phone').fill(codeNow(setupKey))
  await expect(page.getByRole('list', { name: 'Recovery codes' })).toBeVisible()
  await expectHolds(page, 'recovery codes')
})

test('the session and Administration', async () => {
  await launch('set up')
  await typeCode(page, ada.staffId, await codeBefore(prepared.setupKey))
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await lock(page)
  await typeCode(page, ada.staffId, codeNow(prepared.setupKey))
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await expectHolds(page, 'session')
  await page.getByRole('link', { name: 'People' }).click()
  await expect(page.getByRole('row', { name: /Ada Kern/ })).toBeVisible()
  await expectHolds(page, 'people', true)
  await page.getByRole('link', { name: ada.name }).click()
  await expect(page.getByRole('heading', { name: ada.name, exact: true })).toBeVisible()
  await expectHolds(page, 'one person', true)
  await page.getByRole('link', { name: 'People' }).first().click()
  await button('Add person').click()
  await expectHolds(page, 'adding a person', true)
})

test('Administration in Spanish, whose words are long', async () => {
  await launch('set up')
  await button('Language').click()
  await page.getByRole('menuitemradio', { name: 'Español' }).click()
  await page.getByRole('textbox', { name: 'ID de personal' }).fill(ada.staffId)
  await page.getByRole('textbox', { name: 'Código de un solo uso' }).fill(codeNow(prepared.setupKey))
  await expect(page.getByRole('navigation', { name: 'Administración' })).toBeVisible()
  await expectHolds(page, 'session in Spanish', true)
  const heights: Record<string, number> = {}
  const views = ['people', 'import', 'credentials', 'policy', 'policy-edit', 'policy-history', 'workstation', 'brand']
  for (const hash of [...views, 'emergency', 'alerts', 'log']) {
    await page.evaluate((hash) => {
      window.location.hash = hash
    }, hash)
    await expect(page.locator('main h2')).toBeVisible()
    await expect(page.locator('main .waiting')).toHaveCount(0)
    await expectHolds(page, `${hash} in Spanish`, true)
    await setSize(page, { width: 1080, height: 1920, text: 1 })
    heights[hash] = (await page.getByRole('navigation').boundingBox())?.height ?? 0
  }
  for (const [hash, height] of Object.entries(heights)) expect.soft(height, `navigation over ${hash}`).toBeLessThan(240)
})

test('a session after a recovery code, in Spanish', async () => {
  await launch('set up')
  await button('Language').click()
  await page.getByRole('menuitemradio', { name: 'Español' }).click()
  await button('Otras formas').click()
  await page.getByRole('textbox', { name: 'ID de personal' }).fill(ada.staffId)
  await page.getByRole('textbox', { name: 'Código de recuperación' }).fill(prepared.recoveryCodes[0] ?? '')
  await button('Desbloquear').click()
  await expect(page.getByRole('navigation', { name: 'Administración' })).toBeVisible()
  await expectHolds(page, 'session after a recovery code in Spanish', true)
})

test('a line that says nothing takes no room among the panels of a session', async () => {
  await launch('set up')
  await typeCode(page, ada.staffId, codeNow(prepared.setupKey))
  await expect(signedInAs(page, ada.name)).toBeVisible()
  const gaps = await page.evaluate(() =>
    [...document.querySelectorAll('.workspace .panel > .said')].map((said) => getComputedStyle(said).position),
  )
  expect(gaps.length).toBeGreaterThan(0)
  expect(new Set(gaps)).toEqual(new Set(['absolute']))
})

test('a fault', async () => {
  await launch('set up', { DBUS_SESSION_BUS_ADDRESS: 'disabled:' })
  await expect(page.getByRole('alert')).toBeVisible()
  await expectHolds(page, 'fault')
})
