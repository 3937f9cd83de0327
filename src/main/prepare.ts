// What has to be settled before Electron is ready: the environment, and where Chromium keeps its own files.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { app } from 'electron'
import { readEnvironment, type StationEnvironment } from './environment.ts'

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
