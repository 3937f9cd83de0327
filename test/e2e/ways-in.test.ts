// PINs, tickets, printed recovery codes and a phone that is replaced, from the lock screen on, in the real window.
import { expect, type Page, test } from '@playwright/test'
import { ada, bola, type Enrolled, enroll, lock, signedInAs, typeCode, whatHappened } from '../support/flows.ts'
import { textOfPdf } from '../support/pdf-text.ts'
import { Phone, readQr } from '../support/phone.ts'
import { setPolicy } from '../support/policy-row.ts'
import { prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

const pin = '528163'
const bolaPin = '903714'
let station: StationApp
let page: Page
let phone: Phone
let nurse: Pick<Enrolled, 'phone' | 'recoveryCodes'>

test.beforeAll(async () => {
  const prepared = await prepareStation()
  await setPolicy(prepared.folder, { factors: 'code-and-pin', firstSignIn: 'ticket' })
  phone = new Phone(prepared.setupKey)
  station = await launchStation({ ...prepared, ownTime: true })
  page = station.page
  await withPrinter()
})
test.afterAll(async () => station.close())

const button = (name: string) => page.getByRole('button', { name, exact: true })
const field = (name: string) => page.getByLabel(name, { exact: true })

/** A printer that takes everything, and the options it was given. */
const withPrinter = () =>
  station.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (!contents) throw new Error('no window')
    const given: unknown[] = []
    Object.assign(globalThis, { given })
    Object.assign(contents, {
      getPrintersAsync: async () => [{ name: 'ward' }],
      print: (options: unknown, done: (success: boolean) => void) => {
        given.push(options)
        done(true)
      },
    })
  })

async function unlockByPin(who: { name: string; staffId: string }, own: Phone, digits: string): Promise<void> {
  await typeCode(page, who.staffId, await own.nextCode())
  await expect(whatHappened(page)).toHaveText('The code is right. Now your PIN.')
  await field('PIN').fill(digits)
  await button('Unlock').click()
  await expect(signedInAs(page, who.name)).toBeVisible()
}

async function useTicket(ticket: string): Promise<void> {
  await button('Other ways in').click()
  await page.getByRole('list', { name: 'Other ways in' }).getByRole('button', { name: 'Ticket' }).click()
  await page.getByRole('textbox', { name: 'Staff ID' }).fill(bola.staffId)
  await page.getByRole('textbox', { name: 'Ticket' }).fill(ticket)
  await button('Unlock').click()
}

async function issueTicket(purpose: string): Promise<string> {
  await button('Issue a ticket').click()
  await page.getByLabel('What for').selectOption({ label: purpose })
  await page.getByLabel('How long').selectOption('2')
  await button('Issue a ticket').click()
  await expect(page.getByText('Say why, in a few words. It goes into the log.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Reason' }).fill('phone left at home')
  await button('Issue a ticket').click()
  const text = page.getByRole('status', { name: 'Ticket', exact: true })
  await expect(text).toHaveText(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/)
  const list = page.getByRole('list', { name: 'Tickets' }).getByRole('listitem')
  await expect(list).toHaveCount(1)
  await expect(list).toContainText('h')
  return (await text.textContent()) ?? ''
}

test('a first sign-in asks for a PIN to be chosen, twice, and none that anybody would guess', async () => {
  await typeCode(page, ada.staffId, await phone.nextCode())
  await expect(whatHappened(page)).toHaveText('The code is right. Choose a PIN now, six to twelve digits.')
  await expect(page.getByRole('textbox', { name: 'Staff ID' })).toHaveValue(ada.staffId)
  await field('New PIN').fill('123456')
  await field('Same PIN again').fill('123456')
  await button('Unlock').click()
  await expect(whatHappened(page)).toHaveText('Digits in a row are easy to guess. Choose another one.')
  await field('New PIN').fill(pin)
  await field('Same PIN again').fill('528164')
  await button('Unlock').click()
  await expect(whatHappened(page)).toHaveText('The two are not the same. Type both again.')
  await field('New PIN').fill(pin)
  await field('Same PIN again').fill(pin)
  await button('Unlock').click()
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await expect(page.getByText(/by code and PIN/)).toBeVisible()
  await lock(page)
})

test('a wrong PIN is said and may be typed again by the keys on the screen; Cancel leaves nothing', async () => {
  await typeCode(page, ada.staffId, await phone.nextCode())
  await field('PIN').fill('903714')
  await button('Unlock').click()
  await expect(whatHappened(page)).toHaveText('That PIN did not match. Try again.')
  await button('Cancel').click()
  await expect(page.getByRole('textbox', { name: 'Staff ID' })).toHaveValue('')
  await typeCode(page, ada.staffId, await phone.nextCode())
  await expect(field('PIN')).toBeFocused()
  const keys = page.getByRole('group', { name: 'On-screen keys' })
  for (const digit of pin) await keys.getByRole('button', { name: digit, exact: true }).click()
  await button('Unlock').click()
  await expect(signedInAs(page, ada.name)).toBeVisible()
})

test('a ticket gets a person to their own phone offer, PIN and codes, and to no session', async () => {
  await page.getByRole('link', { name: 'People' }).click()
  await button('Add person').click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(bola.name)
  await page.getByRole('textbox', { name: 'Staff ID' }).fill(bola.staffId)
  await button('Add').click()
  await expect(page.getByRole('heading', { name: bola.name })).toBeVisible()
  const ticket = await issueTicket('Enroll a phone alone')
  await lock(page)
  await useTicket(ticket)
  await expect(page.getByRole('img', { name: 'Enrollment QR code' })).toBeVisible()
  const own = Phone.fromUri(readQr(await page.screenshot()))
  await page.getByRole('textbox', { name: 'Code from the phone' }).fill(await own.nextCode())
  await expect(page.getByRole('heading', { name: `A PIN for ${bola.name}` })).toBeVisible()
  await field('New PIN').fill('204417')
  await field('Same PIN again').fill('204417')
  await button('Set PIN').click()
  await expect(whatHappened(page)).toHaveText('Your staff ID is on your badge. Choose another PIN.')
  await field('New PIN').fill(bolaPin)
  await field('Same PIN again').fill(bolaPin)
  await button('Set PIN').click()
  const listed = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(listed).toHaveCount(10)
  const codes = await listed.allInnerTexts()
  nurse = { phone: own, recoveryCodes: codes }
})

test('the recovery codes go to the printer: the sheet has them, whose they are, where and when, and nothing else', async () => {
  await button('Print').click()
  await expect(whatHappened(page)).toHaveText('Sent to the printer. Take the sheet with you.')
  expect(await station.app.evaluate(() => (globalThis as { given?: unknown }).given)).toEqual([
    { silent: true, printBackground: false },
  ])
  const pdf = await station.app.evaluate(async ({ BrowserWindow }) =>
    (await BrowserWindow.getAllWindows()[0]?.webContents.printToPDF({}))?.toString('base64'),
  )
  const text = textOfPdf(Buffer.from(pdf ?? '', 'base64'))
  expect(text.match(/[A-Z2-7]{4}(-[A-Z2-7]{4}){3}/g)).toEqual(nurse.recoveryCodes)
  expect(text).toContain(bola.name)
  expect(text).toContain('Ward 7, bay 3')
  expect(text).toContain(String(new Date().getFullYear()))
  expect(text).not.toContain('I have stored these codes')
  await page.getByRole('checkbox', { name: 'I have stored these codes' }).press('Space')
  await button('Finish').click()
  await expect(whatHappened(page)).toHaveText('Wait for the next code.')
  await unlockByPin(bola, nurse.phone, bolaPin)
  await lock(page)
})

test('a ticket signs a person in once, and the session says so', async () => {
  await unlockByPin(ada, phone, pin)
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('link', { name: bola.name }).click()
  const ticket = await issueTicket('Sign in once')
  await lock(page)
  await useTicket(ticket)
  await expect(signedInAs(page, bola.name)).toBeVisible()
  await expect(page.getByText(/by ticket/)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Your phone did not sign you in' })).toBeVisible()
  await lock(page)
  await useTicket(ticket)
  await expect(whatHappened(page)).toHaveText('That ticket did not match, or it is over.')
  await button('Back').click()
})

test('a recovery code asks for a new phone, which a supervisor approves; the old one is worth nothing', async () => {
  await button('Other ways in').click()
  await page.getByRole('textbox', { name: 'Staff ID' }).fill(bola.staffId)
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(nurse.recoveryCodes[0] ?? '')
  await button('Unlock').click()
  await expect(page.getByRole('heading', { name: 'Your phone did not sign you in' })).toBeVisible()
  await button('Enroll a new phone').click()
  await page.getByRole('textbox', { name: 'Supervisor staff ID' }).fill(ada.staffId)
  await page.getByRole('textbox', { name: 'Supervisor code' }).fill(await phone.nextCode())
  const found = await enroll(page)
  await expect(whatHappened(page)).toHaveText('Wait for the next code.')
  await typeCode(page, bola.staffId, await nurse.phone.nextCode())
  await expect(whatHappened(page)).toHaveText('That code did not match. Wait for the next one.')
  await unlockByPin(bola, found.phone, bolaPin)
  await expect(page.getByRole('heading', { name: 'Your phone did not sign you in' })).toHaveCount(0)
})
