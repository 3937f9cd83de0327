// The built app, made to believe that it is a packaged one.
import fs from 'node:fs'
import path from 'node:path'
import { _electron, type ElectronApplication } from '@playwright/test'
import electron from 'electron'
import { electronSwitches, newDataFolder, stationEnv } from './station-app.ts'

const root = path.resolve(import.meta.dirname, '../..')

// From the data folder on, which is after the choice of the sandbox: root could not run a packaged app at all.
const pretence = `
const { app } = require('electron')
const { dlopen } = process
process.dlopen = (module, file, ...rest) =>
  dlopen(module, /better.sqlite3/.test(file) ? process.env.WARDKEY_SQLITE_BINDING || file : file, ...rest)
let packaged = false
Object.defineProperty(app, 'isPackaged', { get: () => packaged })
const setPath = app.setPath.bind(app)
app.setPath = (name, value) => {
  if (name === 'userData') packaged = true
  setPath(name, value)
}`

/** With its first screen shown. */
export async function launchAsPackaged(): Promise<ElectronApplication> {
  const folder = newDataFolder()
  const file = path.join(folder, 'pretence.cjs')
  fs.writeFileSync(file, pretence)
  const app = await _electron.launch({
    executablePath: process.env.WARDKEY_ELECTRON || (electron as unknown as string),
    args: [...electronSwitches(), '-r', file, root],
    cwd: root,
    env: stationEnv(folder),
  })
  const page = await app.firstWindow()
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  return app
}
