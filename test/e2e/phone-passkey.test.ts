// The phone's screen lock: a passkey made at the binding vouches for each answer, and with PRF keeps the page's keys wrapped.
import { expect, test } from '@playwright/test'
import { openPhone, type PhonePage } from '../support/phone-page.ts'
import { challengeLink, FakeStation, isOwnAnswer, isVouchedFor, pixelsOf } from '../support/phone-station.ts'
import { bindShown, readDigits, readKeptKeys, readSignedAnswer } from '../support/phone-steps.ts'

let phone: PhonePage
let station: FakeStation
test.beforeEach(async () => {
  phone = await openPhone()
  station = new FakeStation()
})
test.afterEach(() => phone.close())

const button = (name: string) => phone.page.getByRole('button', { name, exact: true })

test('a passkey vouches for exactly this answer; its owner refused, the answer goes without it', async () => {
  const lock = await phone.addScreenLock()
  await phone.visit()
  const { part } = await bindShown(phone, station, true)
  expect(part.passkey?.key).toHaveLength(33)
  expect(await readKeptKeys(phone.page)).toEqual([{ sealed: false, readable: [] }])

  const challenge = station.challenge()
  await phone.scan(await pixelsOf(challengeLink(challenge)))
  await expect(phone.page.getByText('with your fingerprint, face or PIN')).toBeVisible()
  await button('Unlock').click()
  await expect.poll(() => readDigits(phone.page)).toBe(station.digits(challenge, part.agreementKey))
  await button('Show to the camera instead').click()
  const answer = await readSignedAnswer(phone.page)
  expect(answer.verification).toBe('passkey')
  expect(isOwnAnswer(answer, part.signingKey)).toBe(true)
  expect(isVouchedFor(answer, part.passkey?.key ?? new Uint8Array())).toBe(true)
  expect(isVouchedFor({ ...answer, device: `${answer.device}!` }, part.passkey?.key ?? new Uint8Array())).toBe(false)
  await button('Done').click()

  await lock.refuse()
  await phone.scan(await pixelsOf(challengeLink(station.challenge())))
  await button('Unlock').click()
  await expect(phone.page.getByText('Your phone did not see you. Try again.')).toBeVisible()
  await button('Go on without').click()
  await button('Show to the camera instead').click()
  expect(await readSignedAnswer(phone.page)).toMatchObject({ verification: 'none', assertion: null })
})

test('with PRF the keys lie wrapped, open for their owner alone, and give the right digits', async () => {
  const lock = await phone.addScreenLock({ prf: true })
  await phone.visit()
  const { part } = await bindShown(phone, station, true)
  expect(await readKeptKeys(phone.page)).toEqual([{ sealed: true, readable: [] }])

  const challenge = station.challenge()
  await phone.scan(await pixelsOf(challengeLink(challenge)))
  await button('Unlock').click()
  await expect.poll(() => readDigits(phone.page)).toBe(station.digits(challenge, part.agreementKey))
  await button('Show to the camera instead').click()
  const answer = await readSignedAnswer(phone.page)
  expect(isOwnAnswer(answer, part.signingKey)).toBe(true)
  expect(isVouchedFor(answer, part.passkey?.key ?? new Uint8Array())).toBe(true)
  await button('Done').click()

  await lock.refuse()
  await phone.scan(await pixelsOf(challengeLink(station.challenge())))
  await button('Unlock').click()
  await expect(phone.page.getByText('Your phone did not see you. Try again.')).toBeVisible()
  await expect(button('Go on without')).toHaveCount(0)
  // No stays no, though nobody can sign it.
  await button('No').click()
  await expect(phone.page.getByRole('heading', { name: 'Nothing was opened.' })).toBeVisible()
  await expect(phone.page.getByRole('img', { name: 'Signed answer' })).toHaveCount(0)
})
