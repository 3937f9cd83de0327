// The built station in the real Electron runtime, in a data folder of its own, driven by Playwright.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import electron from 'electron'
import * as stationTime from './station-time.ts'

const root = path.resolve(import.meta.dirname, '../..')

export interface StationApp {
  readonly app: ElectronApplication
  readonly page: Page
  /** Closes the window as a person would, and waits until the process is gone. */
  close(): Promise<void>
}

export interface Launch {
  readonly folder: string
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  /** Its clock goes ahead where a test would have to wait for a code; never where time is what is tested. */
  readonly ownTime?: boolean
}

export const newDataFolder = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-e2e-'))

/** One service a folder, so that the stations of two tests share no key. */
export const serviceOf = (folder: string): string => `wardkey-e2e-${path.basename(folder)}`

export const stationEnv = (folder: string): Record<string, string> => ({
  ...(process.env as Record<string, string>),
  WARDKEY_DATA_DIR: folder,
  WARDKEY_KEYCHAIN_SERVICE: serviceOf(folder),
})

/** What `npm start` passes to Electron here. */
export const electronSwitches = (): string[] => [
  '--password-store=gnome-libsecret',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

export async function launchStation({ folder, env = {}, args = [], ownTime = false }: Launch): Promise<StationApp> {
  const switches = args.some((arg) => arg.startsWith('--password-store'))
    ? electronSwitches().filter((each) => !each.startsWith('--password-store'))
    : electronSwitches()
  const app = await _electron.launch({
    // At run time the electron package exports the path of its binary.
    executablePath: process.env.WARDKEY_ELECTRON || (electron as unknown as string),
    args: [...switches, root, ...args],
    cwd: root,
    env: { ...stationEnv(folder), ...env },
  })
  const page = await app.firstWindow()
  // The size that most of the ward's screens have.
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900))
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  if (ownTime) await stationTime.begin(folder, app)
  else stationTime.end()
  return {
    app,
    page,
    close: async () => {
      const gone = new Promise((resolve) => app.process().once('exit', resolve))
      stationTime.end()
      await app.close()
      await gone
    },
  }
}
