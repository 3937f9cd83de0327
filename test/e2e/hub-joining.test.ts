// A workstation joins its organisation's hub in its own window: a new one on its first screen, one in use in Administration.
import fs from 'node:fs'
import { expect, test } from '@playwright/test'
import { findBarriers } from '../support/axe.ts'
import { ada, lock, signedInAs, typeCode, unlock, whatHappened } from '../support/flows.ts'
import { type HubProcess, startHubProcess } from '../support/hub/hub-process.ts'
import { type Organisation, setUpOrganisation } from '../support/hub/organisation.ts'
import { administratorOf, prepareStation } from '../support/prepared-station.ts'
import { launchStation, newDataFolder } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

const nina = { name: 'Nina Falk', staffId: 'N3001' }
let hub: HubProcess
let organisation: Organisation

test.beforeAll(async () => {
  hub = await startHubProcess()
  organisation = await setUpOrganisation(hub)
})
test.afterAll(async () => {
  await hub?.stop()
})

test('a new workstation joins on its first screen, takes its people from there, and locks once they are there', async () => {
  const folder = newDataFolder()
  const { page, close } = await launchStation({ folder })
  try {
    await page.getByRole('button', { name: 'Join a hub' }).click()
    const go = page.getByRole('button', { name: 'Join the hub' })
    await go.click()
    await expect(page.getByRole('textbox', { name: 'Workstation name' })).toHaveAttribute('aria-invalid', 'true')
    await page.getByRole('textbox', { name: 'Workstation name' }).fill('Ward 9, bay 1')
    await page.getByRole('textbox', { name: 'Location' }).fill('Level 4')
    await page.getByRole('textbox', { name: 'Join link' }).fill('https://hub.example/')
    await go.click()
    await expect(whatHappened(page)).toHaveText('That is no join link. Ask an administrator of the hub for one.')
    expect(await findBarriers(page)).toEqual([])

    const { link } = organisation.run('stations', 'join-link', '--group', 'Ward 9')
    const spoilt = link.replace(/#.*/, '#AAAA-AAAA-AAAA-AAAA')
    await page.getByRole('textbox', { name: 'Join link' }).fill(spoilt)
    await go.click()
    await expect(whatHappened(page)).toHaveText(/^The hub does not take this link/)
    await page.getByRole('textbox', { name: 'Join link' }).fill(link)
    await go.click()
    // The hub's own administrator is known at every workstation: nobody had to be enrolled here.
    await expect(page.getByRole('textbox', { name: 'Staff ID' })).toBeVisible({ timeout: 20_000 })
    await expect(page.getByText('Acme Hospital: up to date')).toBeVisible()
    await expect(page.getByRole('img', { name: 'Login QR code' })).toBeVisible()
    const phone = await organisation.enroll(nina, '--groups', 'Ward 9')
    await expect(page.getByRole('heading', { name: 'Ward 9, bay 1' })).toBeVisible()
    await expect(async () => {
      await typeCode(page, nina.staffId, await phone.nextCode())
      await expect(signedInAs(page, nina.name)).toBeVisible({ timeout: 5000 })
    }).toPass({ timeout: 90_000 })
    await lock(page)
  } finally {
    await close()
    fs.rmSync(folder, { recursive: true, force: true })
  }
})

test('while nobody has come from the hub yet, the first screen says which workstation waits, and for whom', async () => {
  const folder = newDataFolder()
  const { app, page, close } = await launchStation({ folder })
  try {
    await expect(page.getByRole('heading', { name: 'Set up this workstation' })).toBeVisible()
    // As main pushes it; the people of a real hub are there before anybody could look.
    const place = { name: 'Ward 9, bay 1', location: 'Level 4', administratorName: '', administratorStaffId: '' }
    const hub = { organisation: 'Acme Hospital', state: 'connecting', confirmedAtMs: Date.now(), lease: 'holds' }
    await app.evaluate(
      ({ BrowserWindow }, state) => BrowserWindow.getAllWindows()[0]?.webContents.send('wardkey:screen', state),
      { kind: 'first-run', ...place, restorable: false, hub },
    )
    await expect(page.getByText('Ward 9, bay 1, Level 4')).toBeVisible()
    await expect(whatHappened(page)).toHaveText('Waiting for people from Acme Hospital')
    expect(await findBarriers(page)).toEqual([])
  } finally {
    await close()
    fs.rmSync(folder, { recursive: true, force: true })
  }
})

test('one in use joins in Administration, by an administrator alone, and shows what the hub has of it', async () => {
  const prepared = await prepareStation()
  const { page, close } = await launchStation({ folder: prepared.folder })
  try {
    await unlock(page, ada, administratorOf(prepared).phone)
    await page.getByRole('link', { name: 'Workstation' }).click()
    const panel = page.getByRole('region', { name: 'The hub' })
    const go = panel.getByRole('button', { name: 'Join the hub' })
    await go.click()
    await expect(panel.getByText('That is no join link.', { exact: false })).toBeVisible()
    const { link } = organisation.run('stations', 'join-link')
    await panel.getByRole('textbox', { name: 'Join link' }).fill(link)
    expect(await findBarriers(page)).toEqual([])
    await go.click()
    await expect(panel.getByText('Acme Hospital')).toBeVisible({ timeout: 20_000 })
    await page.getByRole('button', { name: 'Look again' }).click()
    await expect(panel.getByText('Connected')).toBeVisible({ timeout: 20_000 })
    await expect(panel.getByText(/^[\d,]+ of [\d,]+ entries are kept there$/)).toBeVisible()
    expect(await findBarriers(page)).toEqual([])
  } finally {
    await close()
    fs.rmSync(prepared.folder, { recursive: true, force: true })
  }
})
