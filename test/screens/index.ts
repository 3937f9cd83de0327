// A picture of every screen, taken from the running station, into docs/screens/.
import fs from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import {
  ada,
  bola,
  type Enrolled,
  enroll,
  fillFirstRun,
  lock,
  setUpStation,
  typeCode,
  unlock,
} from '../support/flows.ts'
import { codeNow, Phone } from '../support/phone.ts'
import { setPolicy } from '../support/policy-row.ts'
import { prepareStation } from '../support/prepared-station.ts'
import { launchStation, newDataFolder } from '../support/station-app.ts'
import { takeScanning } from './scanning.ts'

const folder = path.resolve(import.meta.dirname, '../../docs/screens')
const desktop = { width: 1920, height: 1080 }
const sizes = { '1024x600': [1024, 600], '1080x1920': [1080, 1920], '3840x2160': [3840, 2160] } as const

fs.mkdirSync(folder, { recursive: true })
const data = newDataFolder()
const station = await launchStation({ folder: data })
try {
  await takeAll(station.page)
} finally {
  await station.close()
  fs.rmSync(data, { recursive: true, force: true })
}
await takeFailure()
await takeEmergency()
await takeWaysIn()
await takeScanning(take)

async function takeAll(page: Page): Promise<void> {
  await page.setViewportSize(desktop)
  await take(page, 'first-run')
  await fillFirstRun(page)
  await expect(page.getByRole('img', { name: 'Enrollment QR code' })).toBeVisible()
  await take(page, 'offer')
  await page.getByRole('button', { name: 'Cancel' }).click()
  const administrator = await setUpStation(page, () => take(page, 'recovery-codes'))
  await takeLocked(page)
  await takeSession(page, administrator)
}

async function takeLocked(page: Page): Promise<void> {
  await take(page, 'lock')
  for (const [name, [width, height]] of Object.entries(sizes)) {
    await page.setViewportSize({ width, height })
    await take(page, `lock-${name}`)
  }
  await page.setViewportSize(desktop)
  await typeCode(page, bola.staffId, '123456')
  await expect(page.getByRole('status', { name: 'What happened' })).toHaveText(/did not match/)
  await page.getByRole('textbox', { name: 'One-time code' }).fill('4921')
  await take(page, 'lock-wrong-code')
  await page.getByRole('textbox', { name: 'One-time code' }).fill('')
  await page.getByRole('button', { name: 'ABC' }).click()
  await take(page, 'lock-letters')
  await page.getByRole('button', { name: 'Other ways in' }).click()
  await take(page, 'lock-other-ways')
  await page.getByRole('button', { name: 'Recovery code' }).click()
  await take(page, 'lock-recovery')
  await page.getByRole('button', { name: 'Back' }).click()
  await speak(page, 'Language', 'العربية')
  await take(page, 'lock-arabic')
  await speak(page, 'اللغة', 'English')
  for (const theme of ['light', 'contrast']) {
    await page.getByRole('button', { name: 'Appearance' }).click()
    await take(page, `lock-${theme}`)
  }
  await page.getByRole('button', { name: 'Appearance' }).click()
}

async function speak(page: Page, menu: string, language: string): Promise<void> {
  await page.getByRole('button', { name: menu, exact: true }).click()
  await page.getByRole('menuitemradio', { name: language }).click()
}

async function takeSession(page: Page, { phone }: Enrolled): Promise<void> {
  await unlock(page, ada, phone)
  await take(page, 'session')
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('button', { name: 'Add person' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(bola.name)
  await page.getByRole('textbox', { name: 'Staff ID' }).fill(bola.staffId)
  await take(page, 'add-person')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByRole('img', { name: 'Enrollment QR code' })).toBeVisible()
  await take(page, 'offer-in-administration')
  await enroll(page)
  await expect(page.getByRole('row', { name: /Bola Adeyemi/ })).toBeVisible()
  await take(page, 'people')
  await page.getByRole('link', { name: bola.name }).click()
  await expect(page.getByRole('heading', { name: bola.name })).toBeVisible()
  await take(page, 'person')
  await page.getByRole('button', { name: 'Suspend' }).click()
  await take(page, 'person-suspend')
  await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'Credentials' }).click()
  await expect(page.getByRole('list', { name: 'Ways to sign in, Bola Adeyemi' })).toBeVisible()
  await take(page, 'credentials')
  await page.getByRole('link', { name: 'People' }).first().click()
  await page.getByRole('link', { name: 'Import' }).click()
  await page.getByLabel('CSV file').setInputFiles(file('staff_id,name\nN2107,Carmen Ruiz\nN2190,Dieter Vogt\n'))
  await expect(page.getByText('2 people can be added.')).toBeVisible()
  await take(page, 'import')
  await page.getByLabel('CSV file').setInputFiles(file('staff_id,name,roles\nN2044,Bola Again,staff\nN2190,,boss\n'))
  await expect(page.getByRole('list', { name: 'Lines to put right' })).toBeVisible()
  await take(page, 'import-problems')
  await page.getByRole('link', { name: 'Workstation' }).click()
  await expect(page.getByRole('list', { name: 'Health' })).toBeVisible()
  await take(page, 'workstation')
  await takePolicy(page)
  await lock(page)
  await takeLog(page, phone)
}

async function takeLog(page: Page, phone: Enrolled['phone']): Promise<void> {
  await unlock(page, ada, phone)
  await page.getByRole('button', { name: 'It was not me' }).click()
  await take(page, 'not-me')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('link', { name: 'Audit log' }).click()
  await page.getByRole('button', { name: 'Verify the log' }).click()
  await expect(page.getByText('Anchored to this keychain.')).toBeVisible()
  await take(page, 'audit-log')
  await page.getByRole('searchbox', { name: 'Person' }).fill('nobody')
  await expect(page.getByText('Nobody here has this name or staff ID.')).toBeVisible()
  await take(page, 'audit-log-empty')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page
    .getByRole('button', { name: /Person added/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'Person added' })).toBeVisible()
  await take(page, 'audit-event')
  await page.getByRole('link', { name: 'Alerts' }).click()
  await take(page, 'alerts')
  await lock(page)
}

/** A policy that wants a PIN and hands out tickets: its screens, at the common size and at the smallest. */
async function takeWaysIn(): Promise<void> {
  const prepared = await prepareStation()
  await setPolicy(prepared.folder, { factors: 'code-and-pin', firstSignIn: 'ticket' })
  const station = await launchStation(prepared)
  const { page } = station
  const phone = new Phone(prepared.setupKey)
  const small = { width: 1024, height: 600 }
  const both = async (name: string) => {
    await page.setViewportSize(small)
    await take(page, `${name}-1024x600`)
    await page.setViewportSize(desktop)
    await take(page, name)
  }
  try {
    await page.setViewportSize(desktop)
    await page.getByRole('button', { name: 'Other ways in' }).click()
    await both('lock-other-ways')
    await page.getByRole('button', { name: 'Back' }).click()
    await typeCode(page, ada.staffId, await phone.nextCode())
    await page.getByLabel('New PIN').fill('123456')
    await both('lock-new-pin')
    await page.getByLabel('New PIN').fill('528163')
    await page.getByLabel('Same PIN again').fill('528163')
    await page.getByRole('button', { name: 'Unlock' }).click()
    await page.getByRole('link', { name: 'People' }).click()
    await page.getByRole('button', { name: 'Add person' }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(bola.name)
    await page.getByRole('textbox', { name: 'Staff ID' }).fill(bola.staffId)
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('button', { name: 'Issue a ticket' }).click()
    await page.getByRole('textbox', { name: 'Reason' }).fill('starts today')
    await both('ticket-form')
    await page.getByRole('button', { name: 'Issue a ticket' }).click()
    const ticket = (await page.getByRole('status', { name: 'Ticket', exact: true }).textContent()) ?? ''
    await both('ticket-shown')
    await lock(page)
    await typeCode(page, ada.staffId, await phone.nextCode())
    await page.getByLabel('PIN', { exact: true }).fill('903714')
    await page.getByRole('button', { name: 'Unlock' }).click()
    await expect(page.getByRole('status', { name: 'What happened' })).toHaveText(/did not match/)
    await both('lock-pin')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Other ways in' }).click()
    await page.getByRole('textbox', { name: 'Staff ID' }).fill(ada.staffId)
    await page.getByRole('textbox', { name: 'Recovery code' }).fill(prepared.recoveryCodes[0] ?? '')
    await page.getByRole('button', { name: 'Unlock' }).click()
    await both('session-recovery')
    await lock(page)
    await page.getByRole('button', { name: 'Other ways in' }).click()
    await page.getByRole('button', { name: 'Ticket' }).click()
    await page.getByRole('textbox', { name: 'Staff ID' }).fill(bola.staffId)
    await page.getByRole('textbox', { name: 'Ticket' }).fill(ticket)
    await both('lock-ticket')
  } finally {
    await station.close()
    fs.rmSync(prepared.folder, { recursive: true, force: true })
  }
}

async function takePolicy(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Policy' }).click()
  await expect(page.getByText('Version 1 is in force.')).toBeVisible()
  await take(page, 'policy')
  await page.getByRole('link', { name: 'Change the policy' }).click()
  await page.getByRole('button', { name: 'Add a rule' }).click()
  const rule = page.getByRole('list', { name: 'Rules' }).getByRole('listitem').first()
  await rule.getByRole('textbox', { name: 'Name of the rule' }).fill('Nights')
  await rule.getByRole('checkbox', { name: 'Staff', exact: true }).press('Space')
  await rule.getByRole('checkbox', { name: 'Only at certain hours' }).press('Space')
  await rule.getByRole('combobox').selectOption({ label: 'Locks after a pause of' })
  await take(page, 'policy-rule')
  await page.getByRole('button', { name: 'See what would change' }).click()
  await expect(page.getByRole('list', { name: 'What would change' })).toBeVisible()
  await take(page, 'policy-review')
  await page.getByRole('button', { name: 'Put in force' }).click()
  await page.getByRole('textbox', { name: 'Reason' }).fill('quiet corridors at night')
  await page.getByRole('button', { name: 'Put in force' }).click()
  await expect(page.getByText('Version 2 is in force.')).toBeVisible()
  await page.getByRole('link', { name: 'All versions' }).click()
  await expect(page.getByRole('list', { name: 'All versions' })).toBeVisible()
  await take(page, 'policy-versions')
}

/** No bus, so no keychain: one of the screens that keep a station locked and say why. */
async function takeFailure(): Promise<void> {
  const broken = newDataFolder()
  const station = await launchStation({ folder: broken, env: { DBUS_SESSION_BUS_ADDRESS: 'disabled:' } })
  try {
    await station.page.setViewportSize(desktop)
    await expect(station.page.getByRole('alert')).toBeVisible()
    await take(station.page, 'failure')
  } finally {
    await station.close()
    fs.rmSync(broken, { recursive: true, force: true })
  }
}

/** Codes made while all is well; then no bus, and in by one of them; then the review. */
async function takeEmergency(): Promise<void> {
  const prepared = await prepareStation()
  await setPolicy(prepared.folder, { breakGlass: true })
  const { folder } = prepared
  let station = await launchStation({ folder })
  const open = async (env = {}) => {
    await station.close()
    station = await launchStation({ folder, env })
    await station.page.setViewportSize(desktop)
    return station.page
  }
  try {
    let page = station.page
    await page.setViewportSize(desktop)
    await typeCode(page, ada.staffId, codeNow(prepared.setupKey, -1))
    await page.getByRole('link', { name: 'Workstation' }).click()
    await page.getByRole('link', { name: 'Emergency access' }).click()
    await page.getByRole('button', { name: 'Make new codes' }).click()
    const codes = page.getByRole('list', { name: 'Emergency codes' }).getByRole('listitem')
    await expect(codes).toHaveCount(3)
    await take(page, 'emergency-codes')
    const [code = ''] = await codes.allInnerTexts()
    await page.getByRole('checkbox').press('Space')
    await page.getByRole('button', { name: 'Finish' }).click()
    await expect(page.getByText(/^3 of 3 codes left/)).toBeVisible()
    page = await open({ DBUS_SESSION_BUS_ADDRESS: 'disabled:' })
    await page.getByRole('button', { name: 'Emergency access' }).click()
    await page.getByRole('textbox', { name: 'Emergency code' }).fill(code)
    await page.getByRole('textbox', { name: 'Your name' }).fill('Nora Quist')
    await page.getByRole('textbox', { name: 'Reason' }).fill('The pump needs its chart, no phone works.')
    await take(page, 'emergency-access')
    await page.getByRole('button', { name: 'Open' }).click()
    await expect(page.getByText('This workstation is open.')).toBeVisible()
    await take(page, 'emergency-session')
    page = await open()
    await typeCode(page, ada.staffId, codeNow(prepared.setupKey))
    await expect(page.getByText('1 emergency access waits for a review.')).toBeVisible()
    await take(page, 'session-emergency-alert')
    await page.getByRole('link', { name: 'Workstation' }).click()
    await page.getByRole('link', { name: 'Emergency access' }).click()
    await page.getByRole('button', { name: 'Review' }).click()
    await take(page, 'emergency-review')
  } finally {
    await station.close()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

function file(text: string) {
  return { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
}

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' })
  console.log(`docs/screens/${name}.png`)
}
