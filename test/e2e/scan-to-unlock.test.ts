// Two real programs: the station in Electron and the phone page in Chromium, each with the other's very pixels before its camera.
import fs from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { FakeCamera } from '../support/fake-camera.ts'
import { ada, lock, place, signedInAs, unlock, whatHappened } from '../support/flows.ts'
import { Phone } from '../support/phone.ts'
import { phonePageHost } from '../support/phone-host.ts'
import { openPhone, type PhonePage } from '../support/phone-page.ts'
import { copyOf, type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'

let prepared: Prepared
let folder: string
let station: StationApp
let phone: PhonePage
let app: Phone
let camera: FakeCamera
let page: Page

test.beforeAll(async () => {
  prepared = await prepareStation()
})
test.beforeEach(async () => {
  folder = await copyOf(prepared)
  camera = new FakeCamera()
  station = await launchStation({ folder, env: { WARDKEY_PHONE_URL: phonePageHost }, args: camera.switches })
  page = station.page
  app = new Phone(prepared.setupKey)
  phone = await openPhone()
  await phone.visit()
})
test.afterEach(async () => {
  await phone.close()
  await station.close()
  camera.remove()
  fs.rmSync(folder, { recursive: true, force: true })
})
test.afterAll(() => fs.rmSync(prepared.folder, { recursive: true, force: true }))

const textbox = (name: string) => page.getByRole('textbox', { name, exact: true })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const onPhone = (name: string) => phone.page.getByRole('button', { name, exact: true })
const ofStation = async (name: string): Promise<Buffer> => {
  await expect(page.getByRole('img', { name, exact: true })).toBeVisible()
  return page.screenshot()
}
const digitsOnPhone = async (): Promise<string> => {
  const digits = phone.page.getByRole('img', { name: /^Eight digits: / })
  return ((await digits.getAttribute('aria-label')) ?? '').replace(/\D/g, '')
}

async function bindByTyping(): Promise<void> {
  await unlock(page, ada, app)
  await button('Bind my phone').click()
  await phone.scan(await ofStation('Binding QR code'))
  await onPhone('Bind this phone').click()
  await onPhone('It has no camera').click()
  const part = await phone.page.getByLabel('This phone’s part').textContent()
  await textbox('Part from the phone').fill(part ?? '')
  await button('Go on').click()
  await textbox('Code from the phone').fill(await digitsOnPhone())
  await welcome()
}

async function bindByCamera(): Promise<void> {
  await unlock(page, ada, app)
  await button('Bind my phone').click()
  await phone.scan(await ofStation('Binding QR code'))
  await onPhone('Bind this phone').click()
  await expect(phone.page.getByRole('img', { name: 'This phone’s part' })).toBeVisible()
  camera.film(await phone.page.screenshot())
  await button("Hold the phone's code to this workstation's camera").click()
  await textbox('Code from the phone').fill(await digitsOnPhone())
  await welcome()
}

async function welcome(): Promise<void> {
  phone.holdUp(await ofStation('Welcome QR code'))
  await onPhone('Scan its new code').click()
  await expect(phone.page.getByRole('heading', { name: 'This phone is bound.' })).toBeVisible()
  await button('Done').click()
}

async function approve(): Promise<void> {
  await phone.scan(await ofStation('Login QR code'))
  await expect(phone.page.getByText('Unlock this workstation?')).toBeVisible()
  await onPhone('Unlock').click()
}

test('with the network cut, a phone is bound, scans, and its eight digits unlock', async () => {
  await phone.cutNetwork()
  await phone.page.reload()
  await bindByTyping()
  await expect(onPhone('Scan the workstation')).toBeVisible()
  await lock(page)
  await approve()
  await expect(phone.page.getByRole('heading', { name: place.name })).toBeVisible()
  const digits = await digitsOnPhone()
  await textbox('One-time code').fill(digits)
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await lock(page)
  await textbox('One-time code').fill(digits)
  await expect(whatHappened(page)).toHaveText('This answer was used before. Scan the code once more.')
})

test('bound by the camera, with the owner’s finger, a phone shows its answer to the camera and opens', async () => {
  const owner = await phone.addScreenLock()
  await bindByCamera()
  await lock(page)
  await approve()
  await onPhone('Show to the camera instead').click()
  camera.film(await phone.page.screenshot())
  await button('Show phone to camera').click()
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await lock(page)
  await onPhone('Done').click()
  await owner.refuse()
  await approve()
  await expect(phone.page.getByText('Your phone did not see you. Try again.')).toBeVisible()
})
