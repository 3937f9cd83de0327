// Pictures of the audit log, of its alerts, and of a sign-in that was not theirs.
import { expect, type Page } from '@playwright/test'
import { ada, type Enrolled, lock, unlock } from '../support/flows.ts'
import { take } from './take.ts'

export async function takeLog(page: Page, phone: Enrolled['phone']): Promise<void> {
  await unlock(page, ada, phone)
  await page.getByRole('button', { name: 'It was not me' }).click()
  await take(page, 'not-me')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('link', { name: 'Audit log' }).click()
  await page.getByRole('button', { name: 'Verify the log' }).click()
  await expect(page.getByText('Anchored to this keychain.')).toBeVisible()
  await take(page, 'audit-log')
  await page.getByRole('searchbox', { name: 'Person' }).fill('nobody')
  await expect(page.getByText('Nobody here has this name or staff ID.')).toBeVisible()
  await take(page, 'audit-log-empty')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page
    .getByRole('button', { name: /Person added/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'Person added' })).toBeVisible()
  await take(page, 'audit-event')
  await page.getByRole('link', { name: 'Alerts' }).click()
  await take(page, 'alerts')
  await lock(page)
}
