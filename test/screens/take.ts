// One picture of the window as it stands, into docs/screens/.
import fs from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'

const folder = path.resolve(import.meta.dirname, '../../docs/screens')
export const desktop = { width: 1920, height: 1080 }
/** The smallest that a station is made for. */
export const small = { width: 1024, height: 600 }

export async function take(page: Page, name: string): Promise<void> {
  fs.mkdirSync(folder, { recursive: true })
  await expect(page.getByText('Looking…')).toBeHidden()
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' })
  console.log(`docs/screens/${name}.png`)
}
