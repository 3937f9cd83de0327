// Electron's security checklist, what the page itself may do: each test tries it in the running station and sees it refused.
import { expect, type Page, test } from '@playwright/test'
import { commandChannel } from '../../src/contracts/ipc.ts'
import { permissionNames, permissions, policyBreaches } from '../support/attempts.ts'
import {
  attempt,
  home,
  insert,
  load,
  notRefused,
  openWatchedStation,
  type Watched,
  withPreload,
} from '../support/forbidden.ts'

let watched: Watched
let app: Watched['station']['app']
let page: Page

test.beforeAll(async () => {
  watched = await openWatchedStation()
  page = watched.page
  app = watched.station.app
})
test.beforeEach(async () => watched.begin())
test.afterAll(async () => watched.close())

interface Exposed {
  readonly wardkey: { onScreen(listener: (...given: unknown[]) => void): () => unknown }
  readonly probe: unknown
}

test('1, 18: everything in the window comes from app://station', async () => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.reload()
  await page.evaluate(() => document.fonts.ready)
  expect(asked.length).toBeGreaterThan(2)
  for (const address of asked) expect(address).toMatch(/^app:\/\/station\//)
  expect(await page.evaluate(() => isSecureContext)).toBe(true)
})

test('2: the page has no Node', async () => {
  const names = ['require', 'process', 'Buffer', 'module', 'exports', 'global', '__dirname', 'setImmediate', 'electron']
  const modules = ['node:fs', 'fs', 'electron', 'node:child_process']
  const attempts = [
    ...names.map((name) => [name, `typeof ${name} !== 'undefined'`]),
    ...modules.map((name) => [name, `import('${name}').then(() => true)`]),
  ]
  expect(await notRefused(page, Object.fromEntries(attempts))).toEqual([])
})

test('3: the page shares nothing with the world of the preload', async () => {
  const bridge = await page.evaluate(() => {
    const { wardkey } = window as unknown as Exposed
    const { writable, configurable } = Object.getOwnPropertyDescriptor(window, 'wardkey') ?? {}
    const frozen = [wardkey, ...Object.values(wardkey)].every((each) => Object.isFrozen(each))
    return { names: Reflect.ownKeys(wardkey), frozen, writable, configurable }
  })
  expect(bridge).toEqual({ names: ['call', 'onScreen'], frozen: true, writable: false, configurable: false })
  const changes = [
    'wardkey.call = 1',
    'delete wardkey.call',
    'wardkey = {}',
    'wardkey.call.x = 1',
    'delete window.wardkey',
  ]
  const attempts = changes.map((change) => [change, `(() => { 'use strict'; ${change}; return true })()`])
  expect(await notRefused(page, Object.fromEntries(attempts))).toEqual([])
  // The preload would take this for a refusal, were its Object ours.
  const polluted = `(async () => {
    Object.prototype.refused = 'by the page'
    try { return (await wardkey.call('readScreen', {})).kind } finally { delete Object.prototype.refused }
  })()`
  expect(await attempt(page, polluted)).toMatchObject({ what: '"first-run"' })
  expect(await attempt(page, 'wardkey.call.constructor === Function'), 'no way to another world').toMatchObject({
    outcome: 'given',
  })
})

test('20: nothing of Electron comes over the bridge', async () => {
  await page.evaluate(() => {
    const shared = window as unknown as Exposed & { heard: Promise<number> }
    shared.heard = new Promise((tell) => shared.wardkey.onScreen((...given) => tell(given.length)))
  })
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.send('wardkey:screen', { kind: 'starting' }),
  )
  expect(await attempt(page, 'heard'), 'the state alone, without the event of its channel').toMatchObject({ what: '1' })
  await page.reload()
  expect(await attempt(page, 'wardkey.onScreen(() => {})()'), 'the one that stops listening gives nothing').toEqual({
    outcome: 'refused',
    what: '',
    violations: [],
  })
})

test('17, 20: main listens on the one channel of the contract', async () => {
  const channels = await app.evaluate(({ ipcMain }) => {
    const { _invokeHandlers } = ipcMain as unknown as { _invokeHandlers: Map<string, unknown> }
    return [..._invokeHandlers.keys(), ...ipcMain.eventNames().filter((name) => name !== 'error')]
  })
  expect(channels).toEqual([commandChannel])
})

test('4: a preload is in the sandbox too', async () => {
  const source = `contextBridge.exposeInMainWorld('probe', {
    sandboxed: process.sandboxed === true && process.contextIsolated === true,
    modules: ['fs', 'node:fs', 'child_process', 'node:net', 'os'].filter((name) => {
      try { return Boolean(require(name)) } catch { return false }
    }),
    bindings: typeof process.binding,
    electron: ['app', 'shell', 'BrowserWindow', 'clipboard', 'session'].filter((name) => name in require('electron')),
  })`
  await withPreload({ app, page }, source, async () => {
    const probe = await page.evaluate(() => (window as unknown as Exposed).probe)
    expect(probe).toEqual({ sandboxed: true, modules: [], bindings: 'undefined', electron: [] })
  })
})

test('5: every permission is refused', async () => {
  const choices = await app.evaluateHandle(({ session, BrowserWindow }) => {
    const choices: string[] = []
    session.defaultSession.on('select-usb-device', () => choices.push('USB'))
    session.defaultSession.on('select-hid-device', () => choices.push('HID'))
    session.defaultSession.on('select-serial-port', () => choices.push('serial'))
    BrowserWindow.getAllWindows()[0]?.webContents.on('select-bluetooth-device', () => choices.push('Bluetooth'))
    return choices
  })
  expect(await notRefused(page, permissions)).toEqual([])
  expect(await choices.jsonValue(), 'no device was even offered').toEqual([])
  // There are both here: it is the station that says no.
  for (const name of ['camera', 'microphone'])
    expect(await attempt(page, permissions[name] ?? '')).toMatchObject({ what: 'NotAllowedError' })
  const attempts = permissionNames.map((name) => [
    name,
    `navigator.permissions.query({ name: '${name}' }).then(({ state }) => state !== 'denied')`,
  ])
  expect(await notRefused(page, Object.fromEntries(attempts))).toEqual([])
})

test('5: nothing gets the full screen', async () => {
  // Chromium leaves the wish without an answer.
  await attempt(page, 'document.documentElement.requestFullscreen()')
  expect(await page.evaluate(() => document.fullscreenElement)).toBeNull()
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFullScreen())).toBe(false)
})

test('5: the command to paste is refused where the runtime can refuse it', async () => {
  const version = await app.evaluate(({ clipboard }) => {
    clipboard.writeText('from another program')
    return Number.parseInt(process.versions.electron ?? '', 10)
  })
  const paste = insert('textarea', {}, "element.focus() ?? (document.execCommand('paste') && element.value !== '')")
  // Up to Electron 33.3 it asks nobody and nothing turns it off.
  expect(await attempt(page, paste)).toMatchObject({ outcome: version < 34 ? 'given' : 'refused' })
})

test('6, 8: even without its policy the page gets no file, no insecure content, nobody else', async () => {
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Page.setBypassCSP', { enabled: true })
  await page.reload()
  expect(await attempt(page, "eval('true')"), 'the policy is out of the way').toMatchObject({ outcome: 'given' })
  const attempts: Record<string, string> = {
    'another app address': "fetch('app://other/index.html').then(() => true)",
    'a file beside ours': "fetch('app://station/..%2f..%2fpackage.json').then(() => true)",
    'a frame of a file': insert('iframe', { src: 'file:///etc/hostname' }, 'element.contentDocument === null'),
  }
  for (const address of [`${watched.canary.base}/a`, 'file:///etc/hostname']) {
    attempts[`fetch ${address}`] = `fetch('${address}').then(() => true)`
    for (const tag of ['script', 'img', 'video']) attempts[`${tag} ${address}`] = load(tag, { src: address })
  }
  attempts['Node, in a script that now runs'] = insert('script', {
    textContent: "window.ran = typeof require !== 'undefined' || typeof process !== 'undefined'",
  })
  expect(await notRefused(page, attempts)).toEqual([])
  await attempt(page, insert('iframe', { src: watched.canary.base }, 'false'))
  await devTools.send('Page.setBypassCSP', { enabled: false })
  await devTools.detach()
  await page.reload()
  expect(watched.canary.seen()).toEqual([])
})

test('7: the policy refuses foreign code and content, and says so', async () => {
  for (const [directive, breaches] of Object.entries(policyBreaches(watched.canary.base)))
    for (const [what, breach] of Object.entries(breaches)) {
      const { outcome, violations } = await attempt(page, breach)
      expect({ what, outcome, violations }).toEqual({ what, outcome: 'refused', violations: [directive] })
    }
  expect(watched.canary.seen()).toEqual([])
})

test('7: an empty frame is under the same policy, and has no bridge', async () => {
  const tried = "(() => { try { return element.contentWindow.eval('1') } catch ({ name }) { return name } })()"
  const frame = insert('iframe', {}, `typeof element.contentWindow.wardkey + ' ' + ${tried}`)
  expect(await attempt(page, frame)).toMatchObject({ what: '"undefined EvalError"' })
})

test('9, 10: what experimental features would bring is not there', async () => {
  const [ours = [], experimental = []] = await app.evaluate(async ({ BrowserWindow }) => {
    const names = 'Object.getOwnPropertyNames(window).concat(Object.getOwnPropertyNames(Document.prototype))'
    const found: string[][] = []
    const [window] = BrowserWindow.getAllWindows()
    const other = new BrowserWindow({ show: false, webPreferences: { experimentalFeatures: true } })
    await other.loadURL('about:blank')
    for (const each of [window, other]) found.push(await each?.webContents.executeJavaScript(names))
    other.destroy()
    return found
  })
  expect(experimental.filter((name) => !ours.includes(name)).length).toBeGreaterThan(10)
})

test('11, 12: a webview shows nothing, even in a window that would have them', async () => {
  const webview = insert('webview', { src: home, allowpopups: 'on' }, "typeof element.getURL === 'function'")
  expect(await attempt(page, webview)).toMatchObject({ outcome: 'refused' })
  const made = await app.evaluate(async ({ app, BrowserWindow }, webview) => {
    const made: string[] = []
    app.on('web-contents-created', (_event, contents) => made.push(contents.getType()))
    const other = new BrowserWindow({ show: false, webPreferences: { webviewTag: true } })
    await other.loadURL('about:blank')
    await other.webContents.executeJavaScript(webview)
    other.destroy()
    return made
  }, webview)
  expect(made, 'that window, and nothing inside it').toEqual(['window'])
})

test('no service worker', async () => {
  const register = "navigator.serviceWorker.register(document.querySelector('script[src]').src).then(() => true)"
  expect(await attempt(page, register)).toMatchObject({ outcome: 'refused' })
})
