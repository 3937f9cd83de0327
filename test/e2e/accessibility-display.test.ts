// Less motion, forced colours, text read at a distance, words that are heard: what the lock screen does for each.
import { expect, type Page, test } from '@playwright/test'
import { decodeChallenge } from '../../src/core/challenge.ts'
import { contrastsOf, findBarriers, inEachTheme, settle } from '../support/axe.ts'
import { typeCode, whatHappened } from '../support/flows.ts'
import { readQr } from '../support/phone.ts'
import { prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'

let station: StationApp
let page: Page

test.beforeAll(async () => {
  station = await launchStation(await prepareStation())
  page = station.page
})
test.afterEach(async () => page.emulateMedia({ reducedMotion: null, forcedColors: null, contrast: null }))
test.afterAll(async () => station.close())

const timer = () => page.getByRole('timer', { name: 'New code in' })

const mainTexts = [
  ...['.org', '.clock', 'h1', '.where p', '.scan h2', '.scan .left span', '.scan .hint', '.type-form label'],
  ...['.keys button', '.type-form .go', '.type-form .actions .button', '.foot > span:not(.version)'],
]

test('the main texts of the lock screen have a contrast of 7 to 1 in every theme', async () => {
  await typeCode(page, 'N9999', '123456')
  await expect(whatHappened(page)).toContainText('did not match')
  await inEachTheme(page, async (theme) => {
    await settle(page)
    const contrasts = await contrastsOf(page, [...mainTexts, 'output span'])
    expect(contrasts.length).toBeGreaterThan(20)
    expect
      .soft(
        contrasts.filter(({ ratio }) => ratio < 7),
        theme,
      )
      .toEqual([])
  })
})

test('with less motion the remaining time is a number in steps of five', async () => {
  await expect(page.locator('.ring')).toHaveCount(1)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expect(page.locator('.ring')).toHaveCount(0)
  await expect(timer()).toBeVisible()
  const shown = await page.evaluate(async () => {
    const timer = document.querySelector('[role="timer"]')
    const shown: string[] = []
    if (!timer) return shown
    const note = () => shown.push(timer.textContent ?? '')
    note()
    new MutationObserver(note).observe(timer, { subtree: true, characterData: true, childList: true })
    while (shown.length < 3) await new Promise((later) => setTimeout(later, 100))
    return shown
  })
  const seconds = shown.map((text) => Number.parseInt(text, 10))
  for (const [place, second] of seconds.entries()) {
    expect(shown[place]).toBe(`${second} s`)
    expect(second % 5).toBe(0)
    // Down by five, or up again with the next code.
    if (place > 0) expect([5, -30, -25]).toContain((seconds[place - 1] ?? 0) - second)
  }
  expect(await findBarriers(page)).toEqual([])
  const moving = await page.evaluate(() => document.getAnimations().length)
  expect(moving).toBe(0)
})

test('forced colours leave the code dark on white, and everything else to the system', async () => {
  await page.emulateMedia({ forcedColors: 'active' })
  const png = await page.getByRole('img', { name: 'Login QR code' }).screenshot()
  expect(decodeChallenge(readQr(png).split('#')[1] ?? '')).not.toBeNull()
  const [quiet, dark] = await station.app.evaluate(({ nativeImage }, base64) => {
    const image = nativeImage.createFromBuffer(Buffer.from(base64, 'base64'))
    const { width } = image.getSize()
    const bitmap = image.toBitmap()
    const modules = 37 + 8
    // The middle of a module, counted from the corner with its quiet zone of four.
    const at = (module: number) => {
      const middle = Math.floor(((module + 0.5) * width) / modules)
      return [...bitmap.subarray((middle * width + middle) * 4, (middle * width + middle) * 4 + 3)]
    }
    return [at(1), at(4)]
  }, png.toString('base64'))
  expect(quiet).toEqual([255, 255, 255])
  expect(dark).toEqual([0, 0, 0])
  // axe takes the colours that the page asked for, not those that the system put in their place.
  expect(await findBarriers(page, ['color-contrast'])).toEqual([])
  const contrasts = await contrastsOf(page, mainTexts)
  expect(contrasts.filter(({ ratio }) => ratio < 7)).toEqual([])
})

test('who asks the system for more contrast gets it without a choice', async () => {
  await page.evaluate(() => localStorage.clear())
  await page.reload()
  await page.emulateMedia({ contrast: 'more' })
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  expect(ground).toBe('rgb(0, 0, 0)')
  expect(await findBarriers(page)).toEqual([])
})

test('what happened is announced from a place that was there before', async () => {
  const said = whatHappened(page)
  await page.reload()
  await expect(said).toHaveAttribute('aria-live', 'polite')
  await said.evaluate((element) => Object.assign(element, { before: true }))
  await typeCode(page, 'N9999', '123456')
  await expect(said).toHaveText('That code did not match. Wait for the next one.')
  expect(await said.evaluate((element) => 'before' in element), 'the same element').toBe(true)
  await expect(said.locator('svg'), 'a shape as well as a colour').toHaveAttribute('aria-hidden', 'true')
})
