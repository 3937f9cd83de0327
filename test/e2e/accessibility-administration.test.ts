// Everybody can run the station: axe finds nothing in the ways in that policy asks for, and nothing in Administration.
import fs from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { policyDocument } from '../../src/contracts/policy.ts'
import { makeWaitingOffer } from '../../src/station/offers.ts'
import { addPerson, personByStaffId } from '../../src/station/people.ts'
import { setPolicy } from '../../src/station/policy-versions.ts'
import { makeToken } from '../../src/station/tokens.ts'
import { expectNames, expectNoBarrier } from '../support/axe.ts'
import { ada, bola, lock, signedInAs, typeCode, whatHappened } from '../support/flows.ts'
import { nameAnotherPhone } from '../support/hub/waiting-phone.ts'
import { Phone } from '../support/phone.ts'
import { changeStation, type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

const hour = 60 * 60_000
let prepared: Prepared
let station: StationApp
let page: Page
let phone: Phone

/** A PIN for everybody, tickets, two people for changes; a person whose offer waits, and tokens of IT. */
test.beforeAll(async () => {
  prepared = await prepareStation()
  phone = new Phone(prepared.setupKey)
  await changeStation(prepared.folder, ({ ledger, keys }) =>
    ledger.record((recorder) => {
      const actor = personByStaffId(recorder, ada.staffId)?.id ?? ''
      addPerson(recorder, { displayName: bola.name, staffId: bola.staffId, roles: ['staff'] }, actor)
      addPerson(recorder, { displayName: 'Carmen Ruiz', staffId: 'N2107', roles: ['staff'] }, actor)
      const carmen = personByStaffId(recorder, 'N2107')
      if (carmen) makeWaitingOffer(recorder, carmen, Date.now() + 20 * hour, actor)
      const nowMs = Date.now()
      if (carmen) nameAnotherPhone(recorder, keys, carmen, nowMs)
      makeToken(recorder, keys, { name: 'hr', scopes: ['people.add', 'offers.create'], days: 30, actor }, nowMs)
      makeToken(recorder, keys, { name: 'old', scopes: ['people.import'], days: 1, actor }, nowMs - 48 * hour)
      const settings = { factors: 'code-and-pin', firstSignIn: 'ticket', freshMs: hour, idleMs: hour } as const
      const document = policyDocument.parse({ settings, approvals: ['change-people'] })
      setPolicy(recorder, document, { actor, reason: 'a test', after: null, nowMs })
    }),
  )
  station = await launchStation(prepared)
  page = station.page
})
test.afterAll(async () => {
  await station.close()
  fs.rmSync(prepared.folder, { recursive: true, force: true })
})

const button = (name: string) => page.getByRole('button', { name, exact: true })
const heading = (name: string) => page.getByRole('heading', { name, exact: true })
const area = (name: string) =>
  page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name, exact: true })

test('a PIN, as it is chosen and as it is typed', async () => {
  await typeCode(page, ada.staffId, await phone.nextCode())
  await expect(page.getByLabel('New PIN')).toBeVisible()
  await expectNoBarrier(page, 'a new PIN')
  await page.getByLabel('New PIN').fill('123456')
  await page.getByLabel('Same PIN again').fill('123456')
  await button('Unlock').click()
  await expectNoBarrier(page, 'a new PIN that is too easy')
  await page.getByLabel('New PIN').fill('528163')
  await page.getByLabel('Same PIN again').fill('528163')
  await button('Unlock').click()
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await lock(page)
  await typeCode(page, ada.staffId, await phone.nextCode())
  await expect(page.getByLabel('PIN', { exact: true })).toBeVisible()
  await expectNoBarrier(page, 'the PIN')
  await page.getByLabel('PIN', { exact: true }).fill('903714')
  await button('Unlock').click()
  await expect(whatHappened(page)).toHaveText(/did not match/)
  await expectNoBarrier(page, 'a wrong PIN')
  await page.getByLabel('PIN', { exact: true }).fill('528163')
  await button('Unlock').click()
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await expectNoBarrier(page, 'a session with what is one’s own')
})

test('a second person’s code', async () => {
  await area('People').click()
  await button('Add person').click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Dora Lind')
  await page.getByRole('textbox', { name: 'Staff ID', exact: true }).fill('N3000')
  await button('Add').click()
  await expectNames(page, [
    ['heading', 'A second person, please'],
    ['textbox', 'Staff ID of the second person'],
    ['textbox', 'One-time code of the second person'],
  ])
  await expectNoBarrier(page, 'a second person')
  await page.getByRole('textbox', { name: 'Staff ID of the second person' }).fill('A9')
  await page.getByRole('textbox', { name: 'One-time code of the second person' }).fill('123456')
  await expect(page.getByText('That code did not match')).toBeVisible()
  await expectNoBarrier(page, 'a second person’s wrong code')
})

test('a ticket, as it is issued and as it is shown', async () => {
  await area('People').click()
  await page.getByRole('link', { name: bola.name }).click()
  await button('Issue a ticket').click()
  await expectNoBarrier(page, 'a ticket to issue')
  await button('Issue a ticket').click()
  await expectNoBarrier(page, 'a ticket without its reason')
  await page.getByRole('textbox', { name: 'Reason' }).fill('starts today')
  await button('Issue a ticket').click()
  await expect(page.getByRole('status', { name: 'Ticket', exact: true })).toBeVisible()
  await expectNoBarrier(page, 'a ticket that is shown')
})

test('credentials, offers that wait, and a reason', async () => {
  await area('Credentials').click()
  await expect(heading('Credentials')).toBeVisible()
  await expect(page.getByText('Carmen Ruiz').first()).toBeVisible()
  await expectNoBarrier(page, 'credentials')
  await button('Revoke').first().click()
  await expectNoBarrier(page, 'a reason to revoke')
})

test('a phone that waits to be let in, with what it means, until somebody has asked whose it is', async () => {
  await area('People').click()
  await page.getByRole('link', { name: 'Carmen Ruiz' }).click()
  const row = page.getByRole('listitem').filter({ hasText: 'Waits to be let in' })
  await expect(row).toContainText('so far only the hub says that it is theirs')
  await row.getByRole('button', { name: 'Let this phone in' }).click()
  await expectNoBarrier(page, 'a phone to let in')
  await row.getByRole('button', { name: 'Let this phone in' }).click()
  await expect(row.getByText('Say why, in a few words.', { exact: false })).toBeVisible()
  await page.getByRole('textbox', { name: 'Reason' }).fill('she showed it to me')
  await row.getByRole('button', { name: 'Let this phone in' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Bound phone' }).filter({ hasText: 'Works' })).toBeVisible()
  await expect(row).toHaveCount(0)
})

test('the policy: in force, being changed, compared, tried, and refused', async () => {
  await area('Policy').click()
  await expect(page.getByText('Version 2 is in force.')).toBeVisible()
  await expectNoBarrier(page, 'policy')
  await page.getByRole('link', { name: 'All versions' }).click()
  await expect(page.getByRole('list', { name: 'All versions' })).toBeVisible()
  await expectNoBarrier(page, 'versions of the policy')
  await area('Policy').click()
  await page.getByRole('link', { name: 'Change the policy' }).click()
  await button('Add a rule').click()
  const rule = page.getByRole('list', { name: 'Rules' }).getByRole('listitem').first()
  await rule.getByRole('checkbox', { name: 'Only at certain hours' }).press('Space')
  await page.getByRole('textbox', { name: 'Locks after a pause of (minutes)', exact: true }).fill('ninety')
  await button('See what would change').click()
  await expectNoBarrier(page, 'policy editor with complaints')
  await page.getByRole('textbox', { name: 'Locks after a pause of (minutes)', exact: true }).fill('10')
  await rule.getByRole('textbox', { name: 'Name of the rule' }).fill('Phones only')
  await rule.getByRole('checkbox', { name: 'Only at certain hours' }).press('Space')
  await rule.getByRole('combobox').selectOption({ label: 'Signing in takes' })
  await rule.getByRole('combobox', { name: 'Signing in takes' }).selectOption({ index: 2 })
  await button('See what would change').click()
  await expect(page.getByRole('list', { name: 'What would change' })).toBeVisible()
  await expect(page.getByText('No administrator could sign in', { exact: false })).toBeVisible()
  await expect(page.getByText('there are not two here', { exact: false })).toBeVisible()
  await expectNoBarrier(page, 'policy compared, with problems and warnings')
})

test('the workstation: backup, and the tokens of IT, one of which ends', async () => {
  await area('Workstation').click()
  await expect(page.getByRole('list', { name: 'Health' })).toBeVisible()
  const tokens = page.getByRole('list', { name: 'Provisioning tokens' }).getByRole('listitem')
  await expect(tokens).toHaveCount(2)
  await expect(tokens.filter({ hasText: 'hr' })).toContainText('add people, make enrollments')
  await expect(tokens.filter({ hasText: 'old' })).toContainText('Expired')
  await page
    .getByLabel(/Passphrase/)
    .first()
    .fill('short')
  await expectNoBarrier(page, 'workstation')
  const hr = tokens.filter({ hasText: 'hr' })
  await hr.getByRole('button', { name: 'Revoke token' }).click()
  await hr.getByRole('button', { name: 'Revoke token' }).click()
  await expect(hr.getByRole('textbox', { name: 'Reason' })).toHaveAttribute('aria-invalid', 'true')
  await expectNoBarrier(page, 'a token to revoke')
  await hr.getByRole('textbox', { name: 'Reason' }).fill('the script is gone')
  await hr.getByRole('button', { name: 'Revoke token' }).click()
  await expect(hr).toContainText('Revoked')
  await expect(hr.getByRole('button')).toHaveCount(0)
})
