// The hub as a process that serves the phone page, the station in its window, Chromium as the phone: bound, scanned, sent, unlocked.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import type { Challenge } from '../../src/core/challenge.ts'
import { reachInto } from '../support/attack-station.ts'
import { findBarriers } from '../support/axe.ts'
import { runCli } from '../support/cli-run.ts'
import { FakeCamera } from '../support/fake-camera.ts'
import { ada, lock, signedInAs, unlock } from '../support/flows.ts'
import { type HubProcess, startHubProcess } from '../support/hub/hub-process.ts'
import { Phone } from '../support/phone.ts'
import { phonePageHost } from '../support/phone-host.ts'
import { openPhone, type PhonePage } from '../support/phone-page.ts'
import { challengeLink, FakeStation, offerLink, welcomeLink } from '../support/phone-station.ts'
import { openLink } from '../support/phone-steps.ts'
import { administratorOf, type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

const root = path.resolve(import.meta.dirname, '../..')
let hub: HubProcess
let prepared: Prepared
let station: StationApp
let phone: PhonePage
let camera: FakeCamera
let administrator: Phone
let page: Page
let token = ''
const elsewhere = new FakeStation()

test.beforeAll(async () => {
  hub = await startHubProcess({ WARDKEY_HUB_PHONE: path.join(root, 'out/phone') })
  prepared = await prepareStation()
  administrator = administratorOf(prepared).phone
  camera = new FakeCamera()
  const env = { WARDKEY_PHONE_URL: phonePageHost }
  station = await launchStation({ folder: prepared.folder, env, args: camera.switches })
  page = station.page
  phone = await openPhone({ hub: hub.url })
})
test.afterAll(async () => {
  await phone?.close()
  await station?.close()
  await hub?.stop()
  camera?.remove()
  if (prepared) fs.rmSync(prepared.folder, { recursive: true, force: true })
})

async function post(where: string, body: unknown) {
  const response = await fetch(`${hub.url}/v1${where}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  })
  expect(response.status, where).toBe(200)
  return response.json()
}
function atHub(...args: string[]) {
  const env = { ...process.env, WARDKEY_HUB: `${hub.url}/v1/acme`, WARDKEY_HUB_TOKEN: token }
  const entry = path.join(root, 'src/cli/index.ts')
  const run = spawnSync(process.execPath, [entry, 'hub', ...args, '--json'], { env, encoding: 'utf8' })
  return JSON.parse(run.stdout)
}
const textbox = (name: string) => page.getByRole('textbox', { name, exact: true })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const onPhone = (name: string) => phone.page.getByRole('button', { name, exact: true })
const heading = (name: string) => phone.page.getByRole('heading', { name, exact: true })
const ofStation = async (name: string): Promise<Buffer> => {
  await expect(page.getByRole('img', { name, exact: true })).toBeVisible()
  return page.screenshot()
}

test('the hub is set up, and the station joins it', async () => {
  const secret = hub.setupLink?.split('#')[1]
  const organisation = { slug: 'acme', name: 'Acme Hospital' }
  const first = { staffId: 'IT-1', displayName: 'Ines Tal' }
  const offer = await post('/set-up', { token: secret, organisation, administrator: first })
  const app = new Phone(offer.setupKey)
  await post('/set-up/confirm', { token: secret, code: await app.nextCode() })
  token = (await post('/acme/sessions', { staffId: 'IT-1', code: await app.nextCode() })).token
  atHub('people', 'add', ada.staffId, ada.name, '--role', 'staff', 'administrator')
  const { link } = atHub('stations', 'join-link', '--group', 'Ward 7')
  const code = await administrator.nextCode()
  const joined = await runCli(prepared.folder, 'hub', 'join', link, '--as', ada.staffId, '--code', code, '--json')
  expect(joined.json, JSON.stringify(joined.json)).toMatchObject({ ok: true })
  await expect(page.getByText('Acme Hospital: up to date')).toBeVisible({ timeout: 30_000 })
})

const digitsOnPhone = async () =>
  ((await phone.page.getByRole('img', { name: /^Eight digits: / }).getAttribute('aria-label')) ?? '').replace(/\D/g, '')

test('the phone opens the page that the hub serves, and is bound by eight digits: nothing is held to a camera, and nothing scanned again', async () => {
  await phone.visit()
  await unlock(page, ada, administrator)
  await button('Bind my phone').click()
  await phone.scan(await ofStation('Binding QR code'))
  await onPhone('Bind this phone').click()
  await expect(heading('Type these digits at the workstation')).toBeVisible()
  await expect(page.getByText('The phone has sent its part. Now type the eight digits that it shows.')).toBeVisible()
  expect(await findBarriers(phone.page)).toEqual([])
  await phone.page.screenshot({ path: test.info().outputPath('part-sent.png') })
  await textbox('Code from the phone').fill(await digitsOnPhone())
  await expect(heading('This phone is bound.')).toBeVisible()
  await expect(page.getByText('Does the phone say by itself that it is bound?', { exact: false })).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('welcome-sent.png') })
  await button('Done').click()
  await lock(page)
  const known = () => atHub('phones', 'list').phones
  await expect.poll(known, { timeout: 20_000 }).toMatchObject([{ staffId: ada.staffId }])
  expect(atHub('alerts', 'list').alerts).toMatchObject([{ kind: 'phone-waits' }])
})

test('it scans the locked screen, and one tap unlocks: nothing is typed, and nothing shown to a camera', async () => {
  await phone.scan(await ofStation('Login QR code'))
  await expect(phone.page.getByText('Unlock this workstation?')).toBeVisible()
  await expect(onPhone('Unlock')).toBeEnabled()
  const before = performance.now()
  await onPhone('Unlock').click()
  await expect(signedInAs(page, ada.name)).toBeVisible()
  const tookMs = Math.round(performance.now() - before)
  test.info().annotations.push({ type: 'from tap to unlocked', description: `${tookMs} ms` })
  console.log(`from tap to unlocked: ${tookMs} ms`)
  await expect(phone.page.getByText('Sent. If the workstation does not open, type this there.')).toBeVisible()
  await phone.page.screenshot({ path: test.info().outputPath('sent.png') })
  await lock(page)
})

const scanIt = async (of: FakeStation): Promise<Challenge> => {
  const challenge = of.challenge()
  await openLink(phone, challengeLink(challenge))
  return challenge
}
/** The public one, as the workstation that bound it keeps it. */
const agreementKey = (): Uint8Array =>
  reachInto(prepared, (db) => {
    const text = db.prepare("SELECT parameters FROM credential WHERE kind = 'phone'").pluck().get() as string
    return Buffer.from(JSON.parse(text).agreementKey, 'base64')
  })

test('it knows another workstation of the organisation by the directory, and how to answer it', async () => {
  await scanIt(elsewhere)
  await expect(heading('This phone does not know this workstation.')).toBeVisible()
  await elsewhere.join(atHub('stations', 'join-link').link, 'Ward 8, desk', 'Level 3')
  const challenge = await scanIt(elsewhere)
  await expect(heading('Ward 8, desk')).toBeVisible()
  await expect(phone.page.getByText('Level 3')).toBeVisible()
  await phone.page.screenshot({ path: test.info().outputPath('elsewhere.png') })
  await onPhone('Unlock').click()
  expect(await digitsOnPhone()).toBe(elsewhere.digits(challenge, agreementKey()))
})

test('it warns of a workstation that was taken out of use', async () => {
  const gone = new FakeStation()
  await gone.join(atHub('stations', 'join-link').link, 'Ward 9, desk', 'Level 4')
  await scanIt(gone)
  await expect(heading('Ward 9, desk')).toBeVisible()
  const number = Buffer.from(gone.number).toString('hex')
  await post(`/acme/stations/${number}`, { status: 'removed', reason: 'stolen' })
  await phone.visit()
  await expect
    .poll(async () => {
      await scanIt(gone)
      return phone.page.locator('h1').textContent()
    })
    .toBe('This workstation was taken out of use.')
  await phone.page.screenshot({ path: test.info().outputPath('removed.png') })
})

test('a phone that was bound before its workstation joined is told what to do', async () => {
  const alone = new FakeStation()
  const offer = alone.makeOffer()
  await openLink(phone, offerLink(offer))
  await onPhone('Bind this phone').click()
  await expect(heading('Show this phone to the workstation')).toBeVisible()
  await openLink(phone, welcomeLink(alone.welcome(offer)))
  await expect(heading('This phone is bound.')).toBeVisible()
  const rows = phone.page.getByRole('listitem')
  const told = rows.filter({ hasText: 'Its answers are not sent.' })
  await expect(told).toHaveCount(1)
  await expect(told).toContainText('sign in there and bind this phone anew')
  expect(await findBarriers(phone.page)).toEqual([])
  await phone.page.screenshot({ path: test.info().outputPath('unsent.png') })
})

test('with the network cut its digits still unlock', async () => {
  await phone.cutNetwork()
  await phone.page.reload()
  await phone.scan(await ofStation('Login QR code'))
  await onPhone('Unlock').click()
  await expect(phone.page.getByText('It could not be sent. Type this at the workstation.')).toBeVisible()
  await phone.page.screenshot({ path: test.info().outputPath('not-sent.png') })
  const digits = phone.page.getByRole('img', { name: /^Eight digits: / })
  await textbox('One-time code').fill(((await digits.getAttribute('aria-label')) ?? '').replace(/\D/g, ''))
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await lock(page)
})

test('with the network cut it goes by the directory that it has', async () => {
  const challenge = await scanIt(elsewhere)
  await expect(heading('Ward 8, desk')).toBeVisible()
  await onPhone('Unlock').click()
  expect(await digitsOnPhone()).toBe(elsewhere.digits(challenge, agreementKey()))
  await scanIt(new FakeStation())
  await expect(heading('This phone does not know this workstation.')).toBeVisible()
})

test('with the network cut it is bound by what it shows at once, and by the welcome that it scans', async () => {
  await unlock(page, ada, administrator)
  await button('Bind my phone').click()
  await onPhone('Back').click()
  await phone.scan(await ofStation('Binding QR code'))
  await onPhone('Bind this phone').click()
  await expect(phone.page.getByRole('img', { name: 'This phone’s part' })).toBeVisible()
  await expect(
    phone.page.getByText('It could not be sent. Show it to the workstation, or type it there.'),
  ).toBeVisible()
  await phone.page.screenshot({ path: test.info().outputPath('part-not-sent.png') })
  camera.film(await phone.page.screenshot())
  await button("Hold the phone's code to this workstation's camera").click()
  await textbox('Code from the phone').fill(await digitsOnPhone())
  phone.holdUp(await ofStation('Welcome QR code'))
  await onPhone('Scan its new code').click()
  await expect(heading('This phone is bound.')).toBeVisible()
  await button('Done').click()
  await lock(page)
})
