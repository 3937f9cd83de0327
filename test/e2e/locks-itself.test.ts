// What the system says of itself while somebody is signed in: going to sleep, waking up, locking its own screen.
import { expect, test } from '@playwright/test'
import { ada, type Enrolled, setUpStation, signedInAs, unlock } from '../support/flows.ts'
import { launchStation, newDataFolder, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial', timeout: 120_000 })

let station: StationApp
let enrolled: Enrolled
test.beforeAll(async () => {
  station = await launchStation({ folder: newDataFolder() })
  enrolled = await setUpStation(station.page)
})
test.afterAll(async () => station?.close())

for (const event of ['suspend', 'resume', 'lock-screen'] as const)
  test(`"${event}" locks`, async () => {
    const { page, app } = station
    await unlock(page, ada, enrolled.phone)
    await expect(signedInAs(page, ada.name)).toBeVisible()
    await app.evaluate(({ powerMonitor }, name) => powerMonitor.emit(name), event)
    await expect(page.getByRole('textbox', { name: 'Staff ID' })).toBeVisible()
    await expect(signedInAs(page, ada.name)).toBeHidden()
  })
