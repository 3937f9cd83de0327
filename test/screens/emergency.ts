// Pictures of emergency access: its codes, the way in without a keychain, the review; and of a station that stays closed.
import fs from 'node:fs'
import { expect } from '@playwright/test'
import { ada, typeCode } from '../support/flows.ts'
import { codeNow } from '../support/phone.ts'
import { setPolicy } from '../support/policy-row.ts'
import { prepareStation } from '../support/prepared-station.ts'
import { launchStation, newDataFolder } from '../support/station-app.ts'
import { desktop, take } from './take.ts'

/** No bus, so no keychain: one of the screens that keep a station locked and say why. */
export async function takeFailure(): Promise<void> {
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
export async function takeEmergency(): Promise<void> {
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
