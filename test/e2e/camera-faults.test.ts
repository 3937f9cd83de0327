// A camera that is missing, forbidden, or pulled out in the middle: plain words at once, and the typed way beside them.
import fs from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { findBarriers } from '../support/axe.ts'
import { phoneHost, readChallenge } from '../support/bound-phone.ts'
import { pullOutCamera } from '../support/capture.ts'
import { FakeCamera } from '../support/fake-camera.ts'
import { bola, lock, signedInAs } from '../support/flows.ts'
import { readQr } from '../support/phone.ts'
import { phonePageHost } from '../support/phone-host.ts'
import { openPhone, type PhonePage } from '../support/phone-page.ts'
import { challengeLink, FakeStation, pixelsOf } from '../support/phone-station.ts'
import { type PreparedPhones, preparePhones } from '../support/prepared-phones.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'

const instead = 'Or scan with the phone’s own camera app, or sign in at the workstation by typing.'

test.describe('on the phone', () => {
  let phone: PhonePage
  const open = async (hasCamera: boolean, args: readonly string[] = []) => {
    phone = await openPhone({ hasCamera, args })
    await phone.page.goto(`https://${phonePageHost}/`)
  }
  test.afterEach(() => phone.close())
  const scan = () => phone.page.getByRole('button', { name: 'Scan the workstation' }).click()
  async function expectWords(words: string): Promise<void> {
    await expect(phone.page.getByRole('alert')).toHaveText(words)
    await expect(phone.page.getByText(instead)).toBeVisible()
    expect(await findBarriers(phone.page)).toEqual([])
    await expect(phone.page.getByRole('button', { name: 'Back' })).toBeVisible()
  }

  test('there is none', async () => {
    await open(false)
    await scan()
    await expectWords('No camera was found here.')
  })

  test('it is forbidden to the page', async () => {
    await open(true, ['--use-fake-ui-for-media-stream=deny'])
    await scan()
    await expectWords('The camera is not allowed for this page. Allow it in the settings of your browser.')
    await phone.page.getByRole('button', { name: 'Back' }).click()
    await expect(phone.page.getByRole('heading', { name: 'This phone opens no workstation yet.' })).toBeVisible()
  })

  test('it is pulled out in the middle, and put back', async () => {
    await open(true)
    await scan()
    await expect(phone.page.getByText('Looking for a code…')).toBeVisible()
    phone.pullOutCamera()
    await expectWords('The camera stopped.')
    phone.holdUp(await pixelsOf(challengeLink(new FakeStation().challenge())))
    await phone.page.getByRole('button', { name: 'Try again' }).click()
    await expect(phone.page.getByRole('heading', { name: 'This phone is not bound here yet.' })).toBeVisible()
  })
})

test.describe('at the workstation', () => {
  test.describe.configure({ mode: 'serial' })
  const camera = new FakeCamera()
  let prepared: PreparedPhones
  let station: StationApp
  let page: Page
  const open = async (args: readonly string[]) => {
    station = await launchStation({ ...prepared, env: { WARDKEY_PHONE_URL: phoneHost }, args })
    page = station.page
  }
  test.beforeAll(async () => {
    prepared = await preparePhones()
  })
  test.afterAll(async () => {
    await station?.close()
    camera.remove()
    if (prepared) fs.rmSync(prepared.folder, { recursive: true, force: true })
  })
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const textbox = (name: string) => page.getByRole('textbox', { name, exact: true })
  const picture = () => page.getByLabel('What the camera sees')
  const panel = () => page.getByRole('region', { name: 'Camera' })
  async function answerByTyping(): Promise<void> {
    const code = page.getByRole('img', { name: 'Login QR code', exact: true })
    await textbox('One-time code').fill(prepared.bolas.digits(readChallenge(readQr(await code.screenshot()))))
    await expect(signedInAs(page, bola.name)).toBeVisible()
  }

  test('one that is pulled out in the middle says so, and eight digits still open', async () => {
    await open(camera.switches)
    await button('Show phone to camera').click()
    await expect(picture()).toBeVisible()
    pullOutCamera(station.app.process().pid ?? 0)
    await expect(panel().getByRole('status')).toHaveText('The camera does not work. Type instead.')
    await expect(picture()).toBeHidden()
    expect(await findBarriers(page)).toEqual([])
    await button('Close the camera').click()
    await answerByTyping()
    await lock(page)
  })

  test('one that the system forbids says so, and eight digits still open', async () => {
    await station.app.evaluate(({ session }) =>
      session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false)),
    )
    await button('Show phone to camera').click()
    await expect(panel().getByRole('status')).toHaveText('Wardkey may not use the camera. Ask IT, or type instead.')
    await expect(picture()).toBeHidden()
    await button('Close the camera').click()
    await answerByTyping()
    await station.close()
  })

  test('none: nothing asks for one, and both ways by typing are there', async () => {
    await open([])
    await expect(page.getByText('Scan with Wardkey on your phone. Then type its eight digits here.')).toBeVisible()
    await expect(button('Show phone to camera')).toHaveCount(0)
    await answerByTyping()
    await button('Bind my phone').click()
    await expect(page.getByText('This workstation has no camera.')).toBeVisible()
    await expect(textbox('Part from the phone')).toBeVisible()
    expect(await findBarriers(page)).toEqual([])
  })
})
