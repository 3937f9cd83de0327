// Electron's security checklist, where the window may go and what it may open: tried in the running station, and refused.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { handedOver, hints, waysOut, webRtc } from '../support/attempts.ts'
import { pressRealKeys } from '../support/flows.ts'
import { attempt, home, insert, notRefused, openWatchedStation, type Watched } from '../support/forbidden.ts'
import { launchAsPackaged } from '../support/packaged-app.ts'

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-window-'))
let watched: Watched
let app: ElectronApplication
let page: Page

test.beforeAll(async () => {
  watched = await openWatchedStation()
  page = watched.page
  app = watched.station.app
})
test.beforeEach(async () => watched.begin())
test.afterAll(async () => watched.close())

const firstField = () => page.getByRole('textbox', { name: 'Workstation name' })

test('13, 14: the window goes nowhere, and no other opens', async () => {
  for (const [name, expression] of Object.entries(waysOut(watched.canary.base))) {
    const { outcome } = await attempt(page, expression)
    expect({ name, outcome, at: page.url() }).toEqual({ name, outcome: 'refused', at: home })
  }
  const all = await app.evaluate(({ webContents }) => webContents.getAllWebContents().map((each) => each.getURL()))
  expect(all).toEqual([home])
  expect(await page.evaluate(() => document.querySelector('h1')?.textContent)).toBe('Set up this workstation')
  expect(watched.canary.seen()).toEqual([])
})

test('13: a window that was emptied comes back by itself', async () => {
  // Chromium holds nobody back from about:blank, and tells nobody before it.
  await page.evaluate(() => Object.assign(window, { before: true }) && setTimeout(() => location.assign('about:blank')))
  await expect.poll(() => page.evaluate(() => 'before' in window).catch(() => true)).toBe(false)
  await expect(firstField()).toBeVisible()
  expect(page.url()).toBe(home)
})

test('13: what is dropped on the window is neither opened nor read', async () => {
  const file = path.join(work, 'dropped.html')
  fs.writeFileSync(file, 'dropped')
  const devTools = await page.context().newCDPSession(page)
  const address = { items: [{ mimeType: 'text/uri-list', data: `${watched.canary.base}/dropped` }] }
  for (const what of [address, { items: [], files: [file] }])
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await devTools.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data: { ...what, dragOperationsMask: 1 } })
  await devTools.detach()
  await expect(firstField()).toBeVisible()
  expect(page.url()).toBe(home)
  expect(await page.content()).not.toContain('dropped')
  expect(watched.canary.seen()).toEqual([])
})

test('15: nothing is handed to another program', async () => {
  expect(await notRefused(page, handedOver)).toEqual([])
  expect(watched.opener.opened()).toEqual([])
  await app.evaluate(({ shell }) => shell.openExternal('https://example.org/control'))
  await expect
    .poll(() => watched.opener.opened(), 'the watcher would have seen it')
    .toEqual(['https://example.org/control'])
})

test('18: app:// gives out the files of the window, and no other', async () => {
  const ask = (address: string, method = 'GET') =>
    app.evaluate(
      ({ session }, { address, method }) =>
        session.defaultSession.fetch(address, { method }).then(
          ({ status }) => status,
          () => 'refused',
        ),
      { address, method },
    )
  for (const address of [home, 'app://STATION/index.html?a#b', 'app://station/assets/../index.html'])
    expect({ address, answer: await ask(address) }).toEqual({ address, answer: 200 })
  const paths = [
    ...['..%2fmain%2findex.js', '%2e%2e/main/index.js', '..%5cmain%5cindex.js', '..\\main\\index.js'],
    ...['%252e%252e%252fmain%252findex.js', '../preload/index.cjs', '..%2f..%2fdocs%2fscreens%2flock.png'],
    ...['..%2f..%2fsrc%2frenderer%2findex.html', '/etc/hostname', '%2fetc%2fhostname', 'package.json', 'index.cjs'],
    ...['', 'assets', 'assets/', 'index.html%00.png', 'index.html/', '%zz'],
  ]
  const hosts = ['app://other/index.html', 'app://station.evil/index.html', 'app:///index.html', 'app://a@station/']
  for (const address of [...paths.map((each) => `app://station/${each}`), ...hosts])
    expect({ address, answer: await ask(address) }).not.toEqual({ address, answer: 200 })
  for (const method of ['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])
    expect({ method, answer: await ask(home, method) }).not.toEqual({ method, answer: 200 })
})

test('hints and other transports reach no server', async () => {
  expect(await notRefused(page, hints(watched.canary.base))).toEqual([])
  expect(watched.canary.seen()).toEqual([])
})

test('no datagram and no connection leaves by WebRTC', async () => {
  await attempt(page, webRtc(watched.canary.port))
  expect(watched.canary.seen()).toEqual([])
})

test('nothing is downloaded', async () => {
  const folder = path.join(work, 'downloads')
  fs.mkdirSync(folder)
  const prevented = await app.evaluateHandle(({ app, session }, folder) => {
    app.setPath('downloads', folder)
    const prevented: boolean[] = []
    session.defaultSession.on('will-download', (event) => prevented.push(event.defaultPrevented))
    return prevented
  }, folder)
  for (const href of [home, 'data:text/plain,x', `${watched.canary.base}/a`])
    await attempt(page, insert('a', { href, download: 'a.txt' }, 'false'))
  const blob =
    "Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob(['x'])), download: 'a' })"
  await attempt(page, `${blob}.click()`)
  // Where the page's own policy stops it first, nobody hears of it here.
  expect(await prevented.jsonValue()).not.toContain(false)
  expect(fs.readdirSync(folder)).toEqual([])
  expect(watched.canary.seen()).toEqual([])
})

test('the page opens no alert, no question and no print window', async () => {
  const shown: string[] = []
  page.on('dialog', (dialog) => {
    shown.push(dialog.type())
    return dialog.dismiss()
  })
  for (const call of ["alert('x')", "confirm('x')", "prompt('x')"]) await attempt(page, call)
  // One rule is over all of them; the print window would stop this test, so it comes last.
  expect(shown).toEqual([])
  await page.evaluate(() => addEventListener('beforeprint', () => document.body.classList.add('printed')))
  await attempt(page, 'print()')
  expect(await page.evaluate(() => document.body.classList.contains('printed'))).toBe(false)
})

test('no menu: its keys do nothing', async () => {
  await page.evaluate(() => Object.assign(window, { stillHere: true }))
  const keys =
    'ctrl+shift+i F12 ctrl+r ctrl+shift+r F5 F11 ctrl+plus ctrl+minus ctrl+w ctrl+q ctrl+n ctrl+p ctrl+o ctrl+s'
  for (const key of `${keys} ctrl+u ctrl+m alt+Left F10 Escape`.split(' ')) pressRealKeys(key)
  // Keys come in order: once this one is there, so were all before it.
  await firstField().click()
  pressRealKeys('x')
  await expect(firstField()).toHaveValue('x')
  const state = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    const contents = window?.webContents
    return [window?.isMenuBarVisible(), window?.isFullScreen(), contents?.isDevToolsOpened(), contents?.getZoomLevel()]
  })
  expect(state).toEqual([false, false, false, 0])
  expect(await page.evaluate(() => 'stillHere' in window)).toBe(true)
})

test('DevTools open in development, and not in a packaged app', async () => {
  const opens = (app: ElectronApplication) =>
    app.evaluate(async ({ app, BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      const opened = new Promise((tell) => contents?.once('devtools-opened', () => tell(true)))
      contents?.openDevTools({ mode: 'detach' })
      const open = await Promise.race([opened, new Promise((tell) => setTimeout(tell, 2_000, false))])
      contents?.closeDevTools()
      return { isPackaged: app.isPackaged, open }
    })
  expect(await opens(app)).toEqual({ isPackaged: false, open: true })
  const packaged = await launchAsPackaged()
  try {
    expect(await opens(packaged)).toEqual({ isPackaged: true, open: false })
  } finally {
    await packaged.close()
  }
})
