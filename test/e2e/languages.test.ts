// The station speaks the language that somebody chooses, on every screen that is seen before a person is known.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { setUpStation } from '../support/flows.ts'
import { launchStation, newDataFolder, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

interface Tongue {
  readonly code: string
  readonly name: string
  readonly language: string
  readonly firstRun: string
  readonly scan: string
  readonly staffId: string
  readonly unlock: string
  readonly staffIdFirst: string
}
const english: Tongue = {
  code: 'en',
  name: 'English',
  language: 'Language',
  firstRun: 'Set up this workstation',
  scan: 'Scan with your phone',
  staffId: 'Staff ID',
  unlock: 'Unlock',
  staffIdFirst: 'Type your staff ID first.',
}
const german: Tongue = {
  code: 'de',
  name: 'Deutsch',
  language: 'Sprache',
  firstRun: 'Diesen Arbeitsplatz einrichten',
  scan: 'Mit dem Handy scannen',
  staffId: 'Personalnummer',
  unlock: 'Entsperren',
  staffIdFirst: 'Geben Sie zuerst Ihre Personalnummer ein.',
}
const french: Tongue = {
  code: 'fr',
  name: 'Français',
  language: 'Langue',
  firstRun: 'Configurer ce poste',
  scan: 'Scannez avec votre téléphone',
  staffId: 'Matricule',
  unlock: 'Déverrouiller',
  staffIdFirst: 'Saisissez d’abord votre matricule.',
}
const spanish: Tongue = {
  code: 'es',
  name: 'Español',
  language: 'Idioma',
  firstRun: 'Configurar este puesto',
  scan: 'Escanee con su teléfono',
  staffId: 'ID de personal',
  unlock: 'Desbloquear',
  staffIdFirst: 'Escriba primero su ID de personal.',
}
const polish: Tongue = {
  code: 'pl',
  name: 'Polski',
  language: 'Język',
  firstRun: 'Skonfiguruj to stanowisko',
  scan: 'Zeskanuj telefonem',
  staffId: 'Numer pracownika',
  unlock: 'Odblokuj',
  staffIdFirst: 'Najpierw wpisz swój numer pracownika.',
}
const arabic: Tongue = {
  code: 'ar',
  name: 'العربية',
  language: 'اللغة',
  firstRun: 'إعداد محطة العمل هذه',
  scan: 'امسح بهاتفك',
  staffId: 'الرقم الوظيفي',
  unlock: 'فتح',
  staffIdFirst: 'اكتب رقمك الوظيفي أولًا.',
}
const tongues = [english, german, french, spanish, polish, arabic]
const sizes = [
  { width: 1024, height: 600 },
  { width: 1080, height: 1920 },
]

const folder = newDataFolder()
let station: StationApp
let page: Page

const button = (in_: Tongue) => page.getByRole('button', { name: in_.language, exact: true })
const menu = (in_: Tongue) => page.getByRole('menu', { name: in_.language, exact: true })
const staffId = (in_: Tongue) => page.getByRole('textbox', { name: in_.staffId, exact: true })
const code = () => page.locator('.code input')

async function choose(from: Tongue, to: Tongue): Promise<void> {
  await button(from).click()
  await page.getByRole('menuitemradio', { name: to.name, exact: true }).click()
  await expectSpoken(to)
}

async function expectSpoken(tongue: Tongue): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', tongue.code)
  await expect(page.locator('html')).toHaveAttribute('dir', tongue === arabic ? 'rtl' : 'ltr')
  await expect(page.getByRole('heading', { name: tongue.scan })).toBeVisible()
  await expect(page.getByRole('button', { name: tongue.unlock, exact: true })).toBeVisible()
  await expect(button(tongue)).toHaveText(tongue.name)
}

test.afterAll(async () => station?.close())

for (const [system, tongue] of [
  ['pl', polish],
  ['it', english],
] as const)
  test(`without a choice, a system in ${system} finds a first run in ${tongue.name}`, async () => {
    const fresh = await launchStation({ folder: newDataFolder(), args: [`--lang=${system}`] })
    try {
      await expect(fresh.page.getByRole('heading', { name: tongue.firstRun })).toBeVisible()
      await expect(fresh.page.locator('html')).toHaveAttribute('lang', tongue.code)
    } finally {
      await fresh.close()
    }
  })

test('first run keeps what was typed when the language changes', async () => {
  station = await launchStation({ folder, args: ['--lang=en'] })
  page = station.page
  await page.getByRole('textbox', { name: 'Workstation name' }).fill('Ward 7')
  await button(english).click()
  await page.getByRole('menuitemradio', { name: 'Polski' }).click()
  await expect(page.getByRole('heading', { name: polish.firstRun })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Nazwa stanowiska' })).toHaveValue('Ward 7')
  await button(polish).click()
  await page.getByRole('menuitemradio', { name: 'English' }).click()
  await setUpStation(page)
})

test('by keyboard: German, and what was typed is kept', async () => {
  await staffId(english).fill('A1001')
  await code().fill('492')
  await staffId(english).focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await expect(button(english)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitemradio', { name: 'English' })).toBeFocused()
  await expect(page.getByRole('menuitemradio', { name: 'English' })).toBeChecked()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expectSpoken(german)
  await expect(staffId(german)).toHaveValue('A1001')
  await expect(code()).toHaveValue('492')
  await expect(menu(german)).toHaveCount(0)
  await expect(button(german)).toBeFocused()
})

test('by click: French, and the field that was typed in goes on', async () => {
  await staffId(german).focus()
  await choose(german, french)
  await expect(staffId(french)).toHaveValue('A1001')
  await expect(staffId(french)).toBeFocused()
  await page.keyboard.type('7')
  await expect(staffId(french)).toHaveValue('A10017')
  await choose(french, german)
})

test('the list is closed by Escape, by its button, and by a touch beside it, which still does its work', async () => {
  await button(german).focus()
  await page.keyboard.press('ArrowDown')
  await expect(menu(german)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(menu(german)).toHaveCount(0)
  await expect(button(german)).toBeFocused()
  await button(german).click()
  await expect(menu(german)).toBeVisible()
  await button(german).click()
  await expect(menu(german)).toHaveCount(0)
  await staffId(german).fill('A100')
  await button(german).click()
  await expect(menu(german)).toBeVisible()
  await page.getByRole('button', { name: '1', exact: true }).click()
  await expect(menu(german)).toHaveCount(0)
  await expect(staffId(german)).toHaveValue('A1001')
  await expectSpoken(german)
})

test('the open list is inside the window, big enough for a finger, and axe finds nothing', async () => {
  await page.setViewportSize({ width: 1024, height: 600 })
  await button(german).click()
  for (const target of [button(german), ...(await page.getByRole('menuitemradio').all())]) {
    const box = await target.boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(44)
    expect(box?.width).toBeGreaterThanOrEqual(44)
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(1024)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(600)
  }
  await expect(page.getByRole('menuitemradio')).toHaveText(tongues.map(({ name }) => name))
  for (const { code, name } of tongues)
    await expect(page.getByRole('menuitemradio', { name, exact: true })).toHaveAttribute('lang', code)
  // Electron opens no second page for axe to work in.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  await page.keyboard.press('Escape')
})

test('the choice is kept when the station starts again', async () => {
  await station.close()
  station = await launchStation({ folder, args: ['--lang=en'] })
  page = station.page
  await expectSpoken(german)
  await choose(german, english)
})

let spoken = english
for (const tongue of tongues)
  test(`the lock screen holds in ${tongue.name}`, async () => {
    if (tongue !== spoken) await choose(spoken, tongue)
    spoken = tongue
    for (const size of sizes) {
      await page.setViewportSize(size)
      await code().fill('12')
      await page.getByRole('button', { name: tongue.unlock, exact: true }).click()
      await expect(page.getByText(tongue.staffIdFirst)).toBeVisible()
      const at = `${size.width} by ${size.height}`
      const overflow = await page.evaluate(() => {
        const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement
        const cut = [...document.querySelectorAll('button, label, h1, h2, p, output, footer span')]
          .filter(
            (each) => each.scrollWidth > Math.max(each.clientWidth, 1) && getComputedStyle(each).display !== 'inline',
          )
          .map(({ textContent }) => textContent)
        return { wide: scrollWidth - clientWidth, high: scrollHeight - clientHeight, cut }
      })
      expect(overflow, at).toEqual({ wide: 0, high: 0, cut: [] })
      for (const name of [tongue.unlock, tongue.language])
        await expect(page.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 })
      // The line of what happened keeps the place of one line, or the keys would move under a finger.
      const line = await page
        .locator('output')
        .evaluate((each) => each.clientHeight - Number.parseFloat(getComputedStyle(each).minHeight))
      expect(line, at).toBeLessThan(1)
      await code().fill('')
    }
  })

test('from the right, the code to scan stands on the right, and digits keep their order', async () => {
  await page.setViewportSize({ width: 1920, height: 1080 })
  await choose(spoken, arabic)
  spoken = arabic
  const across = async (target: Locator) => (await target.boundingBox())?.x ?? 0
  expect(await across(page.locator('.scan'))).toBeGreaterThan(await across(page.locator('.type')))
  const key = (digit: string) => page.getByRole('button', { name: digit, exact: true })
  expect(await across(key('1'))).toBeLessThan(await across(key('3')))
  await staffId(arabic).fill('A1001')
  await code().fill('12')
  const cells = page.locator('.cells i')
  expect(await across(cells.nth(0))).toBeLessThan(await across(cells.nth(1)))
  const font = await page.evaluate(async () => {
    await document.fonts.ready
    return document.fonts.check('16px "Noto Sans Arabic Variable"', 'ف')
  })
  expect(font).toBe(true)
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await code().fill('')
  await staffId(arabic).fill('')
})

test('what was said before is said again in the new language', async () => {
  await page.getByRole('button', { name: spoken.unlock, exact: true }).click()
  await code().fill('12')
  await page.getByRole('button', { name: spoken.unlock, exact: true }).click()
  await expect(page.locator('output')).toHaveText(spoken.staffIdFirst)
  await choose(spoken, german)
  await expect(page.locator('output')).toHaveText(german.staffIdFirst)
})
