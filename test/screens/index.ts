// A picture of every screen, taken from the running station, into docs/screens/.
import fs from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { fillFirstRun, setUpStation } from '../support/flows.ts'
import { launchStation, newDataFolder } from '../support/station-app.ts'
import { takeEmergency, takeFailure } from './emergency.ts'
import { takeJoining } from './joining.ts'
import { takeLocked } from './locked.ts'
import { takeRestore } from './restore.ts'
import { takeScanning } from './scanning.ts'
import { takeSession } from './session.ts'
import { desktop, take } from './take.ts'
import { takeWaysIn } from './ways-in.ts'

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
await takeRestore()
await takeJoining()

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
