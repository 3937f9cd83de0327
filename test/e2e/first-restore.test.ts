// From the first screen to a restored station, in the real window: refusals in plain words, then an administrator confirms the people.
import fs from 'node:fs'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { makeBackup } from '../../src/station/backup.ts'
import { createKeytarKeychain } from '../../src/station/keytar-keychain.ts'
import { machineClock } from '../../src/station/machine-clock.ts'
import { openStation } from '../../src/station/open-station.ts'
import { findBarriers } from '../support/axe.ts'
import { runCli } from '../support/cli-run.ts'
import { ada, lock, place, signedInAs, typeCode, whatHappened } from '../support/flows.ts'
import { removeEntry, writeEntry } from '../support/keyring.ts'
import { Phone } from '../support/phone.ts'
import { type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, newDataFolder, type StationApp, serviceOf } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial', timeout: 240_000 })
const passphrase = 'correct horse battery staple'

let prepared: Prepared
let station: StationApp
let page: Page
let folder = ''
let file = ''

test.beforeAll(async () => {
  prepared = await prepareStation()
  file = path.join(newDataFolder(), 'ward7.age')
  await backUp(prepared.folder)
  folder = newDataFolder()
  station = await launchStation({ folder })
  page = station.page
})
test.afterAll(async () => station?.close())

async function backUp(dataFolder: string): Promise<void> {
  const keychain = createKeytarKeychain(serviceOf(dataFolder))
  const parts = { dataFolder, keychain, clock: machineClock(), appVersion: '0.0.0', sqliteBinding: undefined }
  const result = await openStation(parts)
  if (result.kind !== 'opened') throw new Error(JSON.stringify(result))
  expect(await makeBackup(parts, result.opened.station, file, passphrase)).toMatchObject({ ok: true })
  result.opened.db.close()
}

/** The system's own dialog belongs to no test: main is told what a person would have chosen in it. */
const choose = async (filePath: string) => {
  await station.app.evaluate(({ dialog }, filePath) => {
    const filePaths = filePath === '' ? [] : [filePath]
    dialog.showOpenDialog = (async () => ({ canceled: filePath === '', filePaths })) as typeof dialog.showOpenDialog
  }, filePath)
  await page.getByRole('button', { name: /^Choose (the|another) file$/ }).click()
}
const button = (name: string) => page.getByRole('button', { name, exact: true })
const chosen = () => page.getByRole('status', { name: 'Backup file' })
async function restore(word: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Passphrase of the backup' }).fill(word)
  await button('Restore').click()
}

test('the first screen offers it beside the set-up, and keeps what was typed', async () => {
  await expect(page.getByRole('heading', { name: 'Set up this workstation' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Location' }).fill(place.location)
  await button('Restore from a backup').press('Enter')
  await expect(page.getByRole('heading', { name: 'Restore from a backup' })).toBeVisible()
  expect(await findBarriers(page)).toEqual([])
  await expect(button('Restore')).toBeDisabled()
  await button('Back').press('Enter')
  await expect(page.getByRole('textbox', { name: 'Location' })).toHaveValue(place.location)
  expect(await findBarriers(page)).toEqual([])
})

test('a file is chosen in main, and only its name comes to the window', async () => {
  await button('Restore from a backup').click()
  await choose('')
  await expect(chosen()).toHaveText('No file chosen yet.')
  await choose(path.dirname(file))
  await expect(whatHappened(page)).toHaveText('This file cannot be read. Choose another.')
  await expect(button('Restore')).toBeDisabled()
  await choose(file)
  await expect(chosen()).toHaveText('ward7.age')
  await expect(whatHappened(page)).toHaveText('')
  expect(await page.content()).not.toContain(path.dirname(file))
  // A dialog that is closed again changes nothing.
  await choose('')
  await expect(chosen()).toHaveText('ward7.age')
})

test('what can not be restored is said in plain words, and nothing of it stays', async () => {
  await restore('wrong horse battery staple')
  await expect(whatHappened(page)).toHaveText(/^This passphrase does not open the backup/, { timeout: 60_000 })
  await expect(page.getByRole('textbox', { name: 'Passphrase of the backup' })).toHaveValue('')
  expect(await findBarriers(page)).toEqual([])

  const notes = path.join(path.dirname(file), 'notes.age')
  fs.writeFileSync(notes, 'no backup at all')
  await choose(notes)
  await restore(passphrase)
  await expect(whatHappened(page)).toHaveText('This file is not a backup of a workstation.')

  await choose(file)
  await writeEntry(folder, 'root-key', 'of another station')
  await restore(passphrase)
  await expect(whatHappened(page)).toHaveText(/already holds the key of a workstation/)
  await removeEntry(folder, 'root-key')
  expect(fs.readdirSync(folder).filter((name) => /station\.db|restore-|\.jsonl/.test(name))).toEqual([])
})

test('whoever thinks better of it cancels, and it is as if it had not begun', async () => {
  await restore(passphrase)
  await button('Cancel').press('Enter')
  await expect(whatHappened(page)).toHaveText('The restore was stopped. Nothing was kept.', { timeout: 60_000 })
  await expect(button('Back')).toBeFocused()
  expect(fs.readdirSync(folder).filter((name) => /station\.db|restore-|\.jsonl/.test(name))).toEqual([])
  expect(await findBarriers(page)).toEqual([])
})

test('the right one shows how far it is, and opens as the station from before', async () => {
  await restore(passphrase)
  await expect(page.getByRole('progressbar', { name: 'Restoring' })).toBeVisible()
  await expect(page.getByRole('heading', { name: place.name })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('Restored. An administrator must confirm the people first.')).toBeVisible()
  expect(await findBarriers(page)).toEqual([])
})

test('an administrator signs in, once the steps of the restore are over, and confirms the people', async () => {
  const phone = new Phone(prepared.setupKey)
  await expect(async () => {
    await typeCode(page, ada.staffId, await phone.nextCode())
    await expect(signedInAs(page, ada.name)).toBeVisible({ timeout: 3000 })
  }).toPass({ timeout: 180_000 })
  // True also of whoever never had any, such as somebody new from a hub.
  await expect(page.getByText(/^There are no recovery codes on this screen\. Make some now/)).toBeVisible()
  await button('Show new codes').click()
  await page.getByRole('checkbox', { name: 'I have stored these codes' }).press('Space')
  await button('Finish').click()
  await expect(page.getByRole('heading', { name: 'Confirm the people' })).toBeVisible()
  await button('These people are right').click()
  await expect(page.getByRole('heading', { name: 'Your workspace' })).toBeVisible()
  await lock(page)
  await expect(page.getByText('Restored. An administrator')).toHaveCount(0)
  expect(await runCli(folder, 'audit', 'verify')).toMatchObject({ status: 0 })
})
