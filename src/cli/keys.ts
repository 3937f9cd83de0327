// keys rotate: a new key in the keychain, and everything that rests under it made anew.
import fs from 'node:fs'
import { bringCheckpoint } from '../station/checkpoint-keeper.ts'
import { sweepLeftovers } from '../station/data-folder.ts'
import { databaseFile, ownFolder } from '../station/database.ts'
import { rotateKeys } from '../station/key-rotation.ts'
import type { Opened } from '../station/open-station.ts'
import { KeychainError } from '../station/ports.ts'
import { type Approver, approverOf, withLastApproval } from './approved.ts'
import { appVersion, type CliParts } from './compose.ts'
import { clock, failed } from './open-folder.ts'
import { type Answer, problem } from './output.ts'

/** Only while no station runs on the folder: a running one holds the old key, and would take all of it for damage. */
export async function rotate(parts: CliParts, approver: Approver): Promise<Answer> {
  approverOf(approver)
  if (!fs.existsSync(databaseFile(parts.folder))) return failed('data-missing')
  const letGo = ownFolder(parts.folder)
  if (!letGo)
    return problem('The station is running. Close it, then rotate the keys; nothing was changed.', {
      problem: 'station-runs',
    })
  try {
    // The copy of a backup that was cut short rests under the old key.
    sweepLeftovers(parts.folder)
    return await withLastApproval(parts, approver, 'keys rotate', (opened, actor) => rotated(parts, opened, actor))
  } finally {
    letGo()
  }
}

async function rotated({ keychain }: CliParts, before: Opened, actor: string): Promise<Answer> {
  const { opened, rows, events, emptied, unsettled } = await rotateKeys(
    { keychain, clock, appVersion: appVersion() },
    before,
    actor,
  )
  const untold = unsettled ?? (await tell(opened, keychain))
  const lines = [
    `a new key: ${rows} rows and ${events} events rest under it now`,
    'Backups from before open with their passphrase, as they did.',
    ...(emptied ? [] : ['Another command still reads: what rested under the old key goes with the next rotation.']),
    ...(untold
      ? [...failed(untold).lines, 'The old key is still in it. The next start of the station replaces it.']
      : []),
  ]
  return {
    found: untold !== null || !emptied,
    lines,
    json: { ok: untold === null && emptied, rows, events, emptied, ...(untold ? { problem: untold } : {}) },
  }
}

async function tell(opened: Opened, keychain: CliParts['keychain']): Promise<KeychainError['code'] | null> {
  try {
    await bringCheckpoint(opened, keychain)
    return null
  } catch (error) {
    if (error instanceof KeychainError) return error.code
    throw error
  }
}
