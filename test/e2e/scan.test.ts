// A phone that scans, at the real window: bound by typed part and by camera, answering by eight digits and by camera.
import fs from 'node:fs'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { BoundPhone, phoneHost, readChallenge } from '../support/bound-phone.ts'
import { FakeCamera } from '../support/fake-camera.ts'
import { ada, bola, lock, signedInAs, unlock, whatHappened } from '../support/flows.ts'
import { Phone, readQr } from '../support/phone.ts'
import { type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

const shots = process.env.WARDKEY_SHOTS
const camera = new FakeCamera()
let prepared: Prepared
let station: StationApp
let page: Page
let app: Phone
let adas: BoundPhone
let bolas: BoundPhone
/** Of an answer that was taken. */
let used = ''

test.beforeAll(async () => {
  prepared = await prepareStation()
  station = await launchStation({ ...prepared, env: { WARDKEY_PHONE_URL: phoneHost }, args: camera.switches })
  page = station.page
  app = new Phone(prepared.setupKey)
})
test.afterAll(async () => {
  await station.close()
  fs.rmSync(prepared.folder, { recursive: true, force: true })
  camera.remove()
})

const textbox = (name: string) => page.getByRole('textbox', { name, exact: true })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const image = (name: string) => page.getByRole('img', { name, exact: true })
const link = async (name: string) => {
  await expect(image(name)).toBeVisible()
  return readQr(await page.screenshot())
}
const challenge = async () => readChallenge(await link('Login QR code'))
const take = async (name: string) => {
  if (shots) await page.screenshot({ path: path.join(shots, `${name}.png`) })
}

test('a phone is bound with neither camera nor network: its part is typed, and its digits', async () => {
  await unlock(page, ada, app)
  await button('Bind my phone').click()
  adas = new BoundPhone(await link('Binding QR code'))
  await take('scan-offer')
  await textbox('Part from the phone').fill('abcd')
  await button('Go on').click()
  await expect(page.getByText('The part has 16 letters and digits.')).toBeVisible()
  await textbox('Part from the phone').fill(adas.typedPart.toLowerCase())
  await expect(textbox('Part from the phone')).toHaveValue(/^([A-Z2-7]{4} ){3}[A-Z2-7]{4}$/)
  await button('Go on').click()
  await take('scan-digits')
  await textbox('Code from the phone').fill('00000000')
  await expect(page.getByText('Those digits did not match. Type the eight that the phone shows now.')).toBeVisible()
  await textbox('Code from the phone').fill(adas.digitsForTyped())
  expect(adas.take(await link('Welcome QR code'))).toBe(true)
  await take('scan-welcome')
  await button('Done').click()
  await expect(button('Bind my phone')).toBeVisible()
})

test('eight digits with an empty staff ID go by themselves, and the session says by which way', async () => {
  await lock(page)
  used = adas.digits(await challenge())
  await textbox('One-time code').fill(used)
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await expect(page.getByText(/^since \d\d:\d\d, by phone$/)).toBeVisible()
  await take('scan-session')
})

test('an answer works once, a wrong one is none, and each line says what to do next', async () => {
  await lock(page)
  await textbox('One-time code').fill(used)
  await expect(whatHappened(page)).toHaveText('This answer was used before. Scan the code once more.')
  await button('Other ways in').click()
  await button('Answer from the phone').click()
  await textbox('Staff ID').fill(ada.staffId)
  await textbox('Answer from the phone').fill('12345')
  await button('Unlock').click()
  await expect(whatHappened(page)).toHaveText('An answer has eight digits.')
  await textbox('Answer from the phone').fill('12345678')
  await expect(whatHappened(page)).toHaveText(/^Those digits did not match\. This workstation has just started/)
  await take('scan-answer')
  await textbox('Answer from the phone').fill(adas.digits(await challenge()))
  await expect(signedInAs(page, ada.name)).toBeVisible()
})

test('a phone is bound by the camera, which sees its very pixels', async () => {
  await page.getByRole('link', { name: 'People' }).click()
  await button('Add person').click()
  await textbox('Name').fill(bola.name)
  await textbox('Staff ID').fill(bola.staffId)
  await button('Add').click()
  // A phone's answer may be too old a proof for what comes: either way the offer for an app comes first.
  await expect(image('Enrollment QR code')).toBeVisible()
  await button('Cancel').click()
  await button(`Bind a phone for ${bola.name}`).click()
  bolas = new BoundPhone(await link('Binding QR code'))
  camera.show('WARDKEY:PNOTAPART')
  await button("Hold the phone's code to this workstation's camera").click()
  await expect(
    page.getByText('The phone shows something else. Hold up the code that it shows for binding.'),
  ).toBeVisible()
  await expect(page.getByLabel('What the camera sees')).toBeVisible()
  await take('scan-camera-part')
  await button('Close the camera').click()
  camera.show(bolas.part())
  await button("Hold the phone's code to this workstation's camera").click()
  await textbox('Code from the phone').fill(bolas.digitsForPart())
  expect(bolas.take(await link('Welcome QR code'))).toBe(true)
  await button('Done').click()
  await expect(page.getByRole('list', { name: 'Recovery codes' })).toBeVisible()
  await page.getByRole('checkbox', { name: 'I have stored these codes' }).press('Space')
  await button('Finish').click()
  await page.getByRole('link', { name: 'People' }).click()
  await expect(page.getByRole('cell', { name: /Bound to scan/ }).first()).toBeVisible()
  await take('scan-people')
})

test('an answer that is shown to the camera opens the station', async () => {
  await lock(page)
  camera.show('WARDKEY:RSOMETHINGELSE')
  await button('Show phone to camera').click()
  await expect(whatHappened(page)).toHaveText(
    'This is no answer. Scan the code on this screen, and hold up what the phone shows then.',
  )
  await take('scan-camera-lock')
  await button('Close the camera').click()
  await expect(page.getByRole('group', { name: 'On-screen keys' })).toBeVisible()
  camera.show(bolas.shownAnswer(await challenge()))
  await button('Show phone to camera').click()
  await expect(signedInAs(page, bola.name)).toBeVisible()
  await expect(page.getByText(/by phone$/)).toBeVisible()
})

test('a phone that says no opens nothing, and is closed for a while', async () => {
  await lock(page)
  camera.show(bolas.shownAnswer(await challenge(), { decision: 'denied' }))
  await button('Show phone to camera').click()
  await expect(whatHappened(page)).toHaveText('The phone said no. Nobody is signed in; administrators have been told.')
  await button('Close the camera').click()
  await textbox('One-time code').fill(bolas.digits(await challenge()))
  await expect(whatHappened(page)).not.toHaveText('')
  await expect(image('Login QR code')).toBeVisible()
})
