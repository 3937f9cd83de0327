// Where a file goes that somebody saves: by a dialog in development; in the kiosk into one folder, for a dialog would open the whole computer.
import fs from 'node:fs'
import path from 'node:path'
import { app, type BrowserWindow, dialog } from 'electron'

/** The path is chosen here and stays here: the window never names a file. */
export async function askWhere(window: BrowserWindow, name: string): Promise<string | null> {
  if (window.isDestroyed()) return null
  const extension = path.extname(name).slice(1)
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: path.join(app.getPath('documents'), name),
    filters: [{ name: extension, extensions: [extension] }],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  })
  return canceled || filePath === '' ? null : filePath
}

/** Likewise for a backup that is read. */
export async function askWhich(window: BrowserWindow): Promise<string | null> {
  if (window.isDestroyed()) return null
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    defaultPath: app.getPath('documents'),
    filters: [
      { name: 'age', extensions: ['age'] },
      { name: '*', extensions: ['*'] },
    ],
    properties: ['openFile', 'dontAddToRecent'],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

/**
 * A new file in the folder `exports` of the data folder, from where IT takes it; nothing there is ever written over.
 * @param name its own, without folders.
 */
export function placeExport(dataFolder: string, name: string): string {
  const folder = path.join(dataFolder, 'exports')
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { name: stem, ext } = path.parse(name)
  for (let again = 1; ; again += 1) {
    const file = path.join(folder, again === 1 ? `${stem}${ext}` : `${stem}-${again}${ext}`)
    if (!fs.existsSync(file)) return file
  }
}
