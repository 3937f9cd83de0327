// The policy in the real window: a rule made, tried, applied and in effect; what would lock everybody out is refused.
import fs from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { runCli } from '../support/cli-run.ts'
import { ada, bola, type Enrolled, enroll, lock, unlock } from '../support/flows.ts'
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
  await unlock(page, ada, administrator.phone)
})
test.afterAll(async () => {
  await station.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

const heading = (name: string) => page.getByRole('heading', { name, level: 2 })
const box = (name: string) => page.getByRole('textbox', { name, exact: true })
const rules = () => page.getByRole('list', { name: 'Rules' }).getByRole('listitem')
/** Pictures for whoever looks at the screens by hand. */
async function picture(name: string): Promise<void> {
  const to = process.env.WARDKEY_PICTURES
  if (!to) return
  for (const [width, height] of [
    [1024, 600],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: `${to}/${name}-${width}.png`, fullPage: true, animations: 'disabled' })
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

async function openPolicy(): Promise<void> {
  await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'Policy' }).click()
  await expect(heading('Policy')).toBeVisible()
}
async function edit(): Promise<void> {
  await openPolicy()
  await page.getByRole('link', { name: 'Change the policy' }).click()
  await expect(heading('Change the policy')).toBeVisible()
}
const review = async () => {
  await page.getByRole('button', { name: 'See what would change' }).click()
  await expect(heading('What would change')).toBeVisible()
}
async function apply(reason: string): Promise<void> {
  await page.getByRole('button', { name: 'Put in force' }).click()
  await page.getByRole('textbox', { name: 'Reason' }).fill(reason)
  await page.getByRole('button', { name: 'Put in force' }).click()
}

test('the policy in force is said in plain words', async () => {
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('button', { name: 'Add person' }).click()
  await box('Name').fill(bola.name)
  await page.getByRole('textbox', { name: 'Staff ID' }).fill(bola.staffId)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  nurse = await enroll(page)
  await openPolicy()
  await expect(page.getByText('Version 1 is in force.')).toBeVisible()
  await expect(page.getByText('There are no rules')).toBeVisible()
  await expect(page.getByText('SHA1, 6 digits, a new code every 30 seconds')).toBeVisible()
  await picture('in-force')
})

test('what is typed wrongly is said beside its field, and goes no further', async () => {
  await edit()
  await box('Locks after a pause of (minutes)').fill('ninety')
  await page.getByRole('button', { name: 'Add a rule' }).click()
  await page.getByRole('checkbox', { name: 'Only at certain hours' }).press('Space')
  await box('From').fill('25:00')
  await page.getByRole('button', { name: 'See what would change' }).click()
  await expect(page.getByText('Type a number from 0.09 to 60.')).toBeVisible()
  await expect(page.getByText('Give the rule a name of at most 80 characters.')).toBeVisible()
  await expect(page.getByText('Type a time such as 22:00.')).toBeVisible()
  await expect(heading('Change the policy')).toBeVisible()
  await picture('wrong')
})

test('a policy that contradicts itself is refused, with its reason', async () => {
  await edit()
  await box('Locks after a pause of (minutes)').fill('0,1')
  await review()
  const problems = page.getByRole('list', { name: 'This has to be put right first' })
  await expect(problems.getByRole('listitem')).toHaveText([/The warning must be shorter than the pause/])
  await expect(page.getByRole('button', { name: 'Put in force' })).toHaveCount(0)
  await picture('refused')
  await page.getByRole('link', { name: 'Discard' }).click()
  await expect(page.getByText('Version 1 is in force.')).toBeVisible()
})

test('what takes two people is chosen, and said in words before it holds', async () => {
  const two = page.getByRole('group', { name: 'What takes two people' })
  const changed = page.getByRole('list', { name: 'What would change' }).getByRole('listitem')
  await edit()
  await two.getByRole('checkbox', { name: 'Revoke what people sign in with' }).press('Space')
  await two.getByRole('checkbox', { name: 'Change people' }).press('Space')
  await review()
  await expect(changed).toHaveCount(1)
  await expect(changed).toContainText('What takes two people')
  await expect(changed).toContainText('Now: nothing')
  await expect(changed).toContainText('Then: Change people, Revoke what people sign in with')
  await page.getByRole('button', { name: 'Go on editing' }).click()
  await expect(two.getByRole('checkbox', { name: 'Change people' })).toBeChecked()
  await picture('approvals')
  await two.getByRole('checkbox', { name: 'Change people' }).press('Space')
  await two.getByRole('checkbox', { name: 'Revoke what people sign in with' }).press('Space')
  await page.getByRole('button', { name: 'See what would change' }).click()
  await expect(page.getByText('Nothing is different from the policy in force.')).toBeVisible()
})

test('a rule for staff at this hour is tried before it is applied', async () => {
  await edit()
  await page.getByRole('button', { name: 'Add a rule' }).click()
  await box('Name of the rule').fill('Short pauses')
  const rule = rules().first()
  await rule.getByRole('checkbox', { name: 'Staff', exact: true }).press('Space')
  await rule.getByRole('checkbox', { name: 'Only at certain hours' }).press('Space')
  await box('From').fill('00:00')
  await box('To').fill('24:00')
  await page.getByRole('combobox', { name: 'Set something more' }).selectOption({ label: 'Locks after a pause of' })
  await page.getByRole('combobox', { name: 'Set something more' }).selectOption({ label: 'Warns before that for' })
  await rule.getByRole('textbox', { name: 'Locks after a pause of (minutes)' }).fill('0,1')
  await rule.getByRole('textbox', { name: 'Warns before that for (seconds)' }).fill('3')
  await picture('rule')
  await review()
  const changed = page.getByRole('list', { name: 'What would change' }).getByRole('listitem')
  await expect(changed).toHaveCount(1)
  await expect(changed).toContainText('New rule: Short pauses')
  await expect(changed).toContainText('Locks after a pause of: 6 seconds')
  const decided = (setting: string) => page.getByRole('row', { name: setting }).getByRole('cell')
  await expect(decided('Locks after a pause of')).toHaveText(['6 seconds', 'Short pauses'])
  await expect(decided('Longest session')).toHaveText(['12 hours', 'the settings for everybody'])
  await box('Or a person, by name or staff ID').fill(ada.staffId)
  await expect(page.getByText('Ada Kern · Roles: Administrator')).toBeVisible()
  await expect(decided('Locks after a pause of')).toHaveText(['5 minutes', 'the settings for everybody'])
  await picture('review')
})

test('it is applied with a reason, kept as a version, and takes effect for whoever it is for', async () => {
  await apply('busy corridor')
  await expect(page.getByText('Version 2 is in force.')).toBeVisible()
  await expect(rules().first()).toContainText('Short pauses')
  await page.getByRole('link', { name: 'All versions' }).click()
  const versions = page.getByRole('list', { name: 'All versions' }).getByRole('listitem')
  await expect(versions).toHaveCount(2)
  await expect(versions.first()).toContainText('Ada Kern · busy corridor')
  await picture('history')
  await page.getByRole('link', { name: 'Show version 1' }).click()
  await expect(page.getByText('With this the workstation began.')).toBeVisible()
  await lock(page)
  await unlock(page, bola, nurse.phone)
  await expect(page.getByText('This workstation locks soon.')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('status', { name: 'What happened' })).toHaveText('Locked after a pause.', {
    timeout: 20_000,
  })
})

test('longer codes hold for new phones, and the lock screen waits for all digits', async () => {
  await unlock(page, ada, administrator.phone)
  await edit()
  await page.getByRole('combobox', { name: 'Digits' }).selectOption('8')
  await expect(page.getByText(/Some apps ignore this and show wrong codes: Microsoft Authenticator/)).toBeVisible()
  await page.getByRole('button', { name: 'Remove: Short pauses' }).click()
  await review()
  await apply('longer codes')
  await expect(page.getByText('Version 3 is in force.')).toBeVisible()
  await lock(page)
  // A code of six digits still goes, with Enter.
  await page.getByRole('textbox', { name: 'Staff ID' }).fill(bola.staffId)
  await page.getByRole('textbox', { name: 'One-time code' }).fill(await nurse.phone.nextCode())
  await expect(page.getByRole('status', { name: 'What happened' })).not.toContainText('Checking')
  await picture('eight-digits')
  await page.getByRole('textbox', { name: 'One-time code' }).press('Enter')
  await expect(page.getByRole('heading', { name: `Signed in as ${bola.name}` })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Administration' })).toHaveCount(0)
  await lock(page)
  expect((await runCli(folder, 'audit', 'verify')).status).toBe(0)
})
