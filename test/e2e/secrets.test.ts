// Every flow once, and then no secret, code or key in any file that came of it: data, caches, log, outputs.
import fs from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import Database from 'better-sqlite3'
import { fromBase32 } from '../../src/core/base32.ts'
import { databaseFile } from '../../src/station/database.ts'
import { call } from '../support/bridge.ts'
import { ada, bola, type Enrolled, enroll, fillFirstRun, lock, signedInAs, whatHappened } from '../support/flows.ts'
import { codeNow } from '../support/phone.ts'
import { bytesSecret, stationSecrets, textSecret } from '../support/secret-scan.ts'
import { newDataFolder, type StationApp } from '../support/station-app.ts'
import { WatchedStation } from '../support/watched-station.ts'

test.describe.configure({ mode: 'serial' })

const watched = new WatchedStation(newDataFolder())
const { folder, secrets } = watched
const cli = (...args: string[]) => watched.cli(...args)
const typed = (code: string) => watched.typed(code)
const scanAll = () => watched.scan()
let station: StationApp
let page: Page
let administrator: Enrolled

async function open(env: Record<string, string> = {}): Promise<void> {
  station = await watched.open(env)
  page = station.page
}

function keepKey(name: string, setupKey: string): void {
  const plain = setupKey.replaceAll(' ', '')
  secrets.push(bytesSecret(`setup key, ${name}`, fromBase32(plain)), textSecret(`setup key as shown, ${name}`, plain))
}
function keepEnrolled(name: string, { setupKey, recoveryCodes }: Enrolled): void {
  keepKey(name, setupKey)
  // The code that confirmed it was one of these.
  for (const stepsLater of [-1, 0]) typed(codeNow(setupKey, stepsLater))
  for (const code of recoveryCodes) keepRecovery(name, code)
}
function keepRecovery(name: string, code: string): void {
  const plain = code.replaceAll('-', '')
  secrets.push(
    textSecret(`recovery code, ${name}`, plain),
    bytesSecret(`recovery code as bytes, ${name}`, fromBase32(plain)),
  )
}
const keySeen = () => page.getByRole('textbox', { name: 'Setup key' }).inputValue()
async function typeIn(staffId: string, code: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Staff ID' }).fill(staffId)
  await page.getByRole('textbox', { name: 'One-time code' }).fill(typed(code))
}
async function recover(staffId: string, code: string): Promise<void> {
  const other = page.getByRole('button', { name: 'Other ways in' })
  if (await other.isVisible()) await other.click()
  await page.getByRole('textbox', { name: 'Staff ID' }).fill(staffId)
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(code)
  await page.getByRole('button', { name: 'Unlock' }).click()
}

test('first run: an offer given up, one made anew, a wrong code, the right one', async () => {
  await open()
  await fillFirstRun(page)
  keepKey('given up', await keySeen())
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  keepKey('lost with its page', await keySeen())
  await page.reload()
  await page.getByRole('button', { name: 'Make a new code' }).click()
  await page.getByRole('textbox', { name: 'Code from the phone' }).fill(typed('738291'))
  await expect(page.getByText('That code did not match. Type the one the phone shows now.')).toBeVisible()
  administrator = await enroll(page, async () => {
    expect(await scanAll(), 'while the codes are on the screen').toEqual([])
  })
  keepEnrolled('administrator', administrator)
})

test('locked: the right code, the same again, wrong ones, codes in the wrong field, throttling', async () => {
  const { phone, recoveryCodes, setupKey } = administrator
  await page.reload()
  const code = await phone.nextCode()
  await typeIn(ada.staffId, code)
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await lock(page)
  await typeIn(ada.staffId, code)
  await expect(whatHappened(page)).toHaveText('Wait for the next code.')
  await typeIn(typed(codeNow(setupKey, 1)), '604172')
  await expect(whatHappened(page)).toContainText('did not match')
  for (const inTheWrongField of [recoveryCodes[8] ?? '', setupKey.slice(0, 32)]) {
    await typeIn(inTheWrongField, '519283')
    await expect(whatHappened(page)).toContainText('did not match')
  }
  for (const code of ['480163', '925817', '371946']) {
    await typeIn('N9999', code)
    await expect(whatHappened(page)).toContainText('did not match')
  }
  await typeIn('N9999', '846205')
  await expect(whatHappened(page)).toContainText('Too many tries')
  await recover(ada.staffId, 'QX4T-7MKW-ZB2E-H6RN')
  keepRecovery('wrong', 'QX4T-7MKW-ZB2E-H6RN')
  await expect(whatHappened(page)).toContainText('did not match')
  await recover(ada.staffId, recoveryCodes[0] ?? '')
  await expect(signedInAs(page, ada.name)).toBeVisible()
})

test('administration: a person, their phone, a file of people, a code for one action', async () => {
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('button', { name: 'Add person' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(bola.name)
  await page.getByRole('textbox', { name: 'Staff ID' }).fill(bola.staffId)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const nurse = await enroll(page)
  keepEnrolled('member of staff', nurse)
  expect(await call(page, 'stepUp', { code: typed('295618') })).toMatchObject({ reason: 'wrong-code' })
  const text = 'staff_id,name,roles\nN2107,Carmen Ruiz,supervisor\n'
  expect(await call(page, 'importPeople', { text })).toEqual({ ok: true, added: 1 })
  await page.getByRole('link', { name: bola.name }).click()
  await page.getByRole('button', { name: 'Enroll a new phone' }).click()
  await page.getByRole('textbox', { name: 'Reason' }).fill('phone lost')
  await page.getByRole('button', { name: 'Enroll a new phone' }).click()
  keepKey('second phone, given up', await keySeen())
  expect(await scanAll(), 'with a session and an offer open').toEqual([])
  await lock(page)
  await recover(bola.staffId, nurse.recoveryCodes[3] ?? '')
  await expect(signedInAs(page, bola.name)).toBeVisible()
})

test('a cut of the power in a session leaves a write-ahead log, and a restart goes on from it', async () => {
  expect(await scanAll(), 'before it').toEqual([])
  const gone = new Promise((resolve) => station.app.process().once('exit', resolve))
  station.app.process().kill('SIGKILL')
  await gone
  expect(fs.statSync(`${databaseFile(folder)}-wal`).size).toBeGreaterThan(0)
  expect(watched.look(), 'after it').toEqual([])
  await open()
  await recover(ada.staffId, administrator.recoveryCodes[1] ?? '')
  await expect(signedInAs(page, ada.name)).toBeVisible()
})

test('the command line, beside the station', async () => {
  expect(await cli('status')).toBe(0)
  expect(await cli('status', '--json')).toBe(0)
  expect(await cli('audit', 'verify')).toBe(0)
  expect(await cli('audit', 'checkpoint')).toBe(0)
  expect(await cli('audit', 'export')).toBe(0)
  expect(await cli('people', 'list', '--json')).toBe(0)
  expect(await cli('credentials', 'list', bola.staffId)).toBe(0)
  const approval = (code: string) => ['--as', ada.staffId, '--code', typed(code), '--reason', 'a test']
  // The right one first: three wrong ones in a row have to wait.
  expect(await cli('people', 'suspend', bola.staffId, ...approval(await administrator.phone.nextCode()))).toBe(0)
  expect(await cli('people', 'reinstate', bola.staffId, ...approval('163907'))).toBe(1)
  expect(await cli('nonsense')).toBe(2)
  await station.close()
})

test('screens of failure: no keychain, no key, edited data', async () => {
  const see = async (title: string, env: Record<string, string> = {}) => {
    await open(env)
    await expect(page.getByRole('heading', { name: title })).toBeVisible()
    await station.close()
  }
  await see('There is no keychain', { DBUS_SESSION_BUS_ADDRESS: 'disabled:' })
  await see('The key of this workstation is missing', { WARDKEY_KEYCHAIN_SERVICE: 'wardkey-e2e-nobody' })
  secrets.push(...(await stationSecrets(folder)))
  const db = new Database(databaseFile(folder))
  db.exec("UPDATE person SET display_name = 'Eve'")
  db.close()
  await see('The data was changed from outside')
  expect(await cli('audit', 'verify', '--json')).toBe(1)
})

test('no secret and no key is in any file', () => {
  const files = watched.files()
  const seen = (name: string) => files.some((file) => file.endsWith(name) && fs.statSync(file).size > 0)
  for (const name of [
    'station.db',
    'logs/station.log',
    'cli-audit-export.stdout',
    'cli-nonsense.stderr',
    'electron.stderr',
  ])
    expect(seen(name), name).toBe(true)
  expect(files.some((file) => file.includes('Local Storage'))).toBe(true)
  expect(secrets.length).toBeGreaterThan(60)
  expect(watched.look()).toEqual([])
})

test('no one-time code is in the log, in an event, in a row or on an output', () => {
  expect(watched.codes.length).toBeGreaterThan(12)
  const { lines, cells } = watched.texts()
  expect(lines.length).toBeGreaterThan(200)
  expect(cells.length).toBeGreaterThan(500)
  expect(watched.writtenCodes()).toEqual([])
})
