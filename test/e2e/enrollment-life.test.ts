// Enrollment by roles at the station: a supervisor, a move to a new phone, and an offer withdrawn while it is on the screen.
import fs from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { findBarriers } from '../support/axe.ts'
import { call } from '../support/bridge.ts'
import { runCli } from '../support/cli-run.ts'
import { ada, bola, type Enrolled, enroll, lock, typeCode, unlock, whatHappened } from '../support/flows.ts'
import { administratorOf, prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

let folder = ''
const carmen = { name: 'Carmen Ruiz', staffId: 'N2107' }
let station: StationApp
let page: Page
let administrator: Enrolled
let supervisor: Enrolled
let nurse: Enrolled

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

const navigation = () => page.getByRole('navigation', { name: 'Administration' })
async function openArea(name: string): Promise<void> {
  await navigation().getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { name, exact: true, level: 2 })).toBeVisible()
}

test('an administrator enrolls a supervisor', async () => {
  await unlock(page, ada, administrator.phone)
  for (const [who, role] of [
    [carmen, 'supervisor'],
    [bola, 'staff'],
  ] as const) {
    const person = { displayName: who.name, staffId: who.staffId, roles: [role] }
    expect(await call(page, 'addPerson', person)).toMatchObject({ ok: true })
  }
  await openArea('People')
  await page.getByRole('button', { name: `Enroll phone for ${carmen.name}` }).click()
  supervisor = await enroll(page)
  await lock(page)
})

test('a supervisor sees people and changes nothing, enrolls a nurse and not an administrator', async () => {
  await unlock(page, carmen, supervisor.phone)
  await openArea('People')
  await expect(page.getByRole('button', { name: 'Add person' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Import' })).toHaveCount(0)
  await page.getByRole('link', { name: ada.name }).click()
  await expect(page.getByText('A1001 · Active')).toBeVisible()
  for (const name of ['Enroll a new phone', 'Enroll phone', 'Revoke', 'Suspend', 'Mark as left', 'Save'])
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0)
  await openArea('People')
  await page.getByRole('button', { name: 'No phone 1' }).click()
  await expect(page.getByRole('row')).toHaveCount(2)
  await page.getByRole('button', { name: `Enroll phone for ${bola.name}` }).click()
  nurse = await enroll(page)
  await lock(page)
})

test('a nurse moves to a new phone with a code of the old one, which ends', async () => {
  await unlock(page, bola, nurse.phone)
  await page.getByRole('button', { name: 'Move to a new phone' }).click()
  const old = page.getByRole('textbox', { name: 'Code from the phone you use now' })
  await old.fill(await nurse.phone.nextCode())
  const moved = await enroll(page)
  await expect(whatHappened(page)).toHaveText('Wait for the next code.')
  await typeCode(page, bola.staffId, await nurse.phone.nextCode())
  await expect(whatHappened(page)).toHaveText('That code did not match. Wait for the next one.')
  nurse = moved
  await unlock(page, bola, nurse.phone)
  await expect(navigation()).toHaveCount(0)
  await lock(page)
})

test('an offer from the command line waits in Credentials, and is withdrawn while it is on the screen', async () => {
  const why = ['--reason', 'the phone broke', '--json']
  const as = async () => ['--as', ada.staffId, '--code', await administrator.phone.nextCode()]
  const made = await runCli(folder, 'offers', 'create', bola.staffId, ...(await as()), ...why)
  expect(made).toMatchObject({ status: 0, json: { ok: true } })
  expect(made.text).not.toMatch(/otpauth|[A-Z2-7]{32}/)
  const offer = String(made.json.offer)
  await unlock(page, carmen, supervisor.phone)
  await openArea('Credentials')
  const waiting = page.getByRole('list', { name: 'Open enrollments' }).getByRole('listitem')
  await expect(waiting).toContainText('the phone broke')
  expect(await findBarriers(page)).toEqual([])
  await waiting.getByRole('button', { name: 'Show the code' }).click()
  await expect(page.getByRole('img', { name: 'Enrollment QR code' })).toBeVisible()
  const setupKey = (await page.getByRole('textbox', { name: 'Setup key' }).inputValue()).replaceAll(' ', '')
  const withdrawn = await runCli(
    folder,
    'offers',
    'withdraw',
    offer,
    ...(await as()),
    '--reason',
    'a mistake',
    '--json',
  )
  expect(withdrawn).toMatchObject({ status: 0 })
  await expect(page.getByText('This code was withdrawn.')).toBeVisible({ timeout: 1_000 })
  await expect(page.getByRole('img', { name: 'Enrollment QR code' })).toHaveCount(0)
  expect(await page.content()).not.toContain(setupKey)
  await page.getByRole('button', { name: 'Cancel' }).click()
  const audited = await runCli(folder, 'offers', 'audit', bola.staffId)
  for (const word of [/made, by A1001/, /shown, by N2107/, /ended, by A1001, withdrawn, "a mistake"/])
    expect(audited.text).toMatch(word)
  expect(await runCli(folder, 'audit', 'verify')).toMatchObject({ status: 0 })
})

test('a code that nobody touches hides, and is on no paper', async () => {
  await openArea('People')
  await page.getByRole('link', { name: bola.name }).click()
  await page.getByRole('button', { name: 'Enroll a new phone' }).click()
  await page.getByRole('textbox', { name: 'Reason' }).fill('the old one broke')
  await page.clock.install()
  await page.getByRole('button', { name: 'Enroll a new phone' }).click()
  const qr = page.getByRole('img', { name: 'Enrollment QR code' })
  await expect(qr).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(qr).toBeHidden()
  await expect(page.getByRole('textbox', { name: 'Setup key' })).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
  await expect(qr).toBeVisible()
  await page.clock.fastForward(61_000)
  await expect(page.getByRole('button', { name: 'Touch to show' })).toBeVisible()
  await expect(qr).toHaveCount(0)
  await expect(page.getByRole('textbox', { name: 'Setup key' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Touch to show' }).click()
  await expect(qr).toBeVisible()
})
