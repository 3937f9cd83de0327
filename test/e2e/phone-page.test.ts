// The phone page in Debian's Chromium: binds and answers with no network, and what it gives to whoever should get nothing.
import { expect, test } from '@playwright/test'
import { openPhone, type PhonePage } from '../support/phone-page.ts'
import {
  challengeLink,
  confirmShown,
  confirmTyped,
  FakeStation,
  isOwnAnswer,
  isOwnPart,
  offerLink,
  pixelsOf,
  welcomeLink,
} from '../support/phone-station.ts'
import {
  answerOffer,
  bindShown,
  readDigits,
  readPart,
  readSignedAnswer,
  readTypedPart,
  scanOffer,
  scanWelcome,
} from '../support/phone-steps.ts'

let phone: PhonePage
let station: FakeStation
test.beforeEach(async () => {
  phone = await openPhone()
  station = new FakeStation()
  await phone.visit()
})
test.afterEach(() => phone.close())

const button = (name: string) => phone.page.getByRole('button', { name, exact: true })
const heading = (name: string) => phone.page.getByRole('heading', { name, exact: true })

test('with the network cut it opens, binds by camera, and answers by digits and by a signed code', async () => {
  await phone.cutNetwork()
  await phone.page.reload()
  await expect(heading('This phone opens no workstation yet.')).toBeVisible()

  const offer = station.makeOffer()
  await scanOffer(phone, offer)
  const { bytes, part } = await readPart(phone.page)
  expect(isOwnPart(part, offer)).toBe(true)
  expect(part.passkey).toBeNull()
  expect(await readDigits(phone.page)).toBe(confirmShown(offer, bytes, part.agreementKey))
  await scanWelcome(phone, welcomeLink(station.welcome(offer)))
  await expect(heading('This phone is bound.')).toBeVisible()
  await expect(phone.page.getByRole('listitem')).toContainText('Ward 7, bay 3')

  const challenge = station.challenge()
  await phone.scan(await pixelsOf(challengeLink(challenge)))
  await expect(phone.page.getByText('Unlock this workstation?')).toBeVisible()
  await expect(heading('Ward 7, bay 3')).toBeVisible()
  await expect(phone.page.getByText('Level 2, north wing')).toBeVisible()
  await expect(phone.page.getByText('Ada Kern')).toBeVisible()
  await button('Unlock').click()
  await expect(phone.page.getByText(/^Good for about (120|115|110) seconds, for this workstation only$/)).toBeVisible()
  expect(await readDigits(phone.page)).toBe(station.digits(challenge, part.agreementKey))

  await button('Show to the camera instead').click()
  const answer = await readSignedAnswer(phone.page)
  expect(isOwnAnswer(answer, part.signingKey)).toBe(true)
  expect(answer).toMatchObject({ decision: 'approved', verification: 'none', place: null, assertion: null })
  expect([...answer.credential]).toEqual(Array(16).fill(7))
})

test('binds by a part that is typed, and answers by the key of that', async () => {
  const offer = station.makeOffer()
  await scanOffer(phone, offer)
  const shownDigits = await readDigits(phone.page)
  await button('It has no camera').click()
  const r = await readTypedPart(phone.page)
  expect(r).toHaveLength(10)
  await expect.poll(() => readDigits(phone.page)).toBe(confirmTyped(offer, r))
  expect(shownDigits).not.toBe(confirmTyped(offer, r))
  await scanWelcome(phone, welcomeLink(station.welcome(offer)))
  await expect(heading('This phone is bound.')).toBeVisible()

  const challenge = station.challenge()
  await phone.scan(await pixelsOf(challengeLink(challenge)))
  await button('Unlock').click()
  await expect(heading('Ward 7, bay 3')).toBeVisible()
  expect(await readDigits(phone.page)).toBe(station.typedDigits(challenge, offer, r))
  await expect(button('Show to the camera instead')).toHaveCount(0)
})

test('after a typed part without a welcome it knows the workstation by its number alone, and says so', async () => {
  const offer = station.makeOffer()
  await answerOffer(phone, offer)
  await expect(button('Finish without scanning')).toHaveCount(0)
  await button('It has no camera').click()
  const r = await readTypedPart(phone.page)
  await button('Finish without scanning').click()
  await expect(heading('This phone is bound.')).toBeVisible()
  const challenge = station.challenge()
  await phone.scan(await pixelsOf(challengeLink(challenge)))
  await expect(heading('A workstation without a name here')).toBeVisible()
  const number = Buffer.from(station.number).toString('hex').toUpperCase()
  await expect(phone.page.getByText(`number ${number.match(/.{4}/g)?.join(' ')}`)).toBeVisible()
  await button('Unlock').click()
  await expect.poll(() => readDigits(phone.page)).toBe(station.typedDigits(challenge, offer, r))
})

test('no, and "I did not start this", are signed for the camera and give no digits', async () => {
  const { part } = await bindShown(phone, station)
  for (const [name, decision] of [
    ['No', 'denied'],
    ['I did not start this', 'not-mine'],
  ] as const) {
    await phone.scan(await pixelsOf(challengeLink(station.challenge())))
    await button(name).click()
    const answer = await readSignedAnswer(phone.page)
    expect(answer.decision).toBe(decision)
    expect(isOwnAnswer(answer, part.signingKey)).toBe(true)
    await expect(phone.page.getByRole('img', { name: /^Eight digits/ })).toHaveCount(0)
    await button('Done').click()
  }
})

test('a code of a session is asked about in other words than one that unlocks, and its answer is for it alone', async () => {
  const { part } = await bindShown(phone, station)
  const asked = [
    ['step-up', 'Approve a change that you are making at this workstation?'],
    ['second', 'Approve what somebody else wants to change at this workstation?'],
    ['move', 'Hand your sign-in at this workstation over to a new phone?'],
  ] as const
  for (const [purpose, question] of asked) {
    const challenge = station.challenge(0, purpose)
    await phone.scan(await pixelsOf(challengeLink(challenge)))
    await expect(phone.page.getByText(question)).toBeVisible()
    await expect(heading('Ward 7, bay 3')).toBeVisible()
    await expect(phone.page.getByText('Unlock this workstation?')).toHaveCount(0)
    await expect(button('Unlock')).toHaveCount(0)
    await button('Approve').click()
    const digits = await readDigits(phone.page)
    expect(digits).toBe(station.digits(challenge, part.agreementKey))
    expect(digits).not.toBe(station.digits({ ...challenge, purpose: 'unlock' }, part.agreementKey))
    await button('Done').click()
  }
})

test('opened by the phone’s own camera: what the code said leaves the address and the history at once', async () => {
  await bindShown(phone, station)
  const challenge = station.challenge()
  const { page } = phone
  const before = await page.evaluate(() => history.length)
  await page.goto(challengeLink(challenge).join(''))
  await expect(page.getByText('Unlock this workstation?')).toBeVisible()
  expect(new URL(page.url()).hash).toBe('')
  expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(before + 1)
  expect(phone.host.asked.join()).not.toContain(challengeLink(challenge)[2])

  // The page is open already, and only the part behind the # changes: the next question takes the place of the answer.
  await button('Unlock').click()
  const first = await readDigits(page)
  await page.evaluate((hash) => {
    location.hash = hash
  }, challengeLink(station.challenge())[2])
  await expect(page.getByText('Unlock this workstation?')).toBeVisible()
  expect(page.url()).not.toContain('#')
  await button('Unlock').click()
  expect(await readDigits(page)).not.toBe(first)
})

test('a welcome that the phone’s own camera opened is taken by the way that the person chose', async () => {
  const offer = station.makeOffer()
  await answerOffer(phone, offer)
  await button('It has no camera').click()
  const r = await readTypedPart(phone.page)
  await phone.page.goto(welcomeLink(station.welcome(offer)).join(''))
  await expect(heading('This phone is bound.')).toBeVisible()
  await expect(phone.page.getByRole('listitem')).toContainText('Ward 7, bay 3')
  await phone.page.reload()
  await expect(heading('This phone opens')).toBeVisible()
  const challenge = station.challenge()
  await phone.scan(await pixelsOf(challengeLink(challenge)))
  await button('Unlock').click()
  await expect.poll(() => readDigits(phone.page)).toBe(station.typedDigits(challenge, offer, r))
})

test('the phone’s clock an hour off changes nothing; a code that looks old is answered with a word of warning', async () => {
  const { part } = await bindShown(phone, station)
  const warning = phone.page.getByText('This code looks old.')
  for (const [ageSeconds, warned] of [
    [0, false],
    [3600, false],
    [-3600, false],
    [1500, true],
  ] as const) {
    const challenge = station.challenge(ageSeconds)
    await phone.scan(await pixelsOf(challengeLink(challenge)))
    await expect(phone.page.getByText('Unlock this workstation?')).toBeVisible()
    await expect(warning).toHaveCount(warned ? 1 : 0)
    await button('Unlock').click()
    await expect.poll(() => readDigits(phone.page)).toBe(station.digits(challenge, part.agreementKey))
    await button('Done').click()
  }
})

test('digits that ran out are taken away, with what to do', async () => {
  await bindShown(phone, station)
  await phone.page.clock.install()
  await phone.scan(await pixelsOf(challengeLink(station.challenge())))
  await phone.page.clock.runFor(1_000)
  await button('Unlock').click()
  await expect(phone.page.getByRole('img', { name: /^Eight digits/ })).toBeVisible()
  await phone.page.clock.runFor(121_000)
  await expect(phone.page.getByRole('alert')).toHaveText(
    'These digits have run out. Scan the code that the workstation shows now.',
  )
  await expect(phone.page.getByRole('img', { name: /^Eight digits/ })).toHaveCount(0)
})

test('a binding that takes the place of another says so, and only the workstation can do it', async () => {
  await bindShown(phone, station)
  const offer = station.makeOffer()
  await phone.scan(await pixelsOf(offerLink(offer)))
  await expect(phone.page.getByText('This phone already opens Ward 7, bay 3.')).toBeVisible()
  await button('Bind this phone').click()
  await button('It has no camera').click()
  await expect(phone.page.getByLabel('This phone’s part')).toBeVisible()
  await expect(button('Finish without scanning')).toHaveCount(0)
  await button('Scan its new code').click()
  await button('Back').click()
  await button('Bind this phone').click()
  await expect(phone.page.getByLabel('This phone’s part')).toBeVisible()
  await expect(button('Finish without scanning')).toHaveCount(0)
})

test('several workstations are listed, and each can be forgotten', async () => {
  await bindShown(phone, station)
  const other = new FakeStation()
  const offer = other.makeOffer()
  await answerOffer(phone, offer)
  await scanWelcome(phone, welcomeLink(other.welcome(offer, { stationName: 'Pharmacy' })))
  await expect(phone.page.getByRole('listitem')).toHaveCount(2)
  await button('Forget: Pharmacy').click()
  await button('Forget it').click()
  await expect(phone.page.getByRole('listitem')).toHaveCount(1)
  await phone.scan(await pixelsOf(challengeLink(other.challenge())))
  await expect(heading('This phone does not know this workstation.')).toBeVisible()
})
