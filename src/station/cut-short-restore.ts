// A restore that ended before it was whole, by a fault or a crash: undone, so that the workstation is new again.
import fs from 'node:fs'
import path from 'node:path'
import { holdsRestore, isRestored, sweepLeftovers } from './data-folder.ts'
import type { Keychain } from './ports.ts'

/**
 * For whoever holds the folder. A restore finds no key in the keychain when it begins and writes the checkpoint last:
 * where its own folder is left and no checkpoint is kept, everything of a station there is of that restore.
 * All of it can be done twice; the restore's own folder goes at the end.
 */
export async function undoCutShortRestore(dataFolder: string, keychain: Keychain): Promise<void> {
  if (holdsRestore(dataFolder) && (await keychain.read('checkpoint')) === null) {
    await keychain.remove('root-key')
    for (const name of fs.readdirSync(dataFolder))
      if (isRestored(name)) fs.rmSync(path.join(dataFolder, name), { force: true })
  }
  sweepLeftovers(dataFolder)
}
