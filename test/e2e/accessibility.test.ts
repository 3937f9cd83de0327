// Everybody can use the station: axe finds nothing on any screen in any theme, and each control has the name it promised.
import fs from 'node:fs'
import path from 'node:path'
import { type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { expectNames, expectNoBarrier } from '../support/axe.ts'
import { call } from '../support/bridge.ts'
import {
  ada,
  bola,
  type Enrolled,
  enroll,
  fillFirstRun,
  lock,
  place,
  signedInAs,
  typeCode,
  whatHappened,
} from '../support/flows.ts'
import { launchStation, newDataFolder, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

const folder = newDataFolder()
let station: StationApp
let app: ElectronApplication
let page: Page
let administrator: Enrolled
let nurse: Enrolled

test.beforeAll(async () => {
  station = await launchStation({ folder, ownTime: true })
  app = station.app
  page = station.page
})
test.afterAll(async () => station.close())

const button = (name: string) => page.getByRole('button', { name, exact: true })
const textbox = (name: string) => page.getByRole('textbox', { name, exact: true })
async function recover(who: typeof ada, code = ''): Promise<void> {
  expect(await call(page, 'submitRecoveryCode', { staffId: who.staffId, code })).toMatchObject({ ok: true })
  await expect(signedInAs(page, who.name)).toBeVisible()
}

test('first run, and what it says of empty fields', async () => {
  await expectNames(page, [
    ['heading', 'Set up this workstation'],
    ['textbox', 'Workstation name'],
    ['textbox', 'Location'],
    ['textbox', 'Administrator name'],
    ['textbox', 'Administrator staff ID'],
    ['button', 'Continue'],
  ])
  await expectNoBarrier(page, 'first run')
  await button('Continue').click()
  const first = textbox('Workstation name')
  await expect(first).toHaveAttribute('aria-invalid', 'true')
  await expect(first).toHaveAccessibleDescription('Type a name for this workstation.')
  await expect(first, 'the first that is wrong').toBeFocused()
  await expectNoBarrier(page, 'first run with errors')
})

test('an offer, a wrong code, and its end', async () => {
  await fillFirstRun(page)
  await expectNames(page, [
    ['img', 'Enrollment QR code'],
    ['textbox', 'Setup key'],
    ['textbox', 'Code from the phone'],
    ['button', 'Confirm'],
    ['timer', 'Time left'],
  ])
  await expect(textbox('Setup key')).toHaveAttribute('readonly')
  await expectNoBarrier(page, 'offer')
  const code = textbox('Code from the phone')
  await code.fill('111111')
  await expect(code).toHaveAccessibleDescription(/That code did not match/)
  await expectNoBarrier(page, 'offer with a wrong code')
  for (const wrong of ['222222', '333333', '444444']) {
    await code.fill(wrong)
    await expect(code).toHaveValue('')
  }
  await code.fill('555555')
  await expect(page.getByText('This code is no longer valid.')).toBeVisible()
  await expectNoBarrier(page, 'offer that has ended')
  await button('Make a new code').click()
})

test('recovery codes', async () => {
  administrator = await enroll(page, async () => {
    await expectNames(page, [
      ['list', 'Recovery codes'],
      ['checkbox', 'I have stored these codes'],
      ['button', 'Finish'],
    ])
    await expect(page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')).toHaveCount(10)
    await expectNoBarrier(page, 'recovery codes')
  })
})

test('the lock screen: codes, letters, other ways in, languages', async () => {
  await expect(page.getByRole('heading', { name: place.name, exact: true })).toBeVisible()
  await expect(page.getByText(place.location, { exact: true })).toBeVisible()
  await expectNames(page, [
    ['img', 'Login QR code'],
    ['timer', 'New code in'],
    ['textbox', 'Staff ID'],
    ['textbox', 'One-time code'],
    ['button', 'Unlock'],
    ['button', 'Other ways in'],
    ['status', 'What happened'],
  ])
  await expectNoBarrier(page, 'locked')
  await button('ABC').click()
  await expectNoBarrier(page, 'locked, letters')
  await button('Other ways in').click()
  await expectNames(page, [
    ['textbox', 'Staff ID'],
    ['textbox', 'Recovery code'],
    ['button', 'Unlock'],
    ['status', 'What happened'],
  ])
  await expectNoBarrier(page, 'other ways in')
  await button('Back').click()
  await button('Language').click()
  await expect(page.getByRole('menu', { name: 'Language' })).toBeVisible()
  await expectNoBarrier(page, 'languages')
  await page.keyboard.press('Escape')
})

test('a wrong code, and a login code that rests', async () => {
  await page.reload()
  await typeCode(page, 'N9999', '123456')
  await expect(whatHappened(page)).toContainText('did not match')
  await expectNoBarrier(page, 'locked, wrong code')
  // After five minutes without anybody; here main is made to say so at once.
  const screen = await call(page, 'readScreen', {})
  if (screen.kind !== 'locked') throw new Error(screen.kind)
  const resting = { ...screen, challenge: { state: 'resting' } }
  await app.evaluate(
    ({ BrowserWindow }, state) => BrowserWindow.getAllWindows()[0]?.webContents.send('wardkey:screen', state),
    resting,
  )
  await expect(button('Touch for a code')).toBeVisible()
  await expectNoBarrier(page, 'resting')
})

test('the session of an administrator, with the warning before it locks', async () => {
  await recover(ada, administrator.recoveryCodes[0])
  await expectNames(page, [
    ['heading', `Signed in as ${ada.name}`],
    ['button', 'Lock'],
    ['timer', 'Locks in'],
    ['navigation', 'Administration'],
    ['link', 'People'],
  ])
  await expectNoBarrier(page, 'session of an administrator')
  // Nearly five minutes later, for the window alone.
  await page.evaluate(() => {
    const { now } = Date
    Date.now = () => now() + 285_000
  })
  await expect(page.getByRole('alert')).toHaveText('This workstation locks soon.')
  await expect(button('Stay signed in')).toBeVisible()
  await expectNoBarrier(page, 'session with the warning')
  await page.reload()
})

test('people: the list, nobody found, somebody added', async () => {
  await page.getByRole('link', { name: 'People' }).click()
  await expectNames(page, [
    ['heading', 'People'],
    ['searchbox', 'Name or staff ID'],
    ['button', 'Add person'],
  ])
  await expect(page.getByRole('row')).toHaveCount(2)
  await expectNoBarrier(page, 'people')
  await page.getByRole('searchbox').fill('nobody at all')
  await expect(page.getByText('Nobody matches.')).toBeVisible()
  await expectNoBarrier(page, 'people, nobody found')
  await button('Add person').click()
  await button('Add').click()
  await expect(textbox('Name')).toHaveAccessibleDescription('Type the name of the person.')
  await expectNoBarrier(page, 'add person, with errors')
  await textbox('Name').fill(bola.name)
  await textbox('Staff ID').fill(bola.staffId)
  await button('Add').click()
  nurse = await enroll(page)
  await expect(page.getByRole('row')).toHaveCount(3)
  await expectNoBarrier(page, 'people, two of them')
})

test('one person, a reason asked for, a fresh code asked for', async () => {
  await page.getByRole('link', { name: bola.name }).click()
  await expect(page.getByRole('heading', { name: bola.name })).toBeVisible()
  await expectNoBarrier(page, 'a person')
  await button('Suspend').click()
  await button('Suspend').click()
  await expect(textbox('Reason')).toHaveAttribute('aria-invalid', 'true')
  await expectNoBarrier(page, 'a reason is missing')
  await textbox('Reason').fill('an investigation')
  // The last proof is too old six minutes on, while the session still goes on.
  const later = (minutes: number) =>
    app.evaluate((_electron, ms) => {
      const shared = globalThis as unknown as { realNow?: () => number }
      shared.realNow ??= Date.now
      const { realNow } = shared
      Date.now = () => realNow() + ms
    }, minutes * 60_000)
  await later(4)
  await call(page, 'reportActivity', {})
  await later(6)
  await button('Suspend').click()
  await expect(page.getByRole('heading', { name: 'A fresh code, please' })).toBeVisible()
  await expectNoBarrier(page, 'a fresh code is asked for')
  await later(0)
})

test('people from a file, and its lines to put right', async () => {
  await page.getByRole('link', { name: 'People' }).first().click()
  await page.getByRole('link', { name: 'Import' }).click()
  await expectNoBarrier(page, 'import')
  const file = path.join(folder, 'people.csv')
  fs.writeFileSync(file, 'staff_id,name,roles\nN2107,Carmen Ruiz,boss\n')
  await page.getByLabel('CSV file').setInputFiles(file)
  await expect(page.getByRole('list', { name: 'Lines to put right' })).toBeVisible()
  await expectNoBarrier(page, 'import with problems')
  const better = path.join(folder, 'better.csv')
  fs.writeFileSync(better, 'staff_id,name,roles\nN2107,Carmen Ruiz,staff\n')
  await page.getByLabel('CSV file').setInputFiles(better)
  await expect(page.getByText('1 person can be added.')).toBeVisible()
  await expectNoBarrier(page, 'import that is ready')
  await lock(page)
})

test('the session of a member of staff', async () => {
  await recover(bola, nurse.recoveryCodes[0])
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await expectNoBarrier(page, 'session of staff')
  await lock(page)
})

test('a failure', async () => {
  await station.close()
  station = await launchStation({ folder, env: { DBUS_SESSION_BUS_ADDRESS: 'disabled:' } })
  page = station.page
  await expect(page.getByRole('alert')).toHaveText('There is no keychain')
  await expectNoBarrier(page, 'failure')
})
