// The station's window.
import path from 'node:path'
import { BrowserWindow, screen } from 'electron'
import { origin } from './app-protocol.ts'

export function openStationWindow(options: { kiosk: boolean; devTools: boolean }): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 560,
    show: false,
    // By its bounds too: where no window manager runs, nobody answers a wish for the full screen.
    ...(options.kiosk ? { kiosk: true, ...screen.getPrimaryDisplay().bounds } : {}),
    backgroundColor: '#0b1117',
    title: 'Wardkey',
    autoHideMenuBar: true,
    webPreferences: {
      preload: path.join(import.meta.dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: options.devTools,
      spellcheck: false,
    },
  })
  window.removeMenu()
  window.once('ready-to-show', () => window.show())
  const open = () => void window.loadURL(`${origin}/index.html`)
  // An emptied window comes back by itself.
  window.webContents.on('did-navigate', (_event, url) => {
    if (!url.startsWith(`${origin}/`)) open()
  })
  open()
  return window
}
