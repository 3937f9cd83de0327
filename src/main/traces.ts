// What one person leaves in the window's process and on the clipboards, and its end when their session ends.
import { clipboard, type Session } from 'electron'
import type { ScreenState } from '../contracts/screen.ts'
import type { Desk } from '../station/desk.ts'

/** What a page can put down. Local storage is not among it: it holds the station's own theme and language, and no person's. */
const storages: NonNullable<Electron.ClearStorageDataOptions['storages']> = [
  ...(['cookies', 'filesystem', 'indexdb', 'shadercache', 'serviceworkers', 'cachestorage'] as const),
]

/** Screens on which somebody acts who has proved something, or is about to be somebody. */
const isPersonal = ({ kind }: ScreenState): boolean =>
  kind === 'session' || kind === 'emergency' || kind === 'offer' || kind === 'new-pin' || kind === 'recovery-codes'

/** @param failed told where something could not be cleared. */
export function clearTracesAfterSessions(desk: Desk, window: Electron.BrowserWindow, failed: () => void): void {
  let person: string | null = null
  desk.onScreen((state) => {
    const now = isPersonal(state) ? ownerOf(state) : null
    if (person !== null && now !== person) clearTraces(window).catch(failed)
    person = now
  })
}

/** A session is told from the next by its person and its beginning; what is no session, by what it is. */
const ownerOf = (state: ScreenState): string =>
  state.kind === 'session' ? `${state.person.staffId} ${state.sinceMs}` : state.kind

/** The clipboards first and at once: they are what the next person reaches by one key. */
export async function clearTraces(window: Electron.BrowserWindow): Promise<void> {
  clipboard.clear()
  if (process.platform === 'linux') clearSelection()
  if (window.isDestroyed()) return
  const { session, navigationHistory } = window.webContents
  navigationHistory.clear()
  await clearSession(session)
}

const clearSession = (session: Session): Promise<unknown> =>
  Promise.all([session.clearStorageData({ storages: [...storages] }), session.clearCache(), session.clearAuthCache()])

/** What was merely marked, and a middle click puts in. Electron before 45 knows it by a word, not by an object. */
function clearSelection(): void {
  const { selection } = clipboard as { selection?: Electron.Clipboard }
  if (selection) selection.clear()
  else (clipboard as { clear(type: 'selection'): void }).clear('selection')
}
