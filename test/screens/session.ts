// Pictures of a session and of Administration: people, credentials, an import, the workstation.
import { expect, type Page } from '@playwright/test'
import { ada, bola, type Enrolled, enroll, lock, unlock } from '../support/flows.ts'
import { takeLog } from './log.ts'
import { takePolicy } from './policy.ts'
import { take } from './take.ts'

export async function takeSession(page: Page, { phone }: Enrolled): Promise<void> {
  await unlock(page, ada, phone)
  await take(page, 'session')
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('button', { name: 'Add person' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(bola.name)
  await page.getByRole('textbox', { name: 'Staff ID' }).fill(bola.staffId)
  await take(page, 'add-person')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByRole('img', { name: 'Enrollment QR code' })).toBeVisible()
  await take(page, 'offer-in-administration')
  await enroll(page)
  await expect(page.getByRole('row', { name: /Bola Adeyemi/ })).toBeVisible()
  await take(page, 'people')
  await page.getByRole('link', { name: bola.name }).click()
  await expect(page.getByRole('heading', { name: bola.name })).toBeVisible()
  await take(page, 'person')
  await page.getByRole('button', { name: 'Suspend' }).click()
  await take(page, 'person-suspend')
  await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'Credentials' }).click()
  await expect(page.getByRole('list', { name: 'Ways to sign in, Bola Adeyemi' })).toBeVisible()
  await take(page, 'credentials')
  await page.getByRole('link', { name: 'People' }).first().click()
  await page.getByRole('link', { name: 'Import' }).click()
  await page.getByLabel('CSV file').setInputFiles(file('staff_id,name\nN2107,Carmen Ruiz\nN2190,Dieter Vogt\n'))
  await expect(page.getByText('2 people can be added.')).toBeVisible()
  await take(page, 'import')
  await page.getByLabel('CSV file').setInputFiles(file('staff_id,name,roles\nN2044,Bola Again,staff\nN2190,,boss\n'))
  await expect(page.getByRole('list', { name: 'Lines to put right' })).toBeVisible()
  await take(page, 'import-problems')
  await page.getByRole('link', { name: 'Workstation' }).click()
  await expect(page.getByRole('list', { name: 'Health' })).toBeVisible()
  await take(page, 'workstation')
  await takePolicy(page)
  await lock(page)
  await takeLog(page, phone)
}

function file(text: string) {
  return { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
}
