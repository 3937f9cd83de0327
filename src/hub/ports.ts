// What the hub's services need from outside, so that a test can hand them its own.
import type { HubDatabase } from './database.ts'
import type { HubKeys } from './keys.ts'

export interface HubParts {
  readonly db: HubDatabase
  readonly keys: HubKeys
  /** Wall time, ms since 1970. */
  readonly nowMs: () => number
  /** As people and stations reach it, without a slash at its end. */
  readonly publicUrl: string
}
