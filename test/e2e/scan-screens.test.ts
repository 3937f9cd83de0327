// The screens of scanning for everybody: axe in each theme, every size, six languages, by keyboard alone and by touch alone.
import fs from 'node:fs'
import path from 'node:path'
import { type CDPSession, expect, type Locator, type Page, test } from '@playwright/test'
import { languageCodes } from '../../src/ui/messages/languages.ts'
import { words } from '../../src/ui/messages/words.ts'
import { expectNoBarrier, findBarriers } from '../support/axe.ts'
import { BoundPhone, phoneHost, readChallenge } from '../support/bound-phone.ts'
import { FakeCamera } from '../support/fake-camera.ts'
import { ada, lock, signedInAs, unlock } from '../support/flows.ts'
import { expectHolds, faultsOf } from '../support/layout.ts'
import { Phone, readQr } from '../support/phone.ts'
import { type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

const shots = process.env.WARDKEY_SHOTS
const camera = new FakeCamera()
let prepared: Prepared
let station: StationApp
let page: Page
let touch: CDPSession
let phone: BoundPhone

test.beforeAll(async () => {
  prepared = await prepareStation()
  station = await launchStation({ ...prepared, env: { WARDKEY_PHONE_URL: phoneHost }, args: camera.switches })
  page = station.page
  touch = await page.context().newCDPSession(page)
})
test.afterAll(async () => {
  await station.close()
  fs.rmSync(prepared.folder, { recursive: true, force: true })
  camera.remove()
})

const textbox = (name: string) => page.getByRole('textbox', { name, exact: true })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const keypad = () => page.getByRole('group', { name: 'On-screen keys' })
const link = async (name: string) => {
  await expect(page.getByRole('img', { name, exact: true })).toBeVisible()
  return readQr(await page.screenshot())
}
const take = async (name: string) => {
  if (shots) await page.screenshot({ path: path.join(shots, `${name}.png`) })
}
/** Goes on by Tab until the control has the focus. */
async function tabTo(target: Locator): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never came to ${target}`)
}
async function tap(target: Locator): Promise<void> {
  await target.scrollIntoViewIfNeeded()
  const box = await target.boundingBox()
  if (!box) throw new Error(`nothing to touch: ${target}`)
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] })
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}
async function tapText(text: string): Promise<void> {
  for (const sign of text) {
    const key = keypad().getByRole('button', { name: sign, exact: true })
    if (!(await key.isVisible())) await tap(button(/\d/.test(sign) ? '123' : 'ABC'))
    await tap(key)
  }
}

test('binding, in each theme and at every size', async () => {
  await unlock(page, ada, new Phone(prepared.setupKey))
  await button('Bind my phone').click()
  phone = new BoundPhone(await link('Binding QR code'))
  await expectNoBarrier(page, 'a binding')
  await expectHolds(page, 'a binding', true)
  await button("Hold the phone's code to this workstation's camera").click()
  await expect(page.getByLabel('What the camera sees')).toBeVisible()
  await expectNoBarrier(page, 'a binding by camera')
  await expectHolds(page, 'a binding by camera', true)
  await button('Close the camera').click()
})

test('its two ways by touch alone, on the keys of its own', async () => {
  await touch.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 1 })
  await tap(textbox('Part from the phone'))
  await tapText(phone.typedPart.replaceAll('-', ''))
  await take('scan-touch')
  await tap(button('Go on'))
  await expect(textbox('Code from the phone')).toBeVisible()
  await expectHolds(page, 'digits of a binding', true)
  await expectNoBarrier(page, 'digits of a binding')
  await tap(textbox('Code from the phone'))
  await tapText(phone.digitsForTyped())
  expect(phone.take(await link('Welcome QR code'))).toBe(true)
  await expectNoBarrier(page, 'a welcome')
  await expectHolds(page, 'a welcome', true)
  await tap(button('Done'))
  await touch.send('Emulation.setTouchEmulationEnabled', { enabled: false })
})

test('the lock screen with a camera, and the answer from the phone', async () => {
  await lock(page)
  await expectNoBarrier(page, 'lock screen that scans')
  await expectHolds(page, 'lock screen that scans')
  await button('Other ways in').click()
  await expectHolds(page, 'other ways with a camera')
  await expectNoBarrier(page, 'other ways with a camera')
  await button('Answer from the phone').click()
  await expectHolds(page, 'the answer from the phone')
  await button('Back').click()
  await button('Show phone to camera').first().click()
  await expect(page.getByLabel('What the camera sees')).toBeVisible()
  await expectNoBarrier(page, 'lock screen with the camera')
  await expectHolds(page, 'lock screen with the camera')
  await button('Close the camera').click()
})

test('by keyboard alone: the camera opened and closed, then an answer with its staff ID', async () => {
  await tabTo(button('Show phone to camera').first())
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('What the camera sees')).toBeVisible()
  await expect(button('Close the camera')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(keypad()).toBeVisible()
  const challenge = readChallenge(await link('Login QR code'))
  await tabTo(button('Other ways in'))
  await page.keyboard.press('Enter')
  await tabTo(button('Answer from the phone'))
  await page.keyboard.press('Enter')
  await tabTo(textbox('Staff ID'))
  await page.keyboard.type(ada.staffId)
  await tabTo(textbox('Answer from the phone'))
  await page.keyboard.type(phone.digits(challenge))
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await lock(page)
})

/** The two sizes that leave the least room for words. */
async function expectRoom(screen: string): Promise<void> {
  for (const size of [
    { width: 1024, height: 600 },
    { width: 1080, height: 1920 },
  ]) {
    await page.setViewportSize(size)
    expect.soft(await faultsOf(page, { mayScroll: false }), `${screen} at ${size.width}`).toEqual([])
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

for (const code of languageCodes)
  test(`in ${code} nothing is cut off, and nothing is left in English`, async () => {
    await page.evaluate((chosen) => localStorage.setItem('wardkey-language', chosen), code)
    await page.reload()
    const { scan, lock: lockWords } = await words[code]()
    await expect(page.getByText(scan.hintCamera)).toBeVisible()
    await expectRoom('lock screen that scans')
    await button(scan.show).first().click()
    await expect(page.getByText(scan.camera.reading)).toBeVisible()
    await expectRoom('lock screen with the camera')
    expect.soft(await findBarriers(page)).toEqual([])
    await take(`scan-camera-${code}`)
    await button(scan.camera.close).click()
    await button(lockWords.other).click()
    await expect(button(scan.answer)).toBeVisible()
    await expectRoom('other ways with a camera')
  })
