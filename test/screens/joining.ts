// Pictures of joining a hub from the first screen: the link, and a refusal.
import fs from 'node:fs'
import { expect } from '@playwright/test'
import { launchStation, newDataFolder } from '../support/station-app.ts'
import { desktop, small, take } from './take.ts'

export async function takeJoining(): Promise<void> {
  const folder = newDataFolder()
  const station = await launchStation({ folder })
  const { page } = station
  try {
    await page.setViewportSize(desktop)
    await page.getByRole('button', { name: 'Join a hub' }).click()
    await take(page, 'join-hub')
    await page.getByRole('textbox', { name: 'Workstation name' }).fill('Ward 9, bay 1')
    await page.getByRole('textbox', { name: 'Location' }).fill('Level 4')
    const link = page.getByRole('textbox', { name: 'Join link' })
    await link.fill('http://127.0.0.1:1/v1/acme/join#ABCD-EFGH-JKLM-NPQR')
    await page.getByRole('button', { name: 'Join the hub' }).click()
    await expect(page.getByText(/^The hub can’t be reached/)).toBeVisible({ timeout: 20_000 })
    await take(page, 'join-hub-refused')
    await page.setViewportSize(small)
    await take(page, 'join-hub-refused-1024x600')
  } finally {
    await station.close()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
