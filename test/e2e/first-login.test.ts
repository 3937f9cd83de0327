// From first run to an unlocked workstation and a log that proves it, with real input in the real runtime.
import { expect, type Page, test } from '@playwright/test'
import { decodeChallenge } from '../../src/core/challenge.ts'
import { runCli } from '../support/cli-run.ts'
import {
  ada,
  bola,
  type Enrolled,
  enroll,
  lock,
  pressRealKeys,
  setUpStation,
  signedInAs,
  typeCode,
  unlock,
  whatHappened,
} from '../support/flows.ts'
import { readQr } from '../support/phone.ts'
import { launchStation, newDataFolder, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

const folder = newDataFolder()
let station: StationApp
let page: Page
let administrator: Enrolled
let nurse: Enrolled
let usedCode = ''

test.beforeAll(async () => {
  station = await launchStation({ folder })
  page = station.page
})
test.afterAll(async () => station.close())

test('first run enrolls an administrator by the QR code on the screen', async () => {
  administrator = await setUpStation(page)
  expect(administrator.recoveryCodes).toHaveLength(10)
  expect(new Set(administrator.recoveryCodes).size).toBe(10)
  await expect(page.getByRole('heading', { name: 'Ward 7, bay 3' })).toBeVisible()
  await expect(page.getByText('Level 2, north wing')).toBeVisible()
  await expect(whatHappened(page)).toHaveText('Wait for the next code.')
})

test('the login QR code is bound to the station and carries no secret', async () => {
  const text = readQr(await page.screenshot())
  expect(text).toMatch(/^HTTPS:\/\/WARDKEY\.INVALID\/#[A-Z2-7]{47}$/)
  const challenge = decodeChallenge(text.split('#')[1] ?? '')
  expect(Math.abs((challenge?.issuedAtSeconds ?? 0) * 1000 - Date.now())).toBeLessThan(35_000)
  const { json } = await runCli(folder, 'status', '--json')
  expect(Buffer.from(challenge?.station ?? []).toString('hex')).toBe(json.number)
})

test('a code unlocks, and once', async () => {
  usedCode = await administrator.phone.nextCode()
  await typeCode(page, ada.staffId, usedCode)
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await expect(page.getByText(/since \d\d:\d\d, by one-time code/)).toBeVisible()
  await lock(page)
  await typeCode(page, ada.staffId, usedCode)
  await expect(whatHappened(page)).toHaveText('Wait for the next code.')
})

test('a wrong code says so, and the third in a row has to wait', async () => {
  for (const code of ['000000', '111111', '222222']) {
    await typeCode(page, 'N9999', code)
    await expect(whatHappened(page)).toHaveText('That code did not match. Wait for the next one.')
  }
  await typeCode(page, 'N9999', '333333')
  await expect(whatHappened(page)).toHaveText(/^Too many tries\. Wait \d+ seconds?\.$/)
})

test('a recovery code unlocks, once', async () => {
  const [code = ''] = administrator.recoveryCodes
  await page.getByRole('button', { name: 'Other ways in' }).click()
  const type = async () => {
    await page.getByRole('textbox', { name: 'Staff ID' }).fill(ada.staffId)
    await page.getByRole('textbox', { name: 'Recovery code' }).fill(code.toLowerCase())
    await page.getByRole('button', { name: 'Unlock' }).click()
  }
  await type()
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await expect(page.getByText(/by recovery code/).first()).toBeVisible()
  await lock(page)
  await page.getByRole('button', { name: 'Other ways in' }).click()
  await type()
  await expect(whatHappened(page)).toHaveText('That code did not match. Check it and try again.')
  await page.getByRole('button', { name: 'Back' }).click()
})

test('the administrator adds a person, whose first code proves their phone', async () => {
  await unlock(page, ada, administrator.phone)
  await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'People' }).click()
  await page.getByRole('button', { name: 'Add person' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(bola.name)
  await page.getByRole('textbox', { name: 'Staff ID' }).fill(bola.staffId)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  nurse = await enroll(page)
  await expect(page.getByRole('row', { name: /Bola Adeyemi/ })).toContainText('Enrolled')
  await lock(page)
  await unlock(page, bola, nurse.phone)
  await expect(page.getByRole('navigation', { name: 'Administration' })).toHaveCount(0)
  await lock(page)
})

test('after a restart the used code stays used, and the next one unlocks', async () => {
  await station.close()
  station = await launchStation({ folder })
  page = station.page
  await typeCode(page, ada.staffId, usedCode)
  await expect(whatHappened(page)).toHaveText('Wait for the next code.')
  await unlock(page, bola, nurse.phone)
  await expect(page.getByRole('list', { name: 'Your last sign-ins here' }).getByRole('listitem')).not.toHaveCount(0)
  pressRealKeys('ctrl+l')
  await expect(page.getByRole('textbox', { name: 'Staff ID' })).toBeVisible()
})

test('audit verify finds the log complete and unchanged, beside the running station and after it', async () => {
  await expect
    .poll(async () => (await runCli(folder, 'audit', 'verify')).text)
    .toMatch(/^complete and unchanged, \d+ events\nanchored to this keychain$/)
  await expect(page.getByText(/^Log complete, \d+ entries$/)).toBeVisible()
})
