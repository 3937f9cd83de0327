// The kiosk: our window over the whole of its display, an empty one over every other, and none of them to be closed or put aside.
import { app, BrowserWindow, screen } from 'electron'

/** Of a packaged app always: in development it is asked for. */
export const isKiosk = (): boolean => app.isPackaged || app.commandLine.hasSwitch('kiosk')

/** @param window the station's, which stands on the primary display. */
export function holdKiosk(window: BrowserWindow): void {
  let leaving = false
  const covers = new Map<number, BrowserWindow>()
  // The system ends us so, and nobody at the keyboard can.
  app.on('before-quit', () => {
    leaving = true
  })
  const hold = (held: BrowserWindow) => {
    held.on('close', (event) => {
      if (!leaving) event.preventDefault()
    })
    held.on('minimize', () => held.restore())
    held.on('leave-full-screen', () => {
      if (!leaving) held.setKiosk(true)
    })
  }
  const coverAll = () => {
    if (window.isDestroyed()) return
    const primary = screen.getPrimaryDisplay()
    spread(window, primary.bounds)
    const others = new Map(screen.getAllDisplays().flatMap((each) => (each.id === primary.id ? [] : [[each.id, each]])))
    for (const [id, cover] of covers)
      if (!others.has(id)) {
        covers.delete(id)
        cover.destroy()
      }
    for (const [id, { bounds }] of others) {
      const cover = covers.get(id) ?? openCover()
      if (!covers.has(id)) hold(cover)
      covers.set(id, cover)
      spread(cover, bounds)
    }
  }
  hold(window)
  // Where a dialog or another window would take the keyboard.
  window.on('blur', () => window.focus())
  window.on('closed', () => {
    for (const cover of covers.values()) cover.destroy()
  })
  screen.on('display-added', coverAll)
  screen.on('display-removed', coverAll)
  screen.on('display-metrics-changed', coverAll)
  coverAll()
}

/** By its bounds too: where no window manager runs, nobody answers a wish for the full screen. */
function spread(window: BrowserWindow, bounds: Electron.Rectangle): void {
  const now = window.getBounds()
  const stands = (['x', 'y', 'width', 'height'] as const).every((side) => now[side] === bounds[side])
  if (stands) return
  window.setKiosk(false)
  window.setBounds(bounds)
  window.setKiosk(true)
}

/** Shows nothing, loads nothing, and never takes the keyboard. */
function openCover(): BrowserWindow {
  return new BrowserWindow({
    ...{ kiosk: true, focusable: false, frame: false, skipTaskbar: true, minimizable: false },
    backgroundColor: '#0b1117',
    title: 'Wardkey',
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, devTools: false },
  })
}
