// Opens a station's folder for what is put on record, beside a running station; and the log's head to the keychain after it.
import { bringCheckpoint } from '../station/checkpoint-keeper.ts'
import { isBusy } from '../station/database.ts'
import { sameBytes } from '../station/keys.ts'
import { failureOf, type Opened, openStation } from '../station/open-station.ts'
import { KeychainError } from '../station/ports.ts'
import { keyCheckOf } from '../station/root-key.ts'
import { appVersion, type CliParts } from './compose.ts'
import { clock, failed } from './open-folder.ts'
import type { Answer } from './output.ts'

/** Such as an import under way: nobody's screen stands still for it, as the station's would. */
const waitsForOthersMs = 15_000

/**
 * What can't be opened, or is written by somebody else for too long, is a found problem. Where `keys rotate` came in between
 * and nothing was written yet, `work` is done once more, under the new keys.
 * @param holdsFolder nothing else of ours writes it.
 */
export async function withStation(
  parts: CliParts,
  work: (opened: Opened) => Promise<Answer>,
  holdsFolder?: boolean,
): Promise<Answer> {
  const answer = await once(parts, work, holdsFolder)
  return answer === keysRenewed ? await once(parts, work, holdsFolder) : answer
}

async function once(
  parts: CliParts,
  work: (opened: Opened) => Promise<Answer>,
  holdsFolder: boolean | undefined,
): Promise<Answer> {
  const { folder: dataFolder, keychain } = parts
  const place = { dataFolder, keychain, clock, appVersion: appVersion(), sqliteBinding: undefined }
  const result = await openStation(place, holdsFolder)
  if (result.kind !== 'opened') return failed(result.kind === 'new' ? 'data-missing' : result.code)
  const { opened } = result
  let wrote = false
  opened.ledger.onCommit(() => {
    wrote = true
  })
  try {
    opened.db.pragma(`busy_timeout = ${waitsForOthersMs}`)
    return await work(opened)
  } catch (error) {
    if (isBusy(error)) return failed('busy')
    const failure = failureOf(error)
    if (failure === 'unexpected') throw error
    if (!hasOtherKeys(opened)) return failed(failure)
    // What it wrote before the rotation stands, as a second person's approval does.
    return wrote ? failed('keys-renewed') : keysRenewed
  } finally {
    opened.db.close()
  }
}

/** `keys rotate` was done meanwhile: what was opened before it can read nothing any more, and nothing is wrong. */
const keysRenewed = failed('keys-renewed')

/** A check that somebody wrote there by hand fits no key in the keychain: opening it anew says so. */
function hasOtherKeys({ db, keys }: Opened): boolean {
  const check = keyCheckOf(db)
  return check !== undefined && !sameBytes(check, keys.check)
}

/** What was done stands, also where the keychain can't be told of it: then that is the problem found. */
export async function keepCheckpoint({ keychain }: CliParts, opened: Opened, answer: Answer): Promise<Answer> {
  try {
    await bringCheckpoint(opened, keychain)
    return answer
  } catch (error) {
    // A rotation right after the change carried it over, and told the keychain itself.
    if (hasOtherKeys(opened)) return answer
    if (!(error instanceof KeychainError)) throw error
    const { lines, json } = failed(error.code)
    return { found: true, lines: [...answer.lines, ...lines], json: { ...answer.json, ...json } }
  }
}
