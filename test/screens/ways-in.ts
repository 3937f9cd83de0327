// Pictures of the other ways in, under a policy that wants a PIN and hands out tickets.
import fs from 'node:fs'
import { expect } from '@playwright/test'
import { ada, bola, lock, typeCode } from '../support/flows.ts'
import { Phone } from '../support/phone.ts'
import { setPolicy } from '../support/policy-row.ts'
import { prepareStation } from '../support/prepared-station.ts'
import { launchStation } from '../support/station-app.ts'
import { desktop, small, take } from './take.ts'

/** A policy that wants a PIN and hands out tickets: its screens, at the common size and at the smallest. */
export async function takeWaysIn(): Promise<void> {
  const prepared = await prepareStation()
  await setPolicy(prepared.folder, { factors: 'code-and-pin', firstSignIn: 'ticket' })
  const station = await launchStation(prepared)
  const { page } = station
  const phone = new Phone(prepared.setupKey)
  const both = async (name: string) => {
    await page.setViewportSize(small)
    await take(page, `${name}-1024x600`)
    await page.setViewportSize(desktop)
    await take(page, name)
  }
  try {
    await page.setViewportSize(desktop)
    await page.getByRole('button', { name: 'Other ways in' }).click()
    await both('lock-other-ways')
    await page.getByRole('button', { name: 'Back' }).click()
    await typeCode(page, ada.staffId, await phone.nextCode())
    await page.getByLabel('New PIN').fill('123456')
    await both('lock-new-pin')
    await page.getByLabel('New PIN').fill('528163')
    await page.getByLabel('Same PIN again').fill('528163')
    await page.getByRole('button', { name: 'Unlock' }).click()
    await page.getByRole('link', { name: 'People' }).click()
    await page.getByRole('button', { name: 'Add person' }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(bola.name)
    await page.getByRole('textbox', { name: 'Staff ID' }).fill(bola.staffId)
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('button', { name: 'Issue a ticket' }).click()
    await page.getByRole('textbox', { name: 'Reason' }).fill('starts today')
    await both('ticket-form')
    await page.getByRole('button', { name: 'Issue a ticket' }).click()
    const ticket = (await page.getByRole('status', { name: 'Ticket', exact: true }).textContent()) ?? ''
    await both('ticket-shown')
    await lock(page)
    await typeCode(page, ada.staffId, await phone.nextCode())
    await page.getByLabel('PIN', { exact: true }).fill('903714')
    await page.getByRole('button', { name: 'Unlock' }).click()
    await expect(page.getByRole('status', { name: 'What happened' })).toHaveText(/did not match/)
    await both('lock-pin')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Other ways in' }).click()
    await page.getByRole('textbox', { name: 'Staff ID' }).fill(ada.staffId)
    await page.getByRole('textbox', { name: 'Recovery code' }).fill(prepared.recoveryCodes[0] ?? '')
    await page.getByRole('button', { name: 'Unlock' }).click()
    await both('session-recovery')
    await lock(page)
    await page.getByRole('button', { name: 'Other ways in' }).click()
    await page.getByRole('button', { name: 'Ticket' }).click()
    await page.getByRole('textbox', { name: 'Staff ID' }).fill(bola.staffId)
    await page.getByRole('textbox', { name: 'Ticket' }).fill(ticket)
    await both('lock-ticket')
  } finally {
    await station.close()
    fs.rmSync(prepared.folder, { recursive: true, force: true })
  }
}
