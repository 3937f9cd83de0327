// What only an unpackaged app knows: another SQLite binding, DevTools, a screenshot of what is shown.
import fs from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { app, type BrowserWindow } from 'electron'
import type { Desk } from '../station/desk.ts'

export const isDevelopment = (): boolean => !app.isPackaged

export const sqliteBinding = (): string | undefined =>
  isDevelopment() ? process.env.WARDKEY_SQLITE_BINDING || undefined : undefined

export const screenshotFile = (): string | null =>
  (isDevelopment() && app.commandLine.getSwitchValue('screenshot')) || null

/** Saves the first screen after the start, as it is painted, and quits. */
export async function saveScreenshot(desk: Desk, window: BrowserWindow, file: string): Promise<void> {
  while (desk.screen().kind === 'starting' || !window.isVisible() || window.webContents.isLoading()) await delay(50)
  // Two frames and the fonts: what was painted last is what a person would see.
  await delay(700)
  const image = await window.webContents.capturePage()
  fs.writeFileSync(file, image.toPNG())
  app.quit()
}
