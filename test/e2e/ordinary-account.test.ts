// What only shows under an ordinary account: Chromium's sandbox at work, and a data folder that may not be written.
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { type Account, type AccountStation, familyOf, launchAs, openAccount } from '../support/account.ts'
import { call } from '../support/bridge.ts'
import { expectFailure } from '../support/closed.ts'
import { ada, type Enrolled, lock, setUpStation, signedInAs, unlock } from '../support/flows.ts'
import { PrivateBus } from '../support/keyring.ts'

test.describe.configure({ mode: 'serial' })

let account: Account
let bus: PrivateBus
let station: AccountStation
let page: Page
let administrator: Enrolled
let data = ''

const launch = async (folder: string) => {
  station = await launchAs(account, { ...bus.env, WARDKEY_DATA_DIR: folder, WARDKEY_KEYCHAIN_SERVICE: 'wardkey-test' })
  page = station.page
}
const mayWrite = (folder: string, rights: string) => execFileSync('chmod', ['-R', rights, folder])

test.beforeAll(async () => {
  account = openAccount()
  data = path.join(account.home, 'data')
  bus = await PrivateBus.open(account.as, account.newFolder('bus'))
  await bus.startKeyring()
})
test.afterAll(async () => {
  await bus?.close()
  account?.remove()
})
test.afterEach(async () => station?.close())

test('a whole first run, an unlock and a lock', async () => {
  await launch(data)
  administrator = await setUpStation(page)
  await unlock(page, ada, administrator.phone)
  await lock(page)
})

test('the window runs in Chromium’s sandbox', async () => {
  await launch(data)
  await expect(page.getByRole('img', { name: 'Login QR code' })).toBeVisible()
  const family = familyOf(station.pid)
  for (const { commandLine, status } of family) {
    expect(commandLine).not.toContain('--no-sandbox')
    expect(status.Uid?.split('\t')).not.toContain('0')
  }
  const renderers = family.filter(({ commandLine }) => commandLine.includes('--type=renderer'))
  expect(renderers.length).toBeGreaterThan(0)
  for (const { status } of renderers) {
    // 2: system calls pass a filter. No way to rights by a set-uid program, no rights beyond an account's own.
    expect(status).toMatchObject({ Seccomp: '2', NoNewPrivs: '1', CapEff: '0'.repeat(16) })
  }
})

test('a data folder that may not be written keeps the station locked, until it may', async () => {
  mayWrite(data, 'a-w')
  await launch(data)
  await expectFailure(page, 'data-readonly')
  await expect(page.getByRole('textbox')).toHaveCount(0)
  const [code = '', other = ''] = administrator.recoveryCodes
  const { staffId } = ada
  expect(await call(page, 'submitRecoveryCode', { staffId, code })).toEqual({ ok: false, reason: 'not-now' })
  mayWrite(data, 'u+w')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('img', { name: 'Login QR code' })).toBeVisible()
  expect(await call(page, 'submitRecoveryCode', { staffId, code: other })).toMatchObject({ ok: true })
  await expect(signedInAs(page, ada.name)).toBeVisible()
})

test('a data folder that can’t be made says so as well', async () => {
  const parent = account.newFolder('closed')
  mayWrite(parent, 'a-w')
  await launch(path.join(parent, 'data'))
  await expectFailure(page, 'data-readonly')
})
