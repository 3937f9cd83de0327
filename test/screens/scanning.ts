// Pictures of what a phone that scans is met with: binding, answers, the camera; and of the organisation's look.
import fs from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { plainColours } from '../../src/core/brand.ts'
import { changeBrand } from '../../src/station/brand.ts'
import { BoundPhone, phoneHost, readChallenge } from '../support/bound-phone.ts'
import { FakeCamera } from '../support/fake-camera.ts'
import { ada, lock, signedInAs, typeCode } from '../support/flows.ts'
import { codeNow, readQr } from '../support/phone.ts'
import { changeStation, prepareStation } from '../support/prepared-station.ts'
import { launchStation } from '../support/station-app.ts'

type Take = (page: Page, name: string) => Promise<void>
const desktop = { width: 1920, height: 1080 }
const colours = { ...plainColours, code: '#003049', frame: '#003049', frameInk: '#ffffff', accentDark: '#ffb703' }

export async function takeScanning(take: Take): Promise<void> {
  const prepared = await prepareStation()
  const camera = new FakeCamera()
  const station = await launchStation({
    ...prepared,
    env: { WARDKEY_PHONE_URL: phoneHost },
    args: camera.switches,
  })
  const { page } = station
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const link = async (name: string) => {
    await expect(page.getByRole('img', { name, exact: true })).toBeVisible()
    return readQr(await page.screenshot())
  }
  try {
    await page.setViewportSize(desktop)
    await typeCode(page, ada.staffId, codeNow(prepared.setupKey, -1))
    await button('Bind my phone').click()
    const phone = new BoundPhone(await link('Binding QR code'))
    await take(page, 'binding')
    camera.show(phone.part())
    await button("Hold the phone's code to this workstation's camera").click()
    await expect(page.getByRole('textbox', { name: 'Code from the phone' })).toBeVisible()
    await take(page, 'binding-digits')
    await page.getByRole('textbox', { name: 'Code from the phone' }).fill(phone.digitsForPart())
    phone.take(await link('Welcome QR code'))
    await take(page, 'binding-welcome')
    await button('Done').click()
    await lock(page)
    await take(page, 'lock-scanning')
    await button('Other ways in').click()
    await take(page, 'other-ways')
    await button('Answer from the phone').click()
    await take(page, 'answer-from-phone')
    await button('Back').click()
    camera.show('WARDKEY:RNOTANANSWER')
    await button('Show phone to camera').click()
    await expect(page.getByText(/This is no answer/)).toBeVisible()
    await take(page, 'lock-camera')
    await button('Close the camera').click()
    await page
      .getByRole('textbox', { name: 'One-time code' })
      .fill(phone.digits(readChallenge(await link('Login QR code'))))
    await expect(signedInAs(page, ada.name)).toBeVisible()
    await take(page, 'session-by-phone')
    await page.getByRole('link', { name: 'Workstation' }).click()
    await page.getByRole('link', { name: 'Look of the lock screen' }).click()
    await take(page, 'brand')
  } finally {
    await station.close()
    camera.remove()
  }
  await takeBranded(take, prepared.folder)
}

async function takeBranded(take: Take, folder: string): Promise<void> {
  await changeStation(folder, ({ ledger }) =>
    ledger.record((recorder) => {
      const [person] = recorder.find('person', '1 LIMIT 1')
      changeBrand(recorder, person?.id ?? '', { name: 'St. Ida Hospital', colours }, null)
    }),
  )
  const station = await launchStation({ folder, env: { WARDKEY_PHONE_URL: phoneHost } })
  try {
    await station.page.setViewportSize(desktop)
    await expect(station.page.getByText('St. Ida Hospital').first()).toBeVisible()
    await take(station.page, 'lock-branded')
    await station.page.getByRole('button', { name: 'Brighter code' }).click()
    await take(station.page, 'lock-bright')
  } finally {
    await station.close()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
