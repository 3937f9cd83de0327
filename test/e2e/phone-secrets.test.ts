// Phones bound in both ways and answering in both: no binding key, s, r, answer key or private key in any file that came of it.
import fs from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { fromBase32 } from '../../src/core/base32.ts'
import { BoundPhone, readChallenge } from '../support/bound-phone.ts'
import { FakeCamera } from '../support/fake-camera.ts'
import { ada, lock, signedInAs, unlock, whatHappened } from '../support/flows.ts'
import { Phone, readQr } from '../support/phone.ts'
import { phonePageHost } from '../support/phone-host.ts'
import { openPhone, type PhonePage } from '../support/phone-page.ts'
import { answerOffer, approve, chooseTyping, digitsOf, openLink, tryDigits } from '../support/photo-steps.ts'
import { type Prepared, prepareStation } from '../support/prepared-station.ts'
import { bytesSecret, offerSecrets, stationSecrets, textSecret } from '../support/secret-scan.ts'
import { WatchedStation } from '../support/watched-station.ts'

test.describe.configure({ mode: 'serial' })

const camera = new FakeCamera()
let prepared: Prepared
let watched: WatchedStation
let page: Page
let app: Phone
let phone: PhonePage
let byCamera: BoundPhone

test.beforeAll(async () => {
  prepared = await prepareStation()
  watched = new WatchedStation(prepared.folder)
  ;({ page } = await watched.open({ WARDKEY_PHONE_URL: phonePageHost }, camera.switches))
  app = new Phone(prepared.setupKey)
  phone = await openPhone()
})
test.afterAll(async () => {
  await phone?.close()
  watched?.remove()
  camera.remove()
})

const textbox = (name: string) => page.getByRole('textbox', { name, exact: true })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const pixels = async (code: string): Promise<Buffer> => {
  const image = page.getByRole('img', { name: code, exact: true })
  await expect(image).toBeVisible()
  return image.screenshot()
}
/** The whole link, and what it carries: whoever has it in a file has s. @returns what a camera reads. */
async function newOffer(name: string): Promise<Buffer> {
  await button('Bind my phone').click()
  const photo = await pixels('Binding QR code')
  const [, fragment = ''] = readQr(photo).split('#')
  watched.secrets.push(textSecret(`offer ${name}`, fragment), ...(await offerSecrets(watched.folder)))
  return photo
}
function keepAllOf(name: string, of: BoundPhone): void {
  for (const [what, bytes] of Object.entries(of.secrets())) watched.secrets.push(bytesSecret(`${what}, ${name}`, bytes))
}
const wrongDigits = 'Those digits did not match. Type the eight that the phone shows now.'

test('the page binds by a typed part, which is typed wrongly first, and answers by eight digits', async () => {
  await unlock(page, ada, app)
  await newOffer('given up')
  await button('Cancel').click()
  const photo = await newOffer('typed')
  // Another phone that made its keys for the same offer, and never came to anything.
  keepAllOf('of another phone', new BoundPhone(readQr(photo)))
  await openLink(phone, photo)
  await answerOffer(phone)
  const letters = await chooseTyping(phone)
  const typedOne = BoundPhone.withTypedPart(readQr(photo), fromBase32(letters.replaceAll(' ', '')))
  watched.secrets.push(textSecret('r, as it is typed', letters))
  await textbox('Part from the phone').fill(letters)
  await button('Go on').click()
  await tryDigits(page, watched.typed('40718265'), wrongDigits)
  expect(await watched.scan(), 'with r taken').toEqual([])
  const digits = watched.typed(await digitsOf(phone))
  expect(digits).toBe(typedOne.digitsForTyped())
  await textbox('Code from the phone').fill(digits)
  await openLink(phone, await pixels('Welcome QR code'))
  await expect(phone.page.getByText('This phone is bound.')).toBeVisible()
  await button('Done').click()
  await lock(page)
  const screen = await pixels('Login QR code')
  await openLink(phone, screen)
  const answer = watched.typed(await approve(phone))
  expect(answer).toBe(typedOne.digits(readChallenge(readQr(screen))))
  keepAllOf('typed', typedOne)
  await textbox('One-time code').fill(answer)
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await lock(page)
  await textbox('One-time code').fill(answer)
  await expect(whatHappened(page)).toHaveText('This answer was used before. Scan the code once more.')
})

test('another takes its place by camera, with a passkey, shows its answer, and says no', async () => {
  await unlock(page, ada, app)
  byCamera = new BoundPhone(readQr(await newOffer('by camera')), 'passkey')
  camera.show(byCamera.part())
  await button("Hold the phone's code to this workstation's camera").click()
  await tryDigits(page, watched.typed('90315574'), wrongDigits)
  expect(await watched.scan(), 'with its part taken').toEqual([])
  await textbox('Code from the phone').fill(watched.typed(byCamera.digitsForPart()))
  expect(byCamera.take(readQr(await pixels('Welcome QR code')))).toBe(true)
  await button('Done').click()
  keepAllOf('by camera', byCamera)
  await lock(page)
  camera.show(byCamera.shownAnswer(readChallenge(readQr(await pixels('Login QR code')))))
  await button('Show phone to camera').click()
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await lock(page)
  const no = { decision: 'denied' } as const
  camera.show(byCamera.shownAnswer(readChallenge(readQr(await pixels('Login QR code'))), no))
  await button('Show phone to camera').click()
  await expect(whatHappened(page)).toContainText('The phone said no.')
  expect(await watched.scan()).toEqual([])
})

test('the command line says none of it, and what the page’s host heard holds nothing', async () => {
  expect(await watched.cli('credentials', 'list', ada.staffId, '--json')).toBe(0)
  expect(await watched.cli('audit', 'export')).toBe(0)
  await watched.app.close()
  watched.secrets.push(...(await stationSecrets(watched.folder)))
  expect(phone.host.heard.length).toBeGreaterThan(5)
  watched.keep('page-host', phone.host.heard.join('\n'))
  const files = watched.files()
  const seen = (name: string) => files.some((file) => file.endsWith(name) && fs.statSync(file).size > 0)
  for (const name of ['station.db', 'logs/station.log', 'cli-audit-export.stdout', 'electron.stderr', 'page-host'])
    expect(seen(name), name).toBe(true)
  expect(watched.secrets.length).toBeGreaterThan(30)
  expect(watched.look()).toEqual([])
  expect(watched.codes.length).toBe(5)
  expect(watched.writtenCodes()).toEqual([])
})
