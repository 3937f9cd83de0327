// A photo of the offer's QR code in an attacker's Chromium: each way of binding, before and after the rightful phone.
import fs from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { call } from '../support/bridge.ts'
import { FakeCamera } from '../support/fake-camera.ts'
import { ada, lock, place, signedInAs, unlock, whatHappened } from '../support/flows.ts'
import { boundPhones } from '../support/kept-rows.ts'
import { Phone } from '../support/phone.ts'
import { phonePageHost } from '../support/phone-host.ts'
import { openPhone, type PhonePage } from '../support/phone-page.ts'
import {
  answerOffer,
  approve,
  chooseTyping,
  digitsOf,
  film,
  logSince,
  openLink,
  partText,
  tryDigits,
} from '../support/photo-steps.ts'
import { type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

const camera = new FakeCamera()
let prepared: Prepared
let station: StationApp
let page: Page
let mine: PhonePage
let theirs: PhonePage
/** The event that the last test ended with. */
let seen = 0
let app: Phone

test.beforeAll(async () => {
  prepared = await prepareStation()
  station = await launchStation({
    ...prepared,
    env: { WARDKEY_PHONE_URL: phonePageHost },
    args: camera.switches,
    ownTime: true,
  })
  page = station.page
  mine = await openPhone()
  theirs = await openPhone()
  app = new Phone(prepared.setupKey)
  await unlock(page, ada, app)
  log()
})
test.afterAll(async () => {
  await theirs?.close()
  await mine?.close()
  await station?.close()
  camera.remove()
  fs.rmSync(prepared.folder, { recursive: true, force: true })
})

const textbox = (name: string) => page.getByRole('textbox', { name, exact: true })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const bound = () => boundPhones(prepared.folder)
const wrongDigits = 'Those digits did not match. Type the eight that the phone shows now.'
function log(): string[] {
  const { said, number } = logSince(prepared.folder, seen)
  seen = number
  return said.filter((line) => !line.startsWith('checkpoint'))
}
const pixels = async (code: string): Promise<Buffer> => {
  await expect(page.getByRole('img', { name: code, exact: true })).toBeVisible()
  return page.getByRole('img', { name: code, exact: true }).screenshot()
}

/** A new offer: its owner's phone opens it by its own camera app, and the other one films a photo of it. */
async function photographed(): Promise<void> {
  await button('Bind my phone').click()
  const photo = await pixels('Binding QR code')
  await openLink(mine, photo)
  await answerOffer(mine)
  await film(theirs, photo)
  await answerOffer(theirs)
}
async function showToCamera(phone: PhonePage): Promise<void> {
  camera.film(await phone.page.screenshot())
  await button("Hold the phone's code to this workstation's camera").click()
  await expect(page.getByText("The phone's code was read. Now type the eight digits that it shows.")).toBeVisible()
}
async function typePart(letters: string): Promise<void> {
  await textbox('Part from the phone').fill(letters)
  await button('Go on').click()
  await expect(
    page.getByText('The part was taken. Now type the eight digits that the phone shows for it.'),
  ).toBeVisible()
}
/** With the staff ID, which anybody may know. */
async function answer(digits: string): Promise<void> {
  const field = textbox('Answer from the phone')
  if (!(await field.isVisible())) {
    await button('Other ways in').click()
    await button('Answer from the phone').click()
  }
  await textbox('Staff ID').fill(ada.staffId)
  await field.fill(digits)
}
const send = async (phone: PhonePage) => call(page, 'submitPhonePart', { text: await partText(phone) })
/** The screen says that the code is over and why, and nobody's digits count from then on. */
async function expectOver(said = 'This code is no longer valid.'): Promise<void> {
  await expect(page.getByText(said)).toBeVisible()
  await expect(textbox('Code from the phone')).toHaveCount(0)
  for (const phone of [mine, theirs])
    expect(await call(page, 'confirmBinding', { digits: await digitsOf(phone) })).toEqual({
      ok: false,
      reason: 'not-now',
    })
  await button('Cancel').click()
}
async function tooManyTries(digits: string): Promise<void> {
  await tryDigits(page, digits, wrongDigits)
  await tryDigits(page, digits, wrongDigits)
  await textbox('Code from the phone').fill(digits)
  await expectOver()
}

test('typed, after the rightful phone: without its letters the photo is worth nothing', async () => {
  await photographed()
  const letters = await chooseTyping(mine)
  expect(await chooseTyping(theirs)).not.toBe(letters)
  await typePart(letters)
  await tryDigits(page, await digitsOf(theirs), wrongDigits)
  expect(bound()).toEqual([])
  await textbox('Code from the phone').fill(await digitsOf(mine))
  await openLink(mine, await pixels('Welcome QR code'))
  await expect(mine.page.getByText('This phone is bound.')).toBeVisible()
  await button('Done').click()
  expect(bound()).toHaveLength(1)
  expect(log()).toEqual([
    'offer-made',
    'phone-part-taken typed',
    'offer-tried refused wrong-code',
    'offer-confirmed accepted typed',
  ])
  // Without the welcome the other phone knows the workstation by its number alone: it answers, and for nobody.
  await theirs.page.getByRole('button', { name: 'Finish without scanning' }).click()
  await lock(page)
  const screen = await pixels('Login QR code')
  await film(theirs, screen)
  await answer(await approve(theirs))
  await expect(whatHappened(page)).toHaveText(/^Those digits did not match\. This workstation has just started/)
  await openLink(mine, screen)
  await answer(await approve(mine))
  await expect(signedInAs(page, ada.name)).toBeVisible()
  expect(log()).toEqual(
    expect.arrayContaining(['login-attempted refused wrong-code typed', 'login-attempted accepted typed']),
  )
})

test('typed, before the rightful phone: its owner’s digits do not match, and nobody is bound', async () => {
  const before = bound()
  await photographed()
  await typePart(await chooseTyping(theirs))
  await chooseTyping(mine)
  await tooManyTries(await digitsOf(mine))
  expect(bound()).toEqual(before)
  expect(log()).toEqual([
    'offer-made',
    'phone-part-taken typed',
    ...Array(3).fill('offer-tried refused wrong-code'),
    'offer-ended too-many-tries',
  ])
})

test('by camera, before the rightful phone: its owner’s digits do not match, and nobody is bound', async () => {
  const before = bound()
  await photographed()
  await showToCamera(theirs)
  await tooManyTries(await digitsOf(mine))
  expect(bound()).toEqual(before)
  expect(log()).toEqual([
    'offer-made',
    'phone-part-taken shown',
    ...Array(3).fill('offer-tried refused wrong-code'),
    'offer-ended too-many-tries',
  ])
})

for (const when of ['after', 'before'] as const)
  test(`sent, ${when} the rightful phone: two parts end the offer, and the screen says so`, async () => {
    const before = bound()
    await photographed()
    const [first, second] = when === 'after' ? [mine, theirs] : [theirs, mine]
    expect(await send(first)).toEqual({ ok: true })
    await expect(page.getByText("The phone's code was read. Now type the eight digits that it shows.")).toBeVisible()
    expect(await send(second)).toEqual({ ok: false, reason: 'second-part' })
    await expectOver('A second phone answered, so this code has ended.')
    expect(bound()).toEqual(before)
    expect(log()).toEqual(['offer-made', 'phone-part-taken shown', 'offer-ended second-part'])
  })

test('by camera, after the rightful phone: the photo has digits that confirm nothing', async () => {
  const before = bound()
  await lock(page)
  // By a code of the app: the phone that this one takes the place of did not open the session.
  await unlock(page, ada, app)
  log()
  await photographed()
  await showToCamera(mine)
  expect(await digitsOf(theirs)).not.toBe(await digitsOf(mine))
  await tryDigits(page, await digitsOf(theirs), wrongDigits)
  expect(bound()).toEqual(before)
  await textbox('Code from the phone').fill(await digitsOf(mine))
  const welcome = await pixels('Welcome QR code')
  await openLink(mine, welcome)
  await openLink(theirs, welcome)
  // A phone can't know whose part the station took: with photos of both codes it takes itself for the one.
  for (const phone of [mine, theirs]) await expect(phone.page.getByText('This phone is bound.')).toBeVisible()
  await button('Done').click()
  expect(bound()).toHaveLength(1)
  expect(log()).toEqual([
    'offer-made',
    'phone-part-taken shown',
    'offer-tried refused wrong-code',
    'credential-ended replaced',
    'offer-confirmed accepted keys',
  ])
})

test('with photos of both codes, neither its digits nor its signed answer open anything', async () => {
  await lock(page)
  await film(theirs, await pixels('Login QR code'))
  const digits = await approve(theirs)
  await expect(theirs.page.getByRole('heading', { name: place.name })).toBeVisible()
  await textbox('One-time code').fill(digits)
  await expect(whatHappened(page)).toHaveText(/^Those digits did not match\. This workstation has just started/)
  await theirs.page.getByRole('button', { name: 'Show to the camera instead' }).click()
  camera.film(await theirs.page.screenshot())
  await button('Show phone to camera').click()
  await expect(whatHappened(page)).toHaveText(
    'This answer could not be checked. Scan again. If that does not help, have the phone bound anew.',
  )
  await button('Close the camera').click()
  await openLink(mine, await pixels('Login QR code'))
  await approve(mine)
  await mine.page.getByRole('button', { name: 'Show to the camera instead' }).click()
  camera.film(await mine.page.screenshot())
  await button('Show phone to camera').click()
  await expect(signedInAs(page, ada.name)).toBeVisible()
  const said = log()
  expect(said).toContain('login-attempted refused wrong-code typed')
  expect(said).toContain('login-attempted refused bad-signature shown')
  expect(said.filter((line) => line.startsWith('login-attempted accepted'))).toHaveLength(1)
})
