// The least that a window can be: Electron, one page, nothing else. The baseline of the cold start.
import path from 'node:path'
import { app, BrowserWindow } from 'electron'

app.setPath('userData', path.join(process.env.WARDKEY_DATA_DIR, 'electron'))
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1440, height: 900, show: false })
  window.removeMenu()
  window.once('ready-to-show', () => window.show())
  window.loadFile('index.html')
})
app.on('window-all-closed', () => app.quit())
