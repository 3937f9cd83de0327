// The composition root: environment, log, keychain, desk and window, wired by hand.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { app, powerMonitor, safeStorage, session } from 'electron'
import { createDesk } from '../station/create-desk.ts'
import type { Desk } from '../station/desk.ts'
import { createKeytarKeychain } from '../station/keytar-keychain.ts'
import { type Keychain, KeychainError } from '../station/ports.ts'
import { serveApp } from './app-protocol.ts'
import { isDevelopment, saveScreenshot, screenshotFile, sqliteBinding } from './development.ts'
import { readEnvironment, type StationEnvironment } from './environment.ts'
import { lockSession } from './hardening.ts'
import { serveWindow } from './ipc.ts'
import { isLockKey } from './lock-key.ts'
import { openLog } from './logging.ts'
import { openStationWindow } from './window.ts'

const closeLimitMs = 5_000

/** Before 'ready': Chromium's own files go beside the station's, not into a shared place. */
export function prepare(): StationEnvironment & { folder: string } {
  const environment = readEnvironment(process.env)
  const folder = environment.WARDKEY_DATA_DIR ?? app.getPath('userData')
  app.setPath(
    'userData',
    path.join(canHold(folder) ? folder : fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-')), 'electron'),
  )
  if (process.platform === 'linux' && !app.commandLine.hasSwitch('password-store'))
    app.commandLine.appendSwitch('password-store', 'gnome-libsecret')
  return { ...environment, folder }
}

/** What keeps the folder from being made is for the station to say on its screen, which Chromium needs a place for. */
function canHold(folder: string): boolean {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
    return true
  } catch {
    return false
  }
}

/** After 'ready'. */
export function compose(prepared: ReturnType<typeof prepare>): void {
  serveApp(path.join(import.meta.dirname, '../renderer'))
  lockSession(session.defaultSession)
  const log = openLog(prepared.folder)
  const desk = createDesk({
    dataFolder: prepared.folder,
    appVersion: app.getVersion(),
    clock: { nowMs: () => Date.now(), runningMs: () => performance.now() },
    keychain: guardedKeychain(createKeytarKeychain(prepared.WARDKEY_KEYCHAIN_SERVICE)),
    log,
    phoneHost: prepared.WARDKEY_PHONE_URL ?? null,
    sqliteBinding: sqliteBinding(),
  })
  const window = openStationWindow({ kiosk: app.commandLine.hasSwitch('kiosk'), devTools: isDevelopment() })
  serveWindow(desk, window)
  lockByEvents(desk, window)
  closeInOrder(desk)
  log.info('station starting', { version: app.getVersion(), electron: process.versions.electron ?? '' })
  void desk.start()
  const file = screenshotFile()
  if (file) void saveScreenshot(desk, window, file)
}

/** A keychain that would keep our key under a fixed password is none (Electron's `basic_text`). */
function guardedKeychain(keychain: Keychain): Keychain {
  const check = () => {
    if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text')
      throw new KeychainError('insecure-keychain')
  }
  return {
    read: async (account) => {
      check()
      return keychain.read(account)
    },
    write: async (account, value) => {
      check()
      return keychain.write(account, value)
    },
  }
}

function lockByEvents(desk: Desk, window: Electron.BrowserWindow): void {
  powerMonitor.on('suspend', () => desk.lock('suspend'))
  powerMonitor.on('lock-screen', () => desk.lock('screen-locked'))
  window.webContents.on('before-input-event', (event, input) => {
    if (!isLockKey(input)) return
    event.preventDefault()
    desk.lock('lock-key')
  })
  window.webContents.on('render-process-gone', () => {
    desk.lock('window-gone')
    if (!window.isDestroyed()) window.webContents.reload()
  })
}

function closeInOrder(desk: Desk): void {
  let closed = false
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    const late = new Promise((resolve) => setTimeout(resolve, closeLimitMs))
    void Promise.race([desk.close(), late]).then(() => {
      closed = true
      app.quit()
    })
  })
}
