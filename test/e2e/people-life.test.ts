// A person's life at the station: from a file to a first login, past a lost phone, to a revocation that locks them out.
import fs from 'node:fs'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { runCli } from '../support/cli-run.ts'
import { ada, bola, type Enrolled, enroll, lock, signedInAs, typeCode, unlock, whatHappened } from '../support/flows.ts'
import { administratorOf, prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

let folder = ''
let station: StationApp
let page: Page
let administrator: Enrolled
let lost: Enrolled
let found: Enrolled

test.beforeAll(async () => {
  const prepared = await prepareStation()
  folder = prepared.folder
  station = await launchStation({ folder, ownTime: true })
  page = station.page
  administrator = administratorOf(prepared)
})
test.afterAll(async () => {
  await station.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

async function openPeople(): Promise<void> {
  await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'People' }).click()
  await expect(page.getByRole('heading', { name: 'People', exact: true })).toBeVisible()
}

async function openPerson(name: string): Promise<void> {
  await openPeople()
  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible()
}

test('a file with a bad line is shown line by line, and adds nobody', async () => {
  await unlock(page, ada, administrator.phone)
  await openPeople()
  await page.getByRole('link', { name: 'Import' }).click()
  const file = path.join(folder, 'bad.csv')
  fs.writeFileSync(file, 'staff_id,name,roles\nN2044,Bola Adeyemi,staff\nN2044,Somebody Else,boss\n')
  await page.getByLabel('CSV file').setInputFiles(file)
  const lines = page.getByRole('list', { name: 'Lines to put right' }).getByRole('listitem')
  await expect(lines).toHaveCount(2)
  await expect(lines.first()).toContainText('Line 3')
  await expect(page.getByRole('button', { name: /^Add \d/ })).toHaveCount(0)
})

test('a good one adds all of them, and the first code of one proves their phone', async () => {
  const file = path.join(folder, 'people.csv')
  fs.writeFileSync(file, 'staff_id,name,roles\nN2044,Bola Adeyemi,staff\nN2107,Carmen Ruiz,supervisor\n')
  await page.getByLabel('CSV file').setInputFiles(file)
  await expect(page.getByText('2 people can be added.')).toBeVisible()
  await page.getByRole('button', { name: 'Add 2 people' }).click()
  await expect(page.getByRole('row')).toHaveCount(4)
  await page.getByRole('button', { name: 'Enroll phone for Bola Adeyemi' }).click()
  lost = await enroll(page)
  await lock(page)
  await unlock(page, bola, lost.phone)
  await lock(page)
})

test('a recovery code gets past the lost phone, and the new phone ends the old one', async () => {
  await page.getByRole('button', { name: 'Other ways in' }).click()
  await page.getByRole('textbox', { name: 'Staff ID' }).fill(bola.staffId)
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(lost.recoveryCodes[0] ?? '')
  await page.getByRole('button', { name: 'Unlock' }).click()
  await expect(signedInAs(page, bola.name)).toBeVisible()
  await lock(page)
  await unlock(page, ada, administrator.phone)
  await openPerson(bola.name)
  await page.getByRole('button', { name: 'Enroll a new phone' }).click()
  await page.getByRole('textbox', { name: 'Reason' }).fill('the old one was lost')
  await page.getByRole('button', { name: 'Enroll a new phone' }).click()
  found = await enroll(page)
  await lock(page)
  await typeCode(page, bola.staffId, await lost.phone.nextCode())
  await expect(whatHappened(page)).toHaveText('That code did not match. Wait for the next one.')
  await unlock(page, bola, found.phone)
})

test('suspending them from the command line locks their open session within a second', async () => {
  const code = await administrator.phone.nextCode()
  const args = ['--as', ada.staffId, '--code', code, '--reason', 'an investigation', '--json']
  const done = await runCli(folder, 'people', 'suspend', bola.staffId, ...args)
  expect(done).toMatchObject({ status: 0, json: { ok: true, status: 'suspended' } })
  await expect(page.getByRole('textbox', { name: 'Staff ID' })).toBeVisible({ timeout: 1_000 })
  await expect(whatHappened(page)).toHaveText('This sign-in was ended by an administrator.')
  await typeCode(page, bola.staffId, await found.phone.nextCode())
  await expect(whatHappened(page)).toHaveText('This account is suspended. Ask your supervisor.')
})

test('marking them as left in the window needs a reason, and ends all they had', async () => {
  await unlock(page, ada, administrator.phone)
  await openPerson(bola.name)
  await page.getByRole('button', { name: 'Mark as left' }).click()
  await expect(page.getByText(/Every way of Bola Adeyemi to sign in ends now/)).toBeVisible()
  await page.getByRole('button', { name: 'Mark as left' }).click()
  await expect(page.getByText('Say why, in a few words. It goes into the log.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Reason' }).fill('moved to another hospital')
  await page.getByRole('button', { name: 'Mark as left' }).click()
  await expect(page.getByText('N2044 · Left')).toBeVisible()
  const ways = page.getByRole('list', { name: 'Ways to sign in' })
  await expect(ways.getByRole('button', { name: 'Revoke' })).toHaveCount(0)
  await lock(page)
  const { status } = await runCli(folder, 'audit', 'verify')
  expect(status).toBe(0)
})
