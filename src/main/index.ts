// Electron's main process begins here.
import { app } from 'electron'
import { registerAppScheme } from './app-protocol.ts'
import { compose, prepare } from './compose.ts'
import { lockWebContents } from './hardening.ts'

registerAppScheme()
// Under --no-sandbox (root, in development) Electron would leave its helpers without the switch that they then need.
if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
lockWebContents()
try {
  const prepared = prepare()
  void app.whenReady().then(() => compose(prepared))
} catch (error) {
  console.error(error instanceof Error ? error.message : 'Wardkey could not start')
  app.exit(2)
}
