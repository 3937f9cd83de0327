// Electron's main process begins here. The window comes first: its own process starts while ours reads the rest.
import path from 'node:path'
import { app, session } from 'electron'
import { registerAppScheme, serveApp } from './app-protocol.ts'
import { windowCamera } from './camera.ts'
import { isDevelopment } from './development.ts'
import { lockSession, lockWebContents } from './hardening.ts'
import { holdKiosk, isKiosk } from './kiosk.ts'
import { prepare } from './prepare.ts'
import { openStationWindow } from './window.ts'

registerAppScheme()
// Under --no-sandbox (root, in development) Electron would leave its helpers without the switch that they then need.
if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
lockWebContents()
try {
  const prepared = prepare()
  void app.whenReady().then(() => start(prepared))
} catch (error) {
  console.error(error instanceof Error ? error.message : 'Wardkey could not start')
  app.exit(2)
}

async function start(prepared: ReturnType<typeof prepare>): Promise<void> {
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  serveApp(path.join(import.meta.dirname, '../renderer'), answered)
  const camera = windowCamera()
  lockSession(session.defaultSession, camera)
  const window = openStationWindow({ kiosk: isKiosk(), devTools: isDevelopment() })
  if (isKiosk()) holdKiosk(window)
  const { compose } = await import('./compose.ts')
  // Somebody may have closed it by now.
  if (window.isDestroyed()) return
  compose(prepared, window, camera)
  answer()
}
