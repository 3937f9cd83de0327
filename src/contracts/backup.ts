// What stands at the head of a backup, inside its encryption: one line of JSON, then the bytes of the store.
import { z } from 'zod'

export const backupFormat = 'wardkey-backup/1'

/** Enough to tell one backup from another format, before anything else of its line is believed. */
export const backupHead = z.object({ format: z.string().max(60) })

export const backupManifest = z.strictObject({
  format: z.literal(backupFormat),
  appVersion: z.string().max(60),
  /** Of station.db: how many migrations it has been through. */
  schemaVersion: z.number().int().positive(),
  madeAtMs: z.number().int().nonnegative(),
  stationNumber: z.string().regex(/^[0-9a-f]{16}$/),
  events: z.number().int().positive(),
  /** The signed head of the log as the store below has it. */
  checkpoint: z.string().max(2000),
  /** What the store rests under, 32 bytes as base64. */
  rootKey: z.base64().length(44),
  storeBytes: z.number().int().positive(),
})
export type BackupManifest = z.infer<typeof backupManifest>

/** One line; a head that is longer is none. */
export const manifestLimit = 16 * 1024
