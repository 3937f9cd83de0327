// The composition root: log, keychain, desk and window, wired by hand.
import { app, powerMonitor, safeStorage } from 'electron'
import { createDesk } from '../station/create-desk.ts'
import type { Desk } from '../station/desk.ts'
import { createKeytarKeychain } from '../station/keytar-keychain.ts'
import { machineClock } from '../station/machine-clock.ts'
import { type Camera, type Keychain, KeychainError, type Log } from '../station/ports.ts'
import { saveScreenshot, screenshotFile, sqliteBinding } from './development.ts'
import { askWhere, askWhich, placeExport } from './files.ts'
import { serveWindow } from './ipc.ts'
import { isKiosk } from './kiosk.ts'
import { isLockKey } from './lock-key.ts'
import { openLog } from './logging.ts'
import type { prepare } from './prepare.ts'
import { windowPrinter } from './printer.ts'
import { clearTracesAfterSessions } from './traces.ts'
import { watchPainting } from './watchdog.ts'

const closeLimitMs = 5_000

/** After 'ready', for the window that is already on its way. */
export function compose(prepared: ReturnType<typeof prepare>, window: Electron.BrowserWindow, camera: Camera): void {
  const log = openLog(prepared.folder)
  const desk = createDesk({
    dataFolder: prepared.folder,
    appVersion: app.getVersion(),
    clock: machineClock(),
    keychain: guardedKeychain(createKeytarKeychain(prepared.WARDKEY_KEYCHAIN_SERVICE)),
    log,
    camera,
    printer: windowPrinter(() => (window.isDestroyed() ? undefined : window)),
    phoneHost: prepared.WARDKEY_PHONE_URL ?? null,
    sqliteBinding: sqliteBinding(),
    ...(isKiosk()
      ? { chooseFile: async (name: string) => placeExport(prepared.folder, name) }
      : { chooseFile: (name: string) => askWhere(window, name), openFile: () => askWhich(window) }),
    electronVersion: process.versions.electron ?? '',
  })
  serveWindow(desk, window)
  lockByEvents(desk, window)
  clearTracesAfterSessions(desk, window, () => log.warn('traces could not be cleared'))
  keepPainting(desk, window, log)
  closeInOrder(desk)
  const versions = { version: app.getVersion(), electron: process.versions.electron ?? '' }
  void desk.start().then(() => log.info('station started', versions))
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
    remove: async (account) => {
      check()
      return keychain.remove(account)
    },
  }
}

function lockByEvents(desk: Desk, window: Electron.BrowserWindow): void {
  powerMonitor.on('suspend', () => desk.lock('suspend'))
  // Where the system went to sleep before it could say so.
  powerMonitor.on('resume', () => desk.lock('suspend'))
  powerMonitor.on('lock-screen', () => desk.lock('screen-locked'))
  window.webContents.on('before-input-event', (event, input) => {
    if (!isLockKey(input)) return
    event.preventDefault()
    desk.lock('lock-key')
  })
}

/** A window that died, or paints no more, comes back locked. */
function keepPainting(desk: Desk, window: Electron.BrowserWindow, log: Log): void {
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error('window gone', { reason, exitCode })
    desk.lock('window-gone')
    if (!window.isDestroyed()) window.webContents.reload()
  })
  watchPainting(window, () => {
    log.error('window does not paint')
    desk.lock('window-gone')
    endProcessOf(window)
  })
}

/** For good, and at once: one that hangs hears no other request. That it has gone is then said as of any other. */
function endProcessOf(window: Electron.BrowserWindow): void {
  const id = window.webContents.getOSProcessId()
  try {
    if (id > 0) process.kill(id, 'SIGKILL')
  } catch (error) {
    // It ended by itself just then.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
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
