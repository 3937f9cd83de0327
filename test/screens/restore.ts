// Pictures of a restore from the first screen: the choice, a refusal, how far it is.
import fs from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { launchStation, newDataFolder } from '../support/station-app.ts'
import { desktop, small, take } from './take.ts'

export async function takeRestore(): Promise<void> {
  const folder = newDataFolder()
  const file = path.join(newDataFolder(), 'ward7-2026-01-05.age')
  fs.writeFileSync(file, 'no backup at all')
  const station = await launchStation({ folder })
  const { app, page } = station
  try {
    await page.setViewportSize(desktop)
    await page.getByRole('button', { name: 'Restore from a backup' }).click()
    await take(page, 'restore')
    await app.evaluate(({ dialog }, file) => {
      dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [file] })) as typeof dialog.showOpenDialog
    }, file)
    await page.getByRole('button', { name: 'Choose the file' }).click()
    await page.getByRole('textbox', { name: 'Passphrase of the backup' }).fill('correct horse battery staple')
    await page.getByRole('button', { name: 'Restore', exact: true }).click()
    await expect(page.getByText('This file is not a backup of a workstation.')).toBeVisible()
    await take(page, 'restore-refused')
    await page.setViewportSize(small)
    await take(page, 'restore-refused-1024x600')
  } finally {
    await station.close()
    for (const each of [folder, path.dirname(file)]) fs.rmSync(each, { recursive: true, force: true })
  }
}
