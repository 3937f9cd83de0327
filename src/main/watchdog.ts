// Whether the window still paints: it is asked again and again, and whoever hears that it does not can bring it back.
import type { BrowserWindow } from 'electron'

const asksEveryMs = 300
/** Turns that this process had itself: on a machine that is slow with everything they are longer, too. */
const turnsToPaint = 8
const turnsToLoad = 60

/**
 * True once something of ours was painted. A page that nobody can see paints nothing, and is as it should be; one whose
 * window lost its content is not.
 */
const painted = `new Promise((answer) => {
  const isThere = () => (document.getElementById('root')?.childElementCount ?? 0) > 0
  if (document.visibilityState === 'hidden') answer(true)
  else requestAnimationFrame(() => requestAnimationFrame(() => answer(isThere())))
})`

/** @param notPainting called when nothing was painted for two and a half seconds; again where that does not change. */
export function watchPainting(window: BrowserWindow, notPainting: () => void): void {
  const { webContents } = window
  let turns = 0
  let asked = 0
  let waits = false
  const begin = () => {
    turns = 0
    asked++
    waits = false
  }
  const ask = () => {
    const mine = ++asked
    waits = true
    const answer = (isPainted: boolean) => {
      // Of a page that is gone by now.
      if (mine !== asked) return
      waits = false
      if (isPainted) turns = 0
    }
    webContents.executeJavaScript(painted).then(
      (said: unknown) => answer(said === true),
      () => answer(false),
    )
  }
  webContents.on('render-process-gone', begin)
  webContents.on('did-finish-load', begin)
  const timer = setInterval(() => {
    if (window.isDestroyed()) return clearInterval(timer)
    if (!window.isVisible() || window.isMinimized() || webContents.isDevToolsOpened()) return begin()
    turns++
    if (turns > (webContents.isLoadingMainFrame() ? turnsToLoad : turnsToPaint)) {
      begin()
      return notPainting()
    }
    if (!waits && !webContents.isLoadingMainFrame()) ask()
  }, asksEveryMs)
}
