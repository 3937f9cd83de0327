// What people do at the station, step by step on its screens.
import { execFileSync } from 'node:child_process'
import { expect, type Page } from '@playwright/test'
import { Phone, readQr } from './phone.ts'

export const place = { name: 'Ward 7, bay 3', location: 'Level 2, north wing' }
export const ada = { name: 'Ada Kern', staffId: 'A1001' }
export const bola = { name: 'Bola Adeyemi', staffId: 'N2044' }

export interface Enrolled {
  readonly phone: Phone
  readonly setupKey: string
  readonly recoveryCodes: readonly string[]
}

export async function fillFirstRun(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Set up this workstation' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Workstation name' }).fill(place.name)
  await page.getByRole('textbox', { name: 'Location' }).fill(place.location)
  await page.getByRole('textbox', { name: 'Administrator name' }).fill(ada.name)
  await page.getByRole('textbox', { name: 'Administrator staff ID' }).fill(ada.staffId)
  await page.getByRole('button', { name: 'Continue' }).click()
}

/**
 * From an offer on the screen to acknowledged recovery codes, the QR code read off the very pixels.
 * @param seeCodes called while the recovery codes are on the screen.
 */
export async function enroll(page: Page, seeCodes: () => Promise<void> = async () => {}): Promise<Enrolled> {
  await expect(page.getByRole('img', { name: 'Enrollment QR code' })).toBeVisible()
  const uri = readQr(await page.screenshot())
  const phone = Phone.fromUri(uri)
  const typed = await page.getByRole('textbox', { name: 'Setup key' }).inputValue()
  await page.getByRole('textbox', { name: 'Code from the phone' }).fill(await phone.nextCode())
  const list = page.getByRole('list', { name: 'Recovery codes' })
  const confirm = page.getByRole('button', { name: 'Confirm' })
  // Six digits go by themselves; a driver presses the button only where it is still there.
  await expect(list.or(confirm).first()).toBeVisible()
  await expect(list).toBeVisible()
  const recoveryCodes = await list.getByRole('listitem').allInnerTexts()
  await seeCodes()
  await page.getByRole('checkbox', { name: 'I have stored these codes' }).press('Space')
  await page.getByRole('button', { name: 'Finish' }).click()
  return { phone, setupKey: typed.replaceAll(' ', ''), recoveryCodes }
}

export async function setUpStation(page: Page, seeCodes?: () => Promise<void>): Promise<Enrolled> {
  await fillFirstRun(page)
  const enrolled = await enroll(page, seeCodes)
  await expect(page.getByRole('img', { name: 'Login QR code' })).toBeVisible()
  return enrolled
}

export async function typeCode(page: Page, staffId: string, code: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Staff ID' }).fill(staffId)
  await page.getByRole('textbox', { name: 'One-time code' }).fill(code)
}

export const whatHappened = (page: Page) => page.getByRole('status', { name: 'What happened' })
export const signedInAs = (page: Page, name: string) => page.getByRole('heading', { name: `Signed in as ${name}` })

export async function unlock(page: Page, who: { name: string; staffId: string }, phone: Phone): Promise<void> {
  await typeCode(page, who.staffId, await phone.nextCode())
  await expect(signedInAs(page, who.name)).toBeVisible()
}

export async function lock(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lock', exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'Staff ID' })).toBeVisible()
}

/** A key press of the display itself: what a driver types through DevTools never passes the main process. */
export function pressRealKeys(keys: string): void {
  execFileSync('xdotool', ['key', '--clearmodifiers', keys])
}
