// What an old proof no longer opens: a new code on an enrollment that was left open. And a staff ID that can't be one.
import fs from 'node:fs'
import { expect, test } from '@playwright/test'
import { call } from '../support/bridge.ts'
import { ada, bola, signedInAs, whatHappened } from '../support/flows.ts'
import { codeNow } from '../support/phone.ts'
import { setPolicy } from '../support/policy-row.ts'
import { type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'
import { passMs } from '../support/station-time.ts'

let prepared: Prepared
let station: StationApp
test.beforeAll(async () => {
  prepared = await prepareStation()
  await setPolicy(prepared.folder, { freshMs: 60_000 })
  station = await launchStation({ folder: prepared.folder, ownTime: true })
})
test.afterAll(async () => {
  await station.close()
  fs.rmSync(prepared.folder, { recursive: true, force: true })
})

test('a staff ID with a blank in it is said to be none, and nothing is sent', async () => {
  const { page } = station
  await page.getByRole('textbox', { name: 'Staff ID' }).fill('A 1001')
  await page.getByRole('textbox', { name: 'One-time code' }).fill('123456')
  await expect(whatHappened(page)).toHaveText('Use only letters, digits, dot, dash and underscore.')
  const log = fs.readFileSync(`${prepared.folder}/logs/station.log`, 'utf8')
  expect(log).not.toContain('call refused')
  await page.getByRole('textbox', { name: 'Staff ID' }).fill('')
})

test('a new code for an offer that has ended asks for a fresh proof, and goes on with it', async () => {
  const { page } = station
  const [code = ''] = prepared.recoveryCodes
  expect(await call(page, 'submitRecoveryCode', { staffId: ada.staffId, code })).toMatchObject({ ok: true })
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('button', { name: 'Add person' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(bola.name)
  await page.getByRole('textbox', { name: 'Staff ID' }).fill(bola.staffId)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const qr = page.getByRole('img', { name: 'Enrollment QR code' })
  await expect(qr).toBeVisible()
  const field = page.getByRole('textbox', { name: 'Code from the phone' })
  for (let tries = 1; tries <= 5; tries++) {
    await field.fill('000000')
    if (tries < 5) await expect(field).toHaveValue('')
  }
  await expect(page.getByText('This code is no longer valid.')).toBeVisible()
  await passMs(61_000)
  await page.getByRole('button', { name: 'Make a new code' }).click()
  await expect(page.getByRole('heading', { name: 'A fresh code, please' })).toBeVisible()
  await expect(qr).toHaveCount(0)
  await page.getByRole('textbox', { name: 'Your one-time code' }).fill(codeNow(prepared.setupKey))
  await expect(qr).toBeVisible()
})
