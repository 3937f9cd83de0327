// An envelope of emergency codes through a bad night: made, the keychain gone, in by a code, the keychain back, reviewed.
import fs from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { expectNames, expectNoBarrier } from '../support/axe.ts'
import { call } from '../support/bridge.ts'
import { expectFailure } from '../support/closed.ts'
import { ada, lock, place, signedInAs, typeCode, whatHappened } from '../support/flows.ts'
import { keptEntries, PrivateBus } from '../support/keyring.ts'
import { codeNow } from '../support/phone.ts'
import { setPolicy } from '../support/policy-row.ts'
import { type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'
import { codeBefore } from '../support/steps.ts'

test.describe.configure({ mode: 'serial' })

let prepared: Prepared
let bus: PrivateBus
let station: StationApp | null = null
let page: Page
let codes: string[] = []
const nora = { name: 'Nora Quist', reason: 'The pump needs its chart, no phone works.' }

test.beforeAll(async () => {
  prepared = await prepareStation()
  await setPolicy(prepared.folder, { breakGlass: true })
  bus = await PrivateBus.open()
  await bus.startKeyring()
  await bus.keep(prepared.folder, await keptEntries(prepared.folder))
})
test.afterAll(async () => {
  // Before the bus: a program whose bus goes away ends with it.
  await close()
  await bus.close()
  fs.rmSync(prepared.folder, { recursive: true, force: true })
})

async function close(): Promise<void> {
  await station?.close()
  station = null
}
async function launch(): Promise<void> {
  station = await launchStation({ folder: prepared.folder, env: bus.env, ownTime: true })
  page = station.page
}
const button = (name: string) => page.getByRole('button', { name, exact: true })
const textbox = (name: string) => page.getByRole('textbox', { name, exact: true })
const banner = () => page.getByRole('alert').filter({ hasText: 'EMERGENCY ACCESS: everything is on record' })

async function fillForm(code: string, name = nora.name, reason = nora.reason): Promise<void> {
  await textbox('Emergency code').fill(code)
  await textbox('Your name').fill(name)
  await textbox('Reason').fill(reason)
}

test('codes are made in Administration, shown once, on a sheet for the envelope', async () => {
  await launch()
  await button('Other ways in').click()
  await expect(button('Emergency access'), 'there are no codes yet').toHaveCount(0)
  await button('Back').click()
  await typeCode(page, ada.staffId, await codeBefore(prepared.setupKey))
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await page.getByRole('link', { name: 'Workstation' }).click()
  await page.getByRole('link', { name: 'Emergency access' }).click()
  await expect(page.getByText('There are no codes.')).toBeVisible()
  await expect(page.getByText('Policy allows emergency access now, for 15 minutes.')).toBeVisible()
  await expectNoBarrier(page, 'emergency access, no codes')
  await button('Make new codes').click()
  const list = page.getByRole('list', { name: 'Emergency codes' })
  await expect(list.getByRole('listitem')).toHaveCount(3)
  codes = await list.getByRole('listitem').allInnerTexts()
  for (const code of codes) expect(code).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){6}$/)
  const sheet = page.getByRole('region', { name: 'Sheet for the envelope' })
  await expect(sheet.getByText(place.name)).toBeVisible()
  await expect(button('Finish')).toBeDisabled()
  await expectNoBarrier(page, 'sheet')
  await page.emulateMedia({ media: 'print' })
  await expect(sheet).toBeVisible()
  for (const name of ['Print', 'Lock']) await expect(button(name), `${name} is not on paper`).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
  await page.getByRole('checkbox', { name: 'The sheet is in a sealed envelope' }).press('Space')
  await button('Finish').click()
  await expect(page.getByText(/^3 of 3 codes left, made/)).toBeVisible()
  expect(await page.content()).not.toContain(codes[0] ?? '')
  await lock(page)
  await button('Other ways in').click()
  await expect(button('Emergency access')).toBeVisible()
  await close()
})

test('without the keychain the station says so, and offers emergency access', async () => {
  await bus.stopKeyring()
  await launch()
  await expectFailure(page, 'no-keychain')
  await expectNoBarrier(page, 'failure with emergency access')
  await button('Emergency access').click()
  await expect(textbox('Emergency code')).toBeFocused()
  await expectNames(page, [
    ['heading', 'Emergency access'],
    ['textbox', 'Emergency code'],
    ['textbox', 'Your name'],
    ['textbox', 'Reason'],
    ['button', 'Open'],
    ['button', 'Back'],
  ])
  await expectNoBarrier(page, 'emergency access')
  await button('Open').click()
  await expect(textbox('Emergency code')).toBeFocused()
  await expect(textbox('Reason')).toHaveAccessibleDescription('Say in a few words why. It goes on record.')
  await expectNoBarrier(page, 'emergency access with errors')
})

test('a slip is named, a wrong code and a missing reason open nothing', async () => {
  const [code = ''] = codes
  await fillForm(`${code.startsWith('A') ? 'B' : 'A'}${code.slice(1)}`)
  await button('Open').click()
  await expect(whatHappened(page)).toHaveText(/^A letter or digit is not right/)
  // Right in its check, and of no station.
  await fillForm('AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA')
  await button('Open').click()
  await expect(whatHappened(page)).toHaveText(/^That code did not match/)
  await fillForm(code, nora.name, 'because')
  await button('Open').click()
  await expect(textbox('Reason')).toBeFocused()
  await expect(call(page, 'openEmergency', { code, name: nora.name, reason: 'because' })).rejects.toThrow('bad-input')
})

test('a code opens it by touch alone, loudly, for a short time, and for nothing else', async () => {
  const [code = ''] = codes
  await fillForm('', '')
  await textbox('Emergency code').click()
  const keys = page.getByRole('group', { name: 'On-screen keys' })
  for (const key of code.replaceAll('-', '')) {
    const other = keys.getByRole('button', { name: /[2-7]/.test(key) ? '123' : 'ABC', exact: true })
    if (await other.isVisible()) await other.click()
    await keys.getByRole('button', { name: key, exact: true }).click()
  }
  await expect(textbox('Emergency code')).toHaveValue(code.replaceAll('-', ''))
  await textbox('Your name').click()
  const letters = keys.getByRole('button', { name: 'ABC', exact: true })
  if (await letters.isVisible()) await letters.click()
  for (const key of ['N', 'Space', 'Q']) await keys.getByRole('button', { name: key, exact: true }).click()
  await expect(textbox('Your name')).toHaveValue('N Q')
  await fillForm(code)
  await button('Open').click()
  await expect(banner()).toBeVisible()
  await expect(page.getByRole('heading', { name: 'This workstation is open.' })).toBeVisible()
  await expect(page.getByText(`by “${nora.name}”, as typed`)).toBeVisible()
  await expect(page.getByText('This access is in the emergency record')).toBeVisible()
  await expect(page.getByRole('timer', { name: 'Locks in' })).toHaveText(/^1[45]:\d\d$/)
  await expectNames(page, [
    ['button', 'Lock'],
    ['timer', 'Locks in'],
  ])
  await expectNoBarrier(page, 'emergency session')
  await expect(page.getByRole('navigation')).toHaveCount(0)
  expect(await call(page, 'listPeople', { search: '', page: 0 })).toEqual({ ok: false, reason: 'not-allowed' })
  const { staffId } = ada
  expect(await call(page, 'submitCode', { staffId, code: codeNow(prepared.setupKey) })).toEqual({
    ok: false,
    reason: 'not-now',
  })
  await button('Lock').click()
  await expectFailure(page, 'no-keychain')
})

test('the same code does not open it again', async () => {
  await button('Emergency access').click()
  await fillForm(codes[0] ?? '')
  await button('Open').click()
  await expect(whatHappened(page)).toHaveText('This code has been used. Take the next one.')
  await close()
})

test('with the keychain back an administrator finds the alert, and reviews it', async () => {
  await bus.startKeyring()
  await launch()
  await expect(page.getByRole('img', { name: 'Login QR code' })).toBeVisible()
  await typeCode(page, ada.staffId, codeNow(prepared.setupKey))
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await expect(page.getByText('1 emergency access waits for a review.')).toBeVisible()
  const alerts = page.getByRole('list', { name: 'Alerts' })
  await expect(alerts.getByText('Emergency access was used')).toBeVisible()
  await expect(alerts.getByRole('button', { name: 'Acknowledge' }), 'to look at it is not enough').toHaveCount(0)
  await expectNoBarrier(page, 'session with an emergency to review')
  await alerts.getByRole('link', { name: 'Review' }).click()
  const uses = page.getByRole('list', { name: 'Uses' })
  await expect(uses.getByText(nora.reason)).toBeVisible()
  await expect(page.getByText(/^2 of 3 codes left/)).toBeVisible()
  await button('Review').click()
  await button('Put on record').click()
  await expect(textbox('What you found')).toHaveAccessibleDescription(/Say in a few words what you found/)
  await expectNoBarrier(page, 'review')
  await textbox('What you found').fill('Spoke with Nora: the keyring had not started after the update.')
  await button('Put on record').click()
  await expect(uses.getByText(/^Reviewed by Ada Kern.*the keyring had not started/)).toBeVisible()
  await expect(page.getByText('waits for a review')).toHaveCount(0)
  await page.getByRole('link', { name: 'Workspace' }).click()
  await expect(page.getByText('Nothing to look at.')).toBeVisible()
  await lock(page)
})

test('a station that is well opens for the next code too, and has it in its log at once', async () => {
  await button('Other ways in').click()
  await button('Emergency access').click()
  await fillForm(codes[1] ?? '')
  await page.keyboard.press('Enter')
  await expect(banner()).toBeVisible()
  await expect(page.getByText('This access is in the audit log.')).toBeVisible()
  await button('Lock').click()
  await expect(page.getByRole('img', { name: 'Login QR code' })).toBeVisible()
})
