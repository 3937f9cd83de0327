// Commands of a workstation that has no station yet: one is restored from a backup.
import { z } from 'zod'
import { command, nothing, refused } from './answers.ts'

const count = z.number().int().nonnegative()

/** All are 'not-now' anywhere but on the first screen of a workstation that is new. */
export const restoreCommands = {
  /** Main asks which file. Its path stays in main; the name is for whoever chose it. */
  chooseBackup: command(
    nothing,
    z.union([
      z.strictObject({ ok: z.literal(true), name: z.string(), bytes: count }),
      refused(['not-now', 'cancelled', 'unreadable']),
    ]),
  ),
  /** From the file that was chosen last; answers once the restored station is open. */
  restoreBackup: command(
    z.strictObject({ passphrase: z.string().max(200) }),
    z.union([
      z.strictObject({ ok: z.literal(true), people: count, madeAtMs: count }),
      refused([
        'not-now',
        'unreadable',
        'not-a-backup',
        'wrong-passphrase',
        'damaged',
        'other-version',
        'newer-version',
        'disk-full',
        'not-empty',
        'keychain-in-use',
        'running',
        'no-administrator',
        'stopped',
      ]),
    ]),
  ),
  /** How far the restore is, 0 to 1; null while none is under way. */
  readRestore: command(
    nothing,
    z.union([z.strictObject({ ok: z.literal(true), part: z.number().min(0).max(1).nullable() }), refused(['not-now'])]),
  ),
  /** Ends the restore under way; that one then answers 'stopped', or comes to its end where nothing can stop it any more. */
  stopRestore: command(nothing, z.union([z.strictObject({ ok: z.literal(true) }), refused(['not-now'])])),
} as const
