// Prints what the window shows on the station's own printer: no dialog, which would open files and folders to whoever asks.
import type { BrowserWindow } from 'electron'
import type { Printer } from '../station/ports.ts'

/** @param window the one that is open now, if any. */
export function windowPrinter(window: () => BrowserWindow | undefined): Printer {
  const isReady = async (): Promise<boolean> => {
    const printers = await window()?.webContents.getPrintersAsync()
    return printers !== undefined && printers.length > 0
  }
  return {
    isReady,
    printWindow: async () => {
      const contents = window()?.webContents
      if (!contents || !(await isReady())) return false
      return new Promise((resolve) => {
        contents.print({ silent: true, printBackground: false }, (success) => resolve(success))
      })
    },
  }
}
