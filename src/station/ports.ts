// What a station needs from its surroundings, as small interfaces that a test can fill by hand.

export interface Clock {
  /** Wall time, milliseconds since 1970 (UTC). */
  nowMs(): number
  /** Time that only runs forward, milliseconds since an arbitrary start: the same one for all who say the same `boot`. */
  runningMs(): number
  /** Names this start of the computer; null where nothing does. */
  readonly boot?: string | null
}

/** Only fixed words and plain values: a secret, a code or what people typed never goes in here. */
export interface Log {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}
export type LogFields = Readonly<Record<string, string | number | boolean>>

export interface Printer {
  isReady(): Promise<boolean>
  /** What the window shows, by its print styles, without a dialog. false where it did not go out. */
  printWindow(): Promise<boolean>
}

/** 'next-root-key': the root key to be, while a rotation of the keys is under way. */
export type KeychainAccount = 'root-key' | 'next-root-key' | 'checkpoint'

export interface Keychain {
  /** null where there is no such entry; throws KeychainError where it can't be reached. */
  read(account: KeychainAccount): Promise<string | null>
  write(account: KeychainAccount, value: string): Promise<void>
  /** Nothing where there is no such entry. */
  remove(account: KeychainAccount): Promise<void>
}

export class KeychainError extends Error {
  readonly code: 'no-keychain' | 'keychain-locked' | 'insecure-keychain'
  constructor(code: KeychainError['code']) {
    super(`keychain: ${code}`)
    this.name = 'KeychainError'
    this.code = code
  }
}

/** The window's leave to use the camera, which nobody has unless it is given. */
export interface Camera {
  allow(wanted: boolean): void
}
