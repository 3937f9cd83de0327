// The audit log, the alerts and "it was not me", in the running window: found, read, verified, copied, acknowledged, reported.
import fs from 'node:fs'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { expectNoBarrier } from '../support/axe.ts'
import { runCli } from '../support/cli-run.ts'
import { ada, bola, type Enrolled, enroll, lock, typeCode, unlock, whatHappened } from '../support/flows.ts'
import { administratorOf, prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

let folder = ''
let station: StationApp
let page: Page
let administrator: Enrolled
let nurse: Enrolled

test.beforeAll(async () => {
  const prepared = await prepareStation()
  folder = prepared.folder
  station = await launchStation({ folder, ownTime: true })
  page = station.page
  administrator = administratorOf(prepared)
})
test.afterAll(async () => {
  await station.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

const area = (name: string) =>
  page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name, exact: true })
const rows = () => page.getByRole('row')

/** What the save dialog answers, since nobody can be there to choose. */
async function chooseFile(file: string | null): Promise<void> {
  await station.app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: chosen === null, filePath: chosen ?? '' })
  }, file)
}

test('somebody reports a sign-in that was not theirs: it locks, says so, and lets nobody in', async () => {
  await unlock(page, ada, administrator.phone)
  await area('People').click()
  await page.getByRole('button', { name: 'Add person' }).click()
  await page.getByRole('textbox', { name: 'Name' }).last().fill(bola.name)
  await page.getByRole('textbox', { name: 'Staff ID' }).last().fill(bola.staffId)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  nurse = await enroll(page)
  await lock(page)
  await unlock(page, bola, nurse.phone)
  await expect(page.getByRole('button', { name: 'It was not me' })).toHaveCount(0)
  await lock(page)
  await unlock(page, bola, nurse.phone)
  await page.getByRole('button', { name: 'It was not me' }).click()
  await expect(page.getByText(/closed until an administrator has looked at it/)).toBeVisible()
  await expectNoBarrier(page, 'it was not me')
  await page.getByRole('button', { name: 'Report and lock' }).click()
  await expect(whatHappened(page)).toHaveText(
    'Reported. This account is closed until an administrator has looked at it.',
  )
  await typeCode(page, bola.staffId, await nurse.phone.nextCode())
  await expect(whatHappened(page)).toHaveText('This account is suspended. Ask your supervisor.')
})

test('the alert stays in view until it is acknowledged with a note, and then says by whom', async () => {
  await unlock(page, ada, administrator.phone)
  await expect(area('Alerts')).toHaveAccessibleDescription('1 open alert')
  await area('Alerts').click()
  const open = page.getByRole('list', { name: 'To look at' }).getByRole('listitem')
  await expect(open).toHaveCount(1)
  await expect(open).toContainText('Reported: it was not me')
  await expect(open).toContainText(bola.name)
  await expectNoBarrier(page, 'alerts')
  await open.getByRole('textbox', { name: /Note for the log/ }).fill('spoke with Bola')
  await open.getByRole('button', { name: /Acknowledge/ }).click()
  const past = page.getByRole('list', { name: 'Acknowledged' }).getByRole('listitem')
  await expect(past).toContainText(`Acknowledged by ${ada.name}`)
  await expect(past).toContainText('spoke with Bola')
  await expect(open).toHaveCount(0)
  await expect(area('Alerts')).toHaveAccessibleDescription('')
  await past.getByRole('link', { name: /^Event / }).click()
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(/^Event \d+$/)
})

test('a filter finds an event, and its details are plain words beside the text that was hashed', async () => {
  await area('Audit log').click()
  await expect(rows()).not.toHaveCount(0)
  await expectNoBarrier(page, 'audit log')
  await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'People' })
  await page.getByRole('searchbox', { name: 'Person' }).fill('bola')
  await expect(rows().nth(1)).toContainText('Access changed')
  await expect(rows()).toHaveCount(3)
  await page.getByRole('button', { name: /Access changed/ }).click()
  const facts = page.getByText('Before', { exact: true }).locator('..')
  await expect(facts).toContainText('active')
  await expect(page.getByText('reported: it was not me')).toBeVisible()
  await expect(page.getByText(/"type":"person-status-changed"\}/)).toBeVisible()
  await expectNoBarrier(page, 'event')
  await page.getByRole('button', { name: 'Back to the log' }).click()
  await expect(page.getByRole('searchbox', { name: 'Person' })).toHaveValue('bola')
  await page.getByRole('button', { name: 'More filters' }).click()
  await page.getByRole('combobox', { name: 'Outcome' }).selectOption({ label: 'Refused' })
  await expect(page.getByRole('button', { name: 'More filters (1)' })).toHaveAttribute('aria-expanded', 'true')
  await expect(page.getByText('No event matches.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByRole('textbox', { name: 'Event number' }).fill('1')
  await page.getByRole('button', { name: 'Open event' }).click()
  await expect(page.getByRole('heading', { name: 'Workstation set up' })).toBeVisible()
})

test('on the smallest screen the newest events are in view; more filters open by the keyboard, and close again', async () => {
  await page.getByRole('button', { name: 'Back to the log' }).click()
  const before = page.viewportSize()
  await page.setViewportSize({ width: 1024, height: 600 })
  for (const at of [1, 2]) await expect(rows().nth(at - 1)).toBeInViewport({ ratio: 1 })
  const more = page.getByRole('button', { name: 'More filters' })
  const outcome = page.getByRole('combobox', { name: 'Outcome' })
  await expect(outcome).toBeHidden()
  await more.focus()
  await page.keyboard.press('Enter')
  await expect(more).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('Tab')
  await expect(outcome).toBeFocused()
  await more.press('Space')
  await expect(more).toHaveAttribute('aria-expanded', 'false')
  await expect(outcome).toBeHidden()
  if (before) await page.setViewportSize(before)
})

test('verifying says what the command line says, with its anchor', async () => {
  await page.getByRole('button', { name: 'Verify the log' }).click()
  await expect(page.getByRole('status', { name: 'Answer' })).toHaveText(/^Complete and unchanged, \d+ events$/)
  await expect(page.getByText('Anchored to this keychain.')).toBeVisible()
})

test('a copy goes where somebody chose, as JSON Lines that verify and as a table', async () => {
  const answer = page.getByRole('status', { name: 'Answer' })
  await chooseFile(null)
  await page.getByRole('button', { name: 'Copy that can be verified' }).click()
  await expect(answer).toHaveText(/^Complete/)
  const [lines, table] = [path.join(folder, 'log.jsonl'), path.join(folder, 'log.csv')]
  await chooseFile(lines)
  await page.getByRole('button', { name: 'Copy that can be verified' }).click()
  await expect(answer).toHaveText(/^log\.jsonl was written: \d+ events$/)
  expect(await runCli(folder, 'audit', 'verify', '--file', lines)).toMatchObject({ status: 0 })
  await chooseFile(table)
  await page.getByRole('button', { name: 'Copy as a table (CSV)' }).click()
  await expect(answer).toHaveText(/^log\.csv was written: \d+ events$/)
  const text = fs.readFileSync(table, 'utf8')
  expect(text).toContain('number,time,type')
  expect(text).toContain(`log-exported,,,,,,${ada.staffId},${ada.name}`)
  expect(fs.readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  await lock(page)
  expect(await runCli(folder, 'audit', 'verify')).toMatchObject({ status: 0 })
})
