// Pictures of the policy: in force, changed, reviewed, its versions.
import { expect, type Page } from '@playwright/test'
import { take } from './take.ts'

export async function takePolicy(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Policy' }).click()
  await expect(page.getByText('Version 1 is in force.')).toBeVisible()
  await take(page, 'policy')
  await page.getByRole('link', { name: 'Change the policy' }).click()
  await page.getByRole('button', { name: 'Add a rule' }).click()
  const rule = page.getByRole('list', { name: 'Rules' }).getByRole('listitem').first()
  await rule.getByRole('textbox', { name: 'Name of the rule' }).fill('Nights')
  await rule.getByRole('checkbox', { name: 'Staff', exact: true }).press('Space')
  await rule.getByRole('checkbox', { name: 'Only at certain hours' }).press('Space')
  await rule.getByRole('combobox').selectOption({ label: 'Locks after a pause of' })
  await take(page, 'policy-rule')
  await page.getByRole('button', { name: 'See what would change' }).click()
  await expect(page.getByRole('list', { name: 'What would change' })).toBeVisible()
  await take(page, 'policy-review')
  await page.getByRole('button', { name: 'Put in force' }).click()
  await page.getByRole('textbox', { name: 'Reason' }).fill('quiet corridors at night')
  await page.getByRole('button', { name: 'Put in force' }).click()
  await expect(page.getByText('Version 2 is in force.')).toBeVisible()
  await page.getByRole('link', { name: 'All versions' }).click()
  await expect(page.getByRole('list', { name: 'All versions' })).toBeVisible()
  await take(page, 'policy-versions')
}
