// A bound phone where a code is asked for in a session, at the real window: typed, shown to the camera, and refused.
import fs from 'node:fs'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { BoundPhone, phoneHost, readChallenge } from '../support/bound-phone.ts'
import { FakeCamera } from '../support/fake-camera.ts'
import { ada, lock, signedInAs, unlock, whatHappened } from '../support/flows.ts'
import { Phone, readQr } from '../support/phone.ts'
import { type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

const shots = process.env.WARDKEY_SHOTS
const camera = new FakeCamera()
let prepared: Prepared
let station: StationApp
let page: Page
let phone: BoundPhone

test.beforeAll(async () => {
  prepared = await prepareStation()
  station = await launchStation({ ...prepared, env: { WARDKEY_PHONE_URL: phoneHost }, args: camera.switches })
  page = station.page
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
  await image(name).scrollIntoViewIfNeeded()
  return readQr(await page.screenshot())
}
const asked = async () => readChallenge(await link('QR code for this approval'))
const take = async (name: string) => {
  if (shots) await page.screenshot({ path: path.join(shots, `${name}.png`) })
}

test('after a recovery code a step-up is answered by the eight digits of the bound phone', async () => {
  await unlock(page, ada, new Phone(prepared.setupKey))
  await button('Bind my phone').click()
  phone = new BoundPhone(await link('Binding QR code'))
  camera.show(phone.part())
  await button("Hold the phone's code to this workstation's camera").click()
  await textbox('Code from the phone').fill(phone.digitsForPart())
  expect(phone.take(await link('Welcome QR code'))).toBe(true)
  await button('Done').click()
  await expect(button('Bind my phone')).toBeVisible()
  await lock(page)

  await button('Other ways in').click()
  await textbox('Staff ID').fill(ada.staffId)
  await textbox('Recovery code').fill(prepared.recoveryCodes[0] ?? '')
  await button('Unlock').click()
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await button('Make new codes').click()
  const challenge = await asked()
  expect(challenge[0]).toBe(2)
  await take('approval-step-up')
  await textbox('Answer from the phone').fill('00000000')
  await expect(whatHappened(page).filter({ hasText: /./ })).toHaveText(
    'Those digits did not match. Scan the code once more.',
  )
  await textbox('Answer from the phone').fill(phone.digits(challenge))
  await expect(page.getByRole('list', { name: 'Recovery codes' })).toBeVisible()
  await page.getByRole('checkbox', { name: 'I have stored these codes' }).press('Space')
  await button('Finish').click()
  await expect(image('QR code for this approval')).toHaveCount(0)
})

test('the phone from before approves a new one to the camera, which then is bound in its place', async () => {
  await button('Move to a new phone').click()
  const challenge = await asked()
  expect(challenge[0]).toBe(4)
  camera.show(phone.shownAnswer(challenge))
  await button('Show phone to camera').click()
  const next = new BoundPhone(await link('Binding QR code'))
  camera.show(next.part())
  await button("Hold the phone's code to this workstation's camera").click()
  await textbox('Code from the phone').fill(next.digitsForPart())
  expect(next.take(await link('Welcome QR code'))).toBe(true)
  await button('Done').click()
  await lock(page)
  const login = readChallenge(await link('Login QR code'))
  await textbox('One-time code').fill(phone.digits(login))
  await expect(whatHappened(page)).not.toHaveText('')
  await textbox('Staff ID').fill(ada.staffId)
  await button('Other ways in').click()
  await button('Answer from the phone').click()
  await textbox('Answer from the phone').fill(next.digits(readChallenge(await link('Login QR code'))))
  await expect(signedInAs(page, ada.name)).toBeVisible()
})

test('an answer to a code of a session does not unlock', async () => {
  await button('Move to a new phone').click()
  const challenge = await asked()
  await button('Cancel').click()
  await lock(page)
  camera.show(phone.shownAnswer(challenge))
  await button('Show phone to camera').click()
  await expect(whatHappened(page)).not.toHaveText('')
  await expect(image('Login QR code')).toBeVisible()
})
