// Pictures of the locked screen: its sizes, themes, letters, what it says, another language.
import { expect, type Page } from '@playwright/test'
import { bola, typeCode } from '../support/flows.ts'
import { desktop, take } from './take.ts'

const sizes = { '1024x600': [1024, 600], '1080x1920': [1080, 1920], '3840x2160': [3840, 2160] } as const

export async function takeLocked(page: Page): Promise<void> {
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
