// The station as its window uses it: one screen state, the commands, and ways to lock. No Electron in here.
import type { Handlers } from '../contracts/ipc.ts'
import type { ScreenState } from '../contracts/screen.ts'
import type { Camera, Clock, Keychain, Log, Printer } from './ports.ts'

export type LockReason = 'lock-button' | 'lock-key' | 'suspend' | 'screen-locked' | 'quit' | 'window-gone'

export interface Desk {
  readonly handlers: Handlers
  screen(): ScreenState
  /** Called with each new state, in order. Returns how to stop listening. */
  onScreen(listener: (state: ScreenState) => void): () => void
  /** Opens the store and the keychain; ends in a locked, first-run or failed screen. Never rejects. */
  start(): Promise<void>
  /** Ends an open session; nothing where there is none. */
  lock(reason: LockReason): void
  /** Puts a refused call of the window on record. */
  recordRefusedCall(command: string, reason: string): void
  /** Locks, brings the log's checkpoint to the keychain, closes the store. */
  close(): Promise<void>
}

export interface DeskOptions {
  dataFolder: string
  appVersion: string
  clock: Clock
  keychain: Keychain
  log: Log
  printer: Printer
  /** Host of the phone page, such as `phone.example.org`; null while scanning is not set up. */
  phoneHost: string | null
  /** Development only: another native binding for better-sqlite3. */
  sqliteBinding: string | undefined
  /** Asks the person at the station for a file to write to; null where they chose none. */
  chooseFile?: (suggestedName: string) => Promise<string | null>
  /** Asks the person at the station for a file to read; null where they chose none. */
  openFile?: () => Promise<string | null>
  /** Where the window has one. */
  camera?: Camera
  electronVersion?: string
  /** Bytes left on a folder's disk, where something else than the disk is to be asked. */
  freeBytes?: (folder: string) => number
}
