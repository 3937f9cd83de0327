// Every view of the phone page: no barrier that axe can find, nothing wider than the screen, large text, light, right to left.
import { expect, test } from '@playwright/test'
import { findBarriers } from '../support/axe.ts'
import { openPhone, type PhonePage } from '../support/phone-page.ts'
import { challengeLink, FakeStation, offerLink, welcomeLink } from '../support/phone-station.ts'

let phone: PhonePage
const station = new FakeStation()
test.beforeAll(async () => {
  phone = await openPhone()
  await phone.visit()
})
test.afterAll(() => phone.close())

/** As it is opened by a code; nothing is left of the view before. */
async function open(link: readonly string[], then: readonly number[] = []): Promise<void> {
  const { page } = phone
  await phone.visit()
  await page.evaluate((hash) => {
    location.hash = hash
  }, link[2] ?? '')
  // By place, since the words are those of every language.
  for (const place of then) {
    const button = page.locator('.acts button').nth(place)
    await expect(button).toBeEnabled()
    await button.click()
  }
}

const offer = station.makeOffer()
const stranger = new FakeStation()
/** Each with what is on it once it is whole. */
const views: readonly [string, () => Promise<void>, string][] = [
  ['bind', () => open(offerLink(offer)), 'h1'],
  ['part', () => open(offerLink(offer), [0]), 'main:has(.paper) .digits'],
  ['typed part', () => open(offerLink(offer), [0, 1]), 'main:has(.letters) .digits'],
  ['bound', () => open(welcomeLink(station.welcome(offer))), '.done'],
  ['ask', () => open(challengeLink(station.challenge(1500))), '.ask'],
  ['digits', () => open(challengeLink(station.challenge()), [0]), '.digits'],
  ['no', () => open(challengeLink(station.challenge()), [2]), 'main:not(:has(.ask)) h1'],
  ['unknown', () => open(challengeLink(stranger.challenge())), '.problem'],
  ['card', () => open(challengeLink(stranger.challenge()), [1]), '.points'],
  ['home', () => phone.visit(), '.stations'],
  ['scan', () => phone.visit().then(() => phone.page.locator('.acts button').first().click()), 'video'],
]

const settings = [
  { name: 'dark', colorScheme: 'dark', width: 390, height: 844, language: 'en', text: 100 },
  { name: 'light, small, German', colorScheme: 'light', width: 360, height: 640, language: 'de', text: 100 },
  { name: 'Arabic', colorScheme: 'dark', width: 430, height: 932, language: 'ar', text: 100 },
  { name: 'text at 200 %', colorScheme: 'light', width: 360, height: 640, language: 'fr', text: 200 },
] as const

for (const { name, colorScheme, width, height, language, text } of settings)
  test(`every view holds: ${name}`, async ({ browserName: _ }, testInfo) => {
    const { page } = phone
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height })
    await page.evaluate((code) => localStorage.setItem('wardkey-language', code), language)
    await phone.visit()
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setEmulatedMedia', {
      features: [
        { name: 'prefers-color-scheme', value: colorScheme },
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ],
    })
    for (const [view, go, whole] of views) {
      await go()
      await expect(page.locator(whole)).toBeVisible()
      await page.evaluate((percent) => document.documentElement.style.setProperty('font-size', `${percent}%`), text)
      // Dimmed until they take a press: what axe measures is what can be read from then on.
      await expect(page.locator('.acts button:disabled')).toHaveCount(0)
      await page.screenshot({ path: testInfo.outputPath(`${view}.png`) })
      expect(await findBarriers(page), view).toEqual([])
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(wide, `${view} is too wide`).toBeLessThanOrEqual(0)
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('button, select, label')]
          .filter((each) => each.getBoundingClientRect().height < 43.5)
          .map(({ textContent }) => textContent),
      )
      expect(small, `${view} has small targets`).toEqual([])
    }
  })
