// The organisation's look in the running window: set, refused, seen around the code, and the code read off the pixels all the same.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { expectNoBarrier, findBarriers } from '../support/axe.ts'
import { ada, lock, unlock, whatHappened } from '../support/flows.ts'
import { expectHolds } from '../support/layout.ts'
import { Phone, readQr } from '../support/phone.ts'
import { pngOf } from '../support/png.ts'
import { type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

const shots = process.env.WARDKEY_SHOTS
let prepared: Prepared
let station: StationApp
let page: Page
let files: string
/** One for all of it: it never gives out a step twice. */
let phone: Phone

test.beforeAll(async () => {
  prepared = await prepareStation()
  phone = new Phone(prepared.setupKey)
  station = await launchStation({ ...prepared, env: { WARDKEY_PHONE_URL: 'https://phone.example.org' } })
  page = station.page
  files = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-logo-'))
})
test.afterAll(async () => {
  await station.close()
  fs.rmSync(prepared.folder, { recursive: true, force: true })
  fs.rmSync(files, { recursive: true, force: true })
})

const textbox = (name: string) => page.getByRole('textbox', { name, exact: true })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const code = () => page.getByRole('img', { name: 'Login QR code' })
const frame = () => page.locator('.brand-frame')

async function take(name: string): Promise<void> {
  if (shots) await page.screenshot({ path: path.join(shots, `${name}.png`) })
}

test('an administrator sets it, and a colour that can’t be read is refused with its ratio', async () => {
  await unlock(page, ada, phone)
  await page.getByRole('link', { name: 'Workstation' }).click()
  await page.getByRole('link', { name: 'Look of the lock screen' }).click()
  await expect(page.getByRole('heading', { name: 'Look of the lock screen' })).toBeVisible()
  await textbox('Name of the organisation').fill('St. Ida Hospital')
  await textbox('QR code, on white').fill('#8899aa')
  await expect(page.getByText('Only 2.9 to 1 on white. A camera needs 4.5 to 1: take a darker colour.')).toBeVisible()
  await expect(button('Save')).toBeDisabled()
  await textbox('QR code, on white').fill('00304')
  await expect(page.getByText('Type a colour as six digits, such as 00598a.')).toBeVisible()
  await textbox('QR code, on white').fill('003049')
  await textbox('Around the code').fill('#003049')
  await expect(page.getByText(/on the colour around the code/)).toBeVisible()
  await textbox('Words around the code').fill('#ffffff')
  await textbox('Buttons in the dark theme').fill('#ffb703')
  await textbox('Buttons in the light theme').fill('#9b2226')
  await expectNoBarrier(page, 'look of the lock screen')
  await expectHolds(page, 'look of the lock screen', true)
})

test('a logo is made as small as it may be; what is no picture is refused in words', async () => {
  const bad = path.join(files, 'logo.png')
  fs.writeFileSync(bad, '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  const logo = page.getByLabel('Logo', { exact: false }).first()
  await logo.setInputFiles(bad)
  await expect(page.getByText('No picture could be read from this file. Choose a PNG, JPEG or WebP.')).toBeVisible()
  const large = path.join(files, 'large.png')
  fs.writeFileSync(large, pngOf(1600, 400))
  await logo.setInputFiles(large)
  await expect(frame().locator('img')).toHaveJSProperty('naturalWidth', 640)
  await take('brand-form')
  await button('Save').click()
  await expect(whatHappened(page)).toHaveText('Saved.')
})

test('the lock screen has it around the code, never inside, and the code reads off the pixels', async () => {
  await lock(page)
  await expect(frame()).toContainText('St. Ida Hospital')
  await expect(page.locator('.top')).toContainText('St. Ida Hospital')
  await expect(frame().locator('img')).toHaveJSProperty('naturalHeight', 160)
  expect(
    await code()
      .locator('*')
      .evaluateAll((parts) => parts.map(({ tagName }) => tagName)),
  ).toEqual(['path', 'path'])
  expect(await code().locator('.modules').getAttribute('fill')).toBe('#003049')
  expect(readQr(await page.screenshot())).toMatch(/^HTTPS:\/\/PHONE\.EXAMPLE\.ORG\/#[A-Z2-7]{47}$/)
  await expect(button('Unlock')).toHaveCSS('background-color', 'rgb(255, 183, 3)')
  await take('brand-lock')
  await expectNoBarrier(page, 'branded lock screen')
  await expectHolds(page, 'branded lock screen')
})

test('high contrast draws the code black', async () => {
  await page.evaluate(() => {
    document.documentElement.dataset.theme = 'contrast'
  })
  await expect(code().locator('.modules')).toHaveCSS('fill', 'rgb(0, 0, 0)')
  await take('brand-contrast')
  await page.evaluate(() => {
    document.documentElement.dataset.theme = 'dark'
  })
})

test('brighter makes the code large and pure, by keyboard and by touch, with the typed way beside it', async () => {
  const before = (await code().boundingBox())?.width ?? 0
  await button('Brighter code').press('Enter')
  await expect(page.locator('.page')).toHaveCSS('background-color', 'rgb(255, 255, 255)')
  await expect(code().locator('.modules')).toHaveAttribute('fill', '#000000')
  expect((await code().boundingBox())?.width).toBeGreaterThan(before * 1.3)
  await expect(textbox('Staff ID')).toBeVisible()
  await expect(textbox('One-time code')).toBeVisible()
  expect(readQr(await page.screenshot())).toContain('HTTPS://PHONE.EXAMPLE.ORG/#')
  await take('brand-bright')
  expect(await findBarriers(page)).toEqual([])
  await expectHolds(page, 'lock screen, brighter')
  await page.evaluate(() => {
    document.documentElement.dataset.theme = 'contrast'
  })
  expect(await findBarriers(page)).toEqual([])
  await page.evaluate(() => {
    document.documentElement.dataset.theme = 'dark'
  })
  await button('Normal brightness').click()
  await expect(page.locator('.page')).not.toHaveCSS('background-color', 'rgb(255, 255, 255)')
})

test('taken back, the station looks as before', async () => {
  await unlock(page, ada, phone)
  await page.getByRole('link', { name: 'Workstation' }).click()
  await page.getByRole('link', { name: 'Look of the lock screen' }).click()
  await expect(textbox('Name of the organisation')).toHaveValue('St. Ida Hospital')
  await button('Back to the plain look').click()
  await expect(page.getByRole('heading', { name: 'Workstation' })).toBeVisible()
  await lock(page)
  await expect(frame()).toHaveCount(0)
  await expect(page.locator('.top')).toContainText('Wardkey')
})
