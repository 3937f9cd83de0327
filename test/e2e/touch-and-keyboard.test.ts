// The station by touch alone, and by keyboard alone with a focus that is always seen.
import fs from 'node:fs'
import { type CDPSession, expect, type Locator, type Page, test } from '@playwright/test'
import { ada, bola, place, signedInAs } from '../support/flows.ts'
import { expectHolds, focusFault } from '../support/layout.ts'
import { codeNow, readQr } from '../support/phone.ts'
import { copyOf, type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, newDataFolder, type StationApp } from '../support/station-app.ts'
import { codeBefore } from '../support/steps.ts'

let prepared: Prepared
let folder: string
let station: StationApp
let page: Page

test.beforeAll(async () => {
  prepared = await prepareStation()
})
test.afterEach(async () => {
  await station.close()
  fs.rmSync(folder, { recursive: true, force: true })
})
test.afterAll(() => fs.rmSync(prepared.folder, { recursive: true, force: true }))

async function launch(made: 'new' | 'set up'): Promise<void> {
  folder = made === 'new' ? newDataFolder() : await copyOf(prepared)
  station = await launchStation({ folder, ownTime: true })
  page = station.page
}

const textbox = (name: string) => page.getByRole('textbox', { name, exact: true })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const keypad = () => page.getByRole('group', { name: 'On-screen keys' })
const setupKeyOnScreen = async () => {
  await expect(page.getByRole('img', { name: 'Enrollment QR code' })).toBeVisible()
  return new URL(readQr(await page.screenshot())).searchParams.get('secret') ?? ''
}

test.describe('by touch alone', () => {
  let touch: CDPSession
  const beginTouch = async () => {
    touch = await page.context().newCDPSession(page)
    await touch.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 1 })
  }
  const tap = async (target: Locator) => {
    const box = await target.boundingBox()
    if (!box) throw new Error(`nothing to touch: ${target}`)
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] })
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }
  /** Each sign by its own key, with the letters one touch away. */
  const tapText = async (text: string) => {
    for (const sign of text) {
      const key = keypad().getByRole('button', { name: sign, exact: true })
      if (!(await key.isVisible())) await tap(button(/\d/.test(sign) ? '123' : 'ABC'))
      await tap(key)
    }
  }

  test('a login with a code, a lock, and a login with a recovery code', async () => {
    await launch('set up')
    await beginTouch()
    await tapText(ada.staffId)
    await expect(textbox('Staff ID')).toHaveValue(ada.staffId)
    await tap(textbox('One-time code'))
    await tapText(codeNow(prepared.setupKey))
    await expect(signedInAs(page, ada.name)).toBeVisible()
    await tap(button('Lock'))
    await expect(textbox('Staff ID')).toBeVisible()

    await tap(button('Other ways in'))
    await tap(button('Recovery code'))
    await tap(textbox('Staff ID'))
    await tapText(ada.staffId.slice(0, 2))
    await tap(button('Delete'))
    await tapText(ada.staffId.slice(1))
    await tap(textbox('Recovery code'))
    await tapText((prepared.recoveryCodes[0] ?? '').replaceAll('-', ''))
    await tap(button('Unlock'))
    await expect(signedInAs(page, ada.name)).toBeVisible()
  })

  test('a first run, with keys for names that come with the touch and go with it, and the first code', async () => {
    await launch('new')
    await beginTouch()
    const keys = page.getByRole('group', { name: 'Keys for text' })
    const key = (name: string) => keys.getByRole('button', { name, exact: true })
    await expect(keys).toHaveCount(0)
    /** A name begins with a capital by itself; the staff ID needs the key for each. */
    const typeByTouch = async (target: Locator, text: string) => {
      await tap(target)
      await expect(keys).toBeInViewport({ ratio: 1 })
      for (const sign of text) {
        if (sign !== ' ' && !(await key(sign).isVisible())) await tap(key('Capital letter'))
        await tap(sign === ' ' ? key('Space') : key(sign))
      }
      await expect(target).toHaveValue(text)
    }
    await typeByTouch(textbox('Workstation name'), 'Ward 7, bay 3')
    await typeByTouch(textbox('Location'), 'Level 2')
    await typeByTouch(textbox('Administrator name'), ada.name)
    await typeByTouch(textbox('Administrator staff ID'), 'A1')
    await tap(key('Delete'))
    await tap(key('2'))
    await expect(textbox('Administrator staff ID')).toHaveValue('A2')
    await tap(key('Hide the keys'))
    await expect(keys).toHaveCount(0)
    await tap(button('Continue'))
    const setupKey = await setupKeyOnScreen()
    await expect(keypad()).toBeVisible()
    await expectHolds(page, 'offer with keys')
    await tapText(codeNow(setupKey))
    await expect(page.getByRole('list', { name: 'Recovery codes' })).toBeVisible()
    await tap(page.getByText('I have stored these codes'))
    await tap(button('Finish'))
    await expect(page.getByRole('img', { name: 'Login QR code' })).toBeVisible()
  })
})

test.describe('by keyboard alone', () => {
  const press = async (key: string) => {
    await page.keyboard.press(key)
    expect(await focusFault(page)).toBeNull()
  }
  const tabTo = async (target: Locator) => {
    const isThere = () => target.evaluate((element) => element === document.activeElement)
    for (let tabs = 0; tabs < 60 && !(await isThere()); tabs++) await press('Tab')
    await expect(target).toBeFocused()
  }
  const typeInto = async (target: Locator, text: string) => {
    await tabTo(target)
    await page.keyboard.type(text)
  }
  /** Once around the screen: the focus is seen at every stop, and comes back to where it began. */
  const goAround = async () => {
    const stops = new Set<string>()
    const here = () =>
      page.evaluate(() => {
        const all = [...document.querySelectorAll('*')]
        return `${all.indexOf(document.activeElement ?? document.body)}`
      })
    for (await press('Tab'); !stops.has(await here()); await press('Tab')) stops.add(await here())
    return stops.size
  }

  test('first run, a login, a lock, and a login with a recovery code', async () => {
    await launch('new')
    await typeInto(textbox('Workstation name'), place.name)
    expect(await goAround()).toBeGreaterThanOrEqual(5)
    await typeInto(textbox('Location'), place.location)
    await typeInto(textbox('Administrator name'), ada.name)
    await typeInto(textbox('Administrator staff ID'), ada.staffId)
    await tabTo(button('Continue'))
    await page.keyboard.press('Enter')

    const setupKey = await setupKeyOnScreen()
    expect(await goAround()).toBeGreaterThanOrEqual(4)
    await typeInto(textbox('Code from the phone'), await codeBefore(setupKey))
    const list = page.getByRole('list', { name: 'Recovery codes' })
    await expect(list).toBeVisible()
    const [recoveryCode = ''] = await list.getByRole('listitem').allInnerTexts()
    await tabTo(page.getByRole('checkbox', { name: 'I have stored these codes' }))
    await page.keyboard.press('Space')
    await expect(page.getByRole('checkbox')).toBeChecked()
    expect(await goAround()).toBeGreaterThanOrEqual(2)
    await tabTo(button('Finish'))
    await page.keyboard.press('Space')

    await expect(textbox('Staff ID')).toBeFocused()
    expect(await goAround()).toBeGreaterThanOrEqual(16)
    await typeInto(textbox('Staff ID'), ada.staffId)
    await typeInto(textbox('One-time code'), codeNow(setupKey))
    await expect(signedInAs(page, ada.name)).toBeVisible()
    expect(await goAround()).toBeGreaterThanOrEqual(3)
    await tabTo(button('Lock'))
    await page.keyboard.press('Enter')

    await expect(textbox('Staff ID')).toBeFocused()
    await tabTo(button('Other ways in'))
    await page.keyboard.press('Enter')
    await typeInto(textbox('Staff ID'), ada.staffId.toLowerCase())
    await typeInto(textbox('Recovery code'), recoveryCode)
    await page.keyboard.press('Enter')
    await expect(signedInAs(page, ada.name)).toBeVisible()
  })

  test('a person added in Administration', async () => {
    await launch('set up')
    await typeInto(textbox('Staff ID'), ada.staffId)
    await typeInto(textbox('One-time code'), codeNow(prepared.setupKey))
    await expect(signedInAs(page, ada.name)).toBeVisible()
    await tabTo(page.getByRole('link', { name: 'People' }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('row', { name: /Ada Kern/ })).toBeVisible()
    await goAround()
    await tabTo(button('Add person'))
    await page.keyboard.press('Enter')
    await typeInto(textbox('Name'), bola.name)
    await typeInto(textbox('Staff ID'), bola.staffId)
    await goAround()
    await tabTo(button('Add'))
    await page.keyboard.press('Space')
    await setupKeyOnScreen()
    await goAround()
    await tabTo(button('Cancel'))
    await page.keyboard.press('Enter')
    await expect(button(`Enroll phone for ${bola.name}`)).toBeVisible()
  })
})
