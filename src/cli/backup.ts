// backup create and restore. A passphrase is asked for, or read from standard input; it never is an argument.
import fs from 'node:fs'
import path from 'node:path'
import { passphraseStrength } from '../core/passphrase.ts'
import { type BackupRefusal, makeBackup } from '../station/backup.ts'
import { failureOf } from '../station/open-station.ts'
import { type RestoreRefusal, restoreBackup } from '../station/restore.ts'
import { type Approver, approverOf, withApprover } from './approved.ts'
import { askHidden, isAtTerminal } from './ask.ts'
import { appVersion, type CliParts } from './compose.ts'
import { clock, failed } from './open-folder.ts'
import { type Answer, problem, UsageError } from './output.ts'

const partsOf = ({ folder, keychain }: CliParts) => ({
  ...{ dataFolder: folder, keychain, clock, appVersion: appVersion(), sqliteBinding: undefined },
})

export async function createBackup(parts: CliParts, approver: Approver, name: string): Promise<Answer> {
  approverOf(approver)
  const file = path.resolve(name)
  if (fs.existsSync(file)) throw new UsageError(`${name} is there already; name a new file`)
  if (!fs.existsSync(path.dirname(file))) throw new UsageError(`there is no folder for ${name}`)
  const passphrase = await askHidden('Passphrase for the backup (12 characters or 4 words at least): ')
  if (passphraseStrength(passphrase) === 'weak') return refused('weak-passphrase')
  if (isAtTerminal() && (await askHidden('Once more: ')) !== passphrase)
    return problem('The two passphrases differ. Nothing was written.', { problem: 'passphrases-differ' })
  return withApprover(parts, approver, 'backup create', async ({ ledger, station }, actor) => {
    const made = await makeBackup(partsOf(parts), station, file, passphrase)
    if (!made.ok) return refused(made.reason)
    const { digest, bytes, events } = made
    ledger.record((recorder) => recorder.event({ type: 'backup-made', actor, details: { digest, bytes, events } }))
    return {
      found: false,
      lines: [
        `backup written: ${bytes} bytes, ${events} events`,
        `SHA-256 ${digest}`,
        'Keep the passphrase apart from the file. Without it nobody can open the backup.',
      ],
      json: { ok: true, digest, bytes, events },
    }
  })
}

export async function restore(parts: CliParts, name: string): Promise<Answer> {
  const file = path.resolve(name)
  if (!fs.existsSync(file)) throw new UsageError(`there is no file ${name}`)
  const passphrase = await askHidden('Passphrase of the backup: ')
  try {
    const restored = await restoreBackup(partsOf(parts), file, passphrase)
    if (!restored.ok) return refused(restored.reason)
    const { ok: _, madeAtMs, ...facts } = restored
    const madeAt = new Date(madeAtMs).toISOString()
    return {
      found: false,
      lines: [
        `restored as station ${facts.stationNumber}, from station ${facts.oldStationNumber} as it was at ${madeAt}`,
        `${facts.people} people; the old log of ${facts.oldEvents} events is kept in ${facts.oldLog}`,
        `this computer's clock says ${new Date(clock.nowMs()).toISOString()}; no code of this minute will be taken`,
        'Recovery codes, PINs, bound phones, tokens and open offers have ended.',
        'An administrator signs in first, with a code, and confirms the people.',
      ],
      json: { ok: true, ...facts, madeAt },
    }
  } catch (error) {
    const failure = failureOf(error)
    if (failure === 'unexpected') throw error
    return failed(failure)
  }
}

const words: Readonly<Record<BackupRefusal | RestoreRefusal, string>> = {
  'weak-passphrase': 'The passphrase is too weak: 12 characters or 4 words at least. Nothing was written.',
  'disk-full': 'There is not enough room on the disk. Nothing was kept.',
  'not-writable': 'The file can not be written there. Nothing was kept.',
  stopped: 'The backup was stopped. Nothing was kept.',
  unreadable: 'The backup can not be read.',
  'not-a-backup': 'This file is not a backup of a station.',
  'wrong-passphrase': 'The passphrase does not open this backup. Nothing was restored.',
  damaged: 'The backup is cut short or changed. Nothing was restored.',
  'other-version': 'This backup is of a form that this version does not know. Nothing was restored.',
  'newer-version': 'A newer version made this backup. Install it first. Nothing was restored.',
  'not-empty': 'The data folder is not empty. Name an empty one with --data; nothing was restored.',
  'keychain-in-use':
    "The keychain still holds another station's key. Set WARDKEY_KEYCHAIN_SERVICE to a name of its own; nothing was restored.",
  running: 'Another process uses this folder. Nothing was restored.',
  'no-administrator': 'No administrator of this backup could sign in. Nothing was restored.',
}
const refused = (reason: BackupRefusal | RestoreRefusal): Answer => problem(words[reason], { problem: reason })
