// Electron's main process begins here.
import { app } from 'electron'
import { registerAppScheme } from './app-protocol.ts'
import { compose, prepare } from './compose.ts'
import { lockWebContents } from './hardening.ts'

registerAppScheme()
app.enableSandbox()
lockWebContents()
try {
  const prepared = prepare()
  void app.whenReady().then(() => compose(prepared))
} catch (error) {
  console.error(error instanceof Error ? error.message : 'Wardkey could not start')
  app.exit(2)
}
