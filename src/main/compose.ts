// The composition root: log, keychain, desk and window, wired by hand.
import path from 'node:path'
import { app, BrowserWindow, dialog, powerMonitor, safeStorage } from 'electron'
import { createDesk } from '../station/create-desk.ts'
import type { Desk } from '../station/desk.ts'
import { createKeytarKeychain } from '../station/keytar-keychain.ts'
import { machineClock } from '../station/machine-clock.ts'
import { type Camera, type Keychain, KeychainError, type Log } from '../station/ports.ts'
import { saveScreenshot, screenshotFile, sqliteBinding } from './development.ts'
import { serveWindow } from './ipc.ts'
import { isLockKey } from './lock-key.ts'
import { openLog } from './logging.ts'
import type { prepare } from './prepare.ts'
import { windowPrinter } from './printer.ts'
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
    printer: windowPrinter(() => BrowserWindow.getAllWindows()[0]),
    phoneHost: prepared.WARDKEY_PHONE_URL ?? null,
    sqliteBinding: sqliteBinding(),
    chooseFile: (name) => chooseFile(window, name),
    openFile: () => openFile(window),
    electronVersion: process.versions.electron ?? '',
  })
  serveWindow(desk, window)
  lockByEvents(desk, window)
  keepPainting(desk, window, log)
  closeInOrder(desk)
  const versions = { version: app.getVersion(), electron: process.versions.electron ?? '' }
  void desk.start().then(() => log.info('station started', versions))
  const file = screenshotFile()
  if (file) void saveScreenshot(desk, window, file)
}

/** The path is chosen here and stays here: the window never names a file. */
async function chooseFile(window: Electron.BrowserWindow, name: string): Promise<string | null> {
  if (window.isDestroyed()) return null
  const extension = path.extname(name).slice(1)
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: path.join(app.getPath('documents'), name),
    filters: [{ name: extension, extensions: [extension] }],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  })
  return canceled || filePath === '' ? null : filePath
}

/** Likewise for a backup that is read. */
async function openFile(window: Electron.BrowserWindow): Promise<string | null> {
  if (window.isDestroyed()) return null
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    defaultPath: app.getPath('documents'),
    filters: [
      { name: 'age', extensions: ['age'] },
      { name: '*', extensions: ['*'] },
    ],
    properties: ['openFile', 'dontAddToRecent'],
  })
  return canceled ? null : (filePaths[0] ?? null)
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
    window.webContents.forcefullyCrashRenderer()
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
