// The Workstation area, a backup from its window, and the first screens of the station that is restored from it.
import fs from 'node:fs'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { createKeytarKeychain } from '../../src/station/keytar-keychain.ts'
import { restoreBackup } from '../../src/station/restore.ts'
import { findBarriers } from '../support/axe.ts'
import { runCli } from '../support/cli-run.ts'
import { ada, lock, place, signedInAs, typeCode, unlock, whatHappened } from '../support/flows.ts'
import { Phone } from '../support/phone.ts'
import { type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, newDataFolder, type StationApp, serviceOf } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })
const passphrase = 'correct horse battery staple'

let prepared: Prepared
let station: StationApp
let page: Page
let phone: Phone
let file = ''

test.beforeAll(async () => {
  prepared = await prepareStation()
  station = await launchStation({ ...prepared, ownTime: true })
  page = station.page
  phone = new Phone(prepared.setupKey)
  file = path.join(newDataFolder(), 'backup.age')
})
test.afterAll(async () => station?.close())

/** The system's own dialog belongs to no test: main is told what a person would have chosen in it. */
const choose = (filePath: string) =>
  station.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = (async () => ({ canceled: filePath === '', filePath })) as typeof dialog.showSaveDialog
  }, filePath)

async function typePassphrase(word: string, again = word): Promise<void> {
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(word)
  await page.getByRole('textbox', { name: 'Passphrase again' }).fill(again)
}
const make = () => page.getByRole('button', { name: 'Make a backup' }).click()

test('the workstation says how it does, each with a word and what to do next', async () => {
  await unlock(page, ada, phone)
  await page.getByRole('link', { name: 'Workstation' }).click()
  await expect(page.getByRole('heading', { name: 'Workstation', exact: true })).toBeVisible()
  const items = page.getByRole('list', { name: 'Health' }).getByRole('listitem')
  await expect(items).toHaveCount(7)
  await expect(items.filter({ hasText: 'Keychain' }).first()).toContainText('Good')
  const backup = items.filter({ hasText: 'There is none yet.' })
  await expect(backup).toContainText('Look')
  await expect(backup).toContainText('Make one below.')
  expect(await findBarriers(page)).toEqual([])
})

test('its place is changed, with what was there before on record', async () => {
  await page.getByRole('textbox', { name: 'Group' }).fill('wards')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(async () => (await runCli(prepared.folder, 'audit', 'export')).text)
    .toContain('"details":{"groupAfter":"wards","groupBefore":""}')
})

test('a backup wants a strong passphrase twice, and a file', async () => {
  await typePassphrase('short')
  await expect(page.getByRole('button', { name: 'Make a backup' })).toBeDisabled()
  await expect(page.getByText('Too weak')).toBeVisible()
  await typePassphrase(passphrase, `${passphrase}.`)
  await make()
  await expect(page.getByText('The two passphrases differ.')).toBeVisible()
  await choose('')
  await typePassphrase(passphrase)
  await make()
  await expect(page.getByRole('status', { name: 'Backup' })).toHaveText('No file was chosen.')
})

test('a backup is made, and its digest is shown and on record', async () => {
  await choose(file)
  await typePassphrase(passphrase)
  await make()
  await expect(page.getByRole('status', { name: 'Backup' })).toHaveText(/The backup is made/, { timeout: 60_000 })
  const digest = await page.locator('.digest').textContent()
  expect(fs.readFileSync(file).subarray(0, 21).toString()).toBe('age-encryption.org/v1')
  const log = (await runCli(prepared.folder, 'audit', 'export')).text
  expect(log).toContain(digest ?? 'no digest')
  expect(log).not.toContain(path.dirname(file))
  await expect(page.getByText('It is less than a week old.')).toBeVisible()
  // What was typed does not stay on the screen.
  await expect(page.getByRole('textbox', { name: 'Passphrase', exact: true })).toHaveValue('')
  await lock(page)
})

test('what is restored from it shows an administrator the people first', async () => {
  const folder = path.join(newDataFolder(), 'restored')
  // A few minutes ago, so that the two steps without codes are over.
  const clock = { nowMs: () => Date.now() - 180_000, runningMs: () => performance.now() }
  const parts = { dataFolder: folder, clock, appVersion: '0.0.0', sqliteBinding: undefined }
  const keychain = createKeytarKeychain(serviceOf(folder))
  expect(await restoreBackup({ ...parts, keychain }, file, passphrase)).toMatchObject({ ok: true })
  await station.close()
  station = await launchStation({ folder, ownTime: true })
  page = station.page
  await expect(page.getByRole('heading', { name: place.name })).toBeVisible()
  await expect(page.getByText('Restored. An administrator must confirm the people first.')).toBeVisible()
  expect(await findBarriers(page)).toEqual([])

  await typeCode(page, ada.staffId, await phone.nextCode())
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await page.getByRole('button', { name: 'Show new codes' }).click()
  await expect(page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')).toHaveCount(10)
  await page.getByRole('checkbox', { name: 'I have stored these codes' }).press('Space')
  await page.getByRole('button', { name: 'Finish' }).click()
  await expect(page.getByRole('heading', { name: 'Confirm the people' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'People who could sign in' })).toContainText(ada.staffId)
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('button', { name: 'These people are right' }).click()
  await expect(page.getByRole('heading', { name: 'Your workspace' })).toBeVisible()
  await lock(page)
  await expect(page.getByText('Restored. An administrator')).toHaveCount(0)
  await expect(whatHappened(page)).toHaveText('')
  expect(await runCli(folder, 'audit', 'verify')).toMatchObject({ status: 0 })
})
