// Real programs: the hub as a process, the station in its window, the command line between them.
import fs from 'node:fs'
import { expect, test } from '@playwright/test'
import { runCli } from '../support/cli-run.ts'
import { ada, lock, signedInAs, typeCode, unlock, whatHappened } from '../support/flows.ts'
import { type HubProcess, startHubProcess } from '../support/hub/hub-process.ts'
import { type Organisation, setUpOrganisation } from '../support/hub/organisation.ts'
import type { Phone } from '../support/phone.ts'
import { administratorOf, type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

const nina = { name: 'Nina Falk', staffId: 'N3001' }
let hub: HubProcess
let prepared: Prepared
let station: StationApp
let administrator: Phone
let ninasPhone: Phone
let organisation: Organisation

test.beforeAll(async () => {
  hub = await startHubProcess()
  prepared = await prepareStation()
  station = await launchStation({ folder: prepared.folder })
  administrator = administratorOf(prepared).phone
})
test.afterAll(async () => {
  await station?.close()
  await hub?.stop()
  if (prepared) fs.rmSync(prepared.folder, { recursive: true, force: true })
})

test('the link that the hub printed makes its first administrator, who enrolls like anyone else', async () => {
  organisation = await setUpOrganisation(hub)
  ninasPhone = await organisation.enroll(nina)
})

test('the station joins from its command line, and its screen says so', async () => {
  const { link } = organisation.run('stations', 'join-link', '--group', 'Ward 7')
  const code = await administrator.nextCode()
  const joined = await runCli(prepared.folder, 'hub', 'join', link, '--as', ada.staffId, '--code', code, '--json')
  expect(joined.json).toMatchObject({ ok: true, organisation: 'Acme Hospital', group: 'Ward 7' })
  await expect(station.page.getByText('Acme Hospital: up to date')).toBeVisible({ timeout: 20_000 })
})

test('its whole log is there, and says that it is complete', async () => {
  await expect
    .poll(async () => (await runCli(prepared.folder, 'hub', 'status', '--json')).json, { timeout: 20_000 })
    .toMatchObject({ joined: true })
  const { status, text } = await runCli(prepared.folder, 'audit', 'verify')
  expect(text).toContain('complete and unchanged')
  expect(status).toBe(0)
  await expect
    .poll(
      async () => {
        const { events, acknowledged } = (await runCli(prepared.folder, 'hub', 'status', '--json')).json
        return events === acknowledged && organisation.run('stations', 'list').stations[0].events === acknowledged
      },
      { timeout: 20_000 },
    )
    .toBe(true)
  expect(organisation.run('alerts', 'list').alerts).toEqual([])
})

test('somebody who was never here signs in, and is locked out by a word at the hub', async () => {
  const { page } = station
  await unlock(page, nina, ninasPhone)
  await page.screenshot({ path: test.info().outputPath('session.png') })
  const before = Date.now()
  organisation.run('people', 'suspend', nina.staffId, '--reason', 'lost phone')
  await expect(page.getByRole('textbox', { name: 'Staff ID' })).toBeVisible({ timeout: 20_000 })
  test
    .info()
    .annotations.push({ type: 'locked after', description: `${Date.now() - before} ms, command line included` })
  await typeCode(page, nina.staffId, await ninasPhone.nextCode())
  await expect(whatHappened(page)).toHaveText('This account is suspended. Ask your supervisor.')
})

test('with the hub gone the screen says so, and those of the station still come in', async () => {
  expect(await hub.stop()).toBe(0)
  const { page } = station
  await expect(page.getByText(/^Acme Hospital not reached/)).toBeVisible({ timeout: 60_000 })
  await page.screenshot({ path: test.info().outputPath('locked.png') })
  await unlock(page, ada, administrator)
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await lock(page)
})

test('nothing that it printed holds a token, a code or a key', () => {
  const printed = hub.output().replace(hub.setupLink, '').replace(hub.setupLink, '')
  expect(printed).not.toContain(organisation.token)
  expect(printed).not.toMatch(/[A-Z2-7]{32}/)
})
