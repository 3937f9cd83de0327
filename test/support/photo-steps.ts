// Two real phone pages in front of one real station: what each scans, shows and has said of it, and what the station has kept.
import { expect, type Page } from '@playwright/test'
import { shownText } from '../../src/core/binding.ts'
import { eventsAfter } from './kept-rows.ts'
import { readQr } from './phone.ts'
import { phonePageHost } from './phone-host.ts'
import type { PhonePage } from './phone-page.ts'
import { readDigits, readPart } from './phone-steps.ts'

/** From any view: the page's own camera films the pixels. */
export async function film(phone: PhonePage, pixels: Buffer): Promise<void> {
  await phone.page.goto(`https://${phonePageHost}/`)
  await phone.scan(pixels)
}

/** From any view: the phone's own camera app has read the pixels, and opens the page with what follows the `#`. */
export async function openLink({ page }: PhonePage, pixels: Buffer): Promise<void> {
  const [, fragment = ''] = readQr(pixels).split('#')
  await page.goto(`https://${phonePageHost}/#${fragment}`)
}

/** Makes keys for the offer that was scanned. */
export async function answerOffer(phone: PhonePage): Promise<void> {
  await phone.page.getByRole('button', { name: 'Bind this phone' }).click()
  await expect(phone.page.getByRole('img', { name: 'This phone’s part' })).toBeVisible()
}

/** The part as whoever carries it hands it in: a camera, or a hub. */
export const partText = async (phone: PhonePage): Promise<string> => shownText('P', (await readPart(phone.page)).bytes)

/** Its letters to type; from then on its digits are those of the typed way. */
export async function chooseTyping({ page }: PhonePage): Promise<string> {
  const before = await readDigits(page)
  await page.getByRole('button', { name: 'It has no camera' }).click()
  const letters = (await page.getByLabel('This phone’s part').textContent()) ?? ''
  await expect.poll(() => readDigits(page)).not.toBe(before)
  return letters
}

/** From the question on. @returns eight digits. */
export async function approve(phone: PhonePage): Promise<string> {
  await phone.page.getByRole('button', { name: 'Unlock' }).click()
  return readDigits(phone.page)
}

export const digitsOf = ({ page }: PhonePage): Promise<string> => readDigits(page)

/** What the log has said since an event, in short: type, outcome, reason, form. @returns the last number as well. */
export function logSince(folder: string, number: number): { said: string[]; number: number } {
  const events = eventsAfter(folder, number)
  const said = events.map(({ type, outcome, reason, details }) =>
    [type, outcome, reason, details?.form].filter((part) => part !== undefined).join(' '),
  )
  return { said, number: events.at(-1)?.number ?? number }
}

/** Types the digits of a binding, and waits for what the station says to wrong ones. */
export async function tryDigits(page: Page, digits: string, said: string | RegExp): Promise<void> {
  await page.getByRole('textbox', { name: 'Code from the phone', exact: true }).fill(digits)
  await expect(page.getByText(said)).toBeVisible()
}
