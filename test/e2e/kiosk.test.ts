// The kiosk: the ways out of a window that a person may try, one by one, and what stands on the other displays.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { call } from '../support/bridge.ts'
import { ada, lock, pressRealKeys, setUpStation, unlock } from '../support/flows.ts'
import { launchStation, newDataFolder, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

const folder = newDataFolder()
let station: StationApp
let page: Page

test.beforeAll(async () => {
  station = await launchStation({ folder, args: ['--kiosk'], ownTime: true })
  page = station.page
})
test.afterAll(async () => station?.close())

const onScreen = () => expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
const windows = () =>
  station.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .map((each) => ({ ...each.getBounds(), focusable: each.isFocusable(), visible: each.isVisible() }))
      .toSorted((one, other) => one.x - other.x),
  )
/** The displays as the system would tell of them: there is one real one here. */
const plug = (...bounds: { x: number; y: number; width: number; height: number }[]) =>
  station.app.evaluate(({ screen }, bounds) => {
    const real = screen.getPrimaryDisplay()
    const all = bounds.map((each, index) => ({ ...real, id: index === 0 ? real.id : 100 + index, bounds: each }))
    screen.getAllDisplays = () => all
    screen.getPrimaryDisplay = () => all[0] ?? real
    screen.emit('display-added', {}, all.at(-1))
  }, bounds)

test('it covers the display, and asks for the keyboard back', async () => {
  const size = await station.app.evaluate(({ screen }) => screen.getPrimaryDisplay().bounds)
  await plug({ ...size })
  expect(await windows()).toEqual([expect.objectContaining({ ...size })])
})

test('it does not close: not when it is asked to, as by a window manager, and not by its own page', async () => {
  await page.evaluate(() => window.close())
  await station.app.evaluate(({ BrowserWindow }) => {
    for (const each of BrowserWindow.getAllWindows()) each.close()
  })
  await onScreen()
  expect(await windows()).toHaveLength(1)
})

test('no key leads out', async () => {
  const keys =
    'alt+F4 ctrl+w ctrl+q ctrl+shift+q ctrl+n ctrl+t ctrl+o ctrl+s ctrl+p ctrl+r F5 F11 F12 ctrl+shift+i ctrl+u Escape alt+F9 alt+F10 super super+d F1 shift+F10 Menu alt+space alt+Tab ctrl+Escape'
  for (const each of keys.split(' ')) pressRealKeys(each)
  const before = await windows()
  await onScreen()
  expect(before).toHaveLength(1)
  const open = await station.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    return [window?.isMinimized(), window?.isVisible(), window?.webContents.isDevToolsOpened()]
  })
  expect(open).toEqual([false, true, false])
})

test('it is not zoomed: by wheel, keys or pinch', async () => {
  await page.mouse.move(300, 300)
  execFileSync('xdotool', ['mousemove', '300', '300', 'keydown', 'ctrl', 'click', '4', 'click', '4', 'keyup', 'ctrl'])
  for (const each of ['ctrl+plus', 'ctrl+equal', 'ctrl+minus']) pressRealKeys(each)
  const client = await page.context().newCDPSession(page)
  await client.send('Input.synthesizePinchGesture', { x: 400, y: 400, scaleFactor: 2 })
  expect(
    await station.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor()),
  ).toBe(1)
  expect(await page.evaluate(() => visualViewport?.scale)).toBe(1)
})

test('a file that is dropped on it opens nothing', async () => {
  const file = path.join(folder, 'dropped.html')
  fs.writeFileSync(file, '<title>dropped</title>')
  const client = await page.context().newCDPSession(page)
  const data = { items: [], files: [file], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await client.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data })
  await onScreen()
  expect(page.url()).toBe('app://station/index.html')
  expect(await windows()).toHaveLength(1)
})

test('a display that is plugged in is covered, and uncovered when it goes', async () => {
  const [first] = await windows()
  const own = { x: 0, y: 0, width: first?.width ?? 0, height: first?.height ?? 0 }
  const right = { x: own.width, y: 0, width: 800, height: 600 }
  await plug(own, right)
  expect(await windows()).toEqual([
    expect.objectContaining({ ...own, focusable: true }),
    expect.objectContaining({ ...right, focusable: false, visible: true }),
  ])
  await station.app.evaluate(({ BrowserWindow }) => {
    for (const each of BrowserWindow.getAllWindows()) each.close()
  })
  expect(await windows()).toHaveLength(2)
  await plug(own)
  expect(await windows()).toHaveLength(1)
})

test('what is saved goes into one folder: no dialog shows the computer', async () => {
  const administrator = await setUpStation(page)
  await unlock(page, ada, administrator.phone)
  const shown = await station.app.evaluateHandle(({ dialog }) => {
    const shown: string[] = []
    dialog.showSaveDialog = async () => {
      shown.push('save')
      return { canceled: true, filePath: '' }
    }
    return shown
  })
  await page.getByRole('link', { name: 'Audit log' }).click()
  expect(await call(page, 'exportLog', { format: 'jsonl' })).toMatchObject({ ok: true })
  expect(await shown.jsonValue()).toEqual([])
  await expect
    .poll(() => fs.readdirSync(path.join(folder, 'exports')))
    .toEqual([expect.stringMatching(/^wardkey-log-.*\.jsonl$/)])
  await lock(page)
})

test('a page that crashes comes back locked', async () => {
  await station.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  await expect(page.getByRole('img', { name: 'Login QR code' })).toBeVisible()
})

test('the system ends it all the same', async () => {
  const gone = new Promise((resolve) => station.app.process().once('exit', resolve))
  station.app.process().kill('SIGTERM')
  await gone
})
