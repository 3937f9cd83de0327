// Opens a station's folder for what is put on record, beside a running station; and the log's head to the keychain after it.
import { bringCheckpoint } from '../station/checkpoint-keeper.ts'
import { isBusy } from '../station/database.ts'
import { failureOf, type Opened, openStation } from '../station/open-station.ts'
import { KeychainError } from '../station/ports.ts'
import { appVersion, type CliParts } from './compose.ts'
import { clock, failed } from './open-folder.ts'
import type { Answer } from './output.ts'

/** Such as an import under way: nobody's screen stands still for it, as the station's would. */
const waitsForOthersMs = 15_000

/** What can't be opened, or is written by somebody else for too long, is a found problem. @param holdsFolder nothing else of ours writes it. */
export async function withStation(
  parts: CliParts,
  work: (opened: Opened) => Promise<Answer>,
  holdsFolder?: boolean,
): Promise<Answer> {
  const { folder: dataFolder, keychain } = parts
  const place = { dataFolder, keychain, clock, appVersion: appVersion(), sqliteBinding: undefined }
  const result = await openStation(place, holdsFolder)
  if (result.kind !== 'opened') return failed(result.kind === 'new' ? 'data-missing' : result.code)
  const { opened } = result
  try {
    opened.db.pragma(`busy_timeout = ${waitsForOthersMs}`)
    return await work(opened)
  } catch (error) {
    if (isBusy(error)) return failed('busy')
    const failure = failureOf(error)
    if (failure === 'unexpected') throw error
    return failed(failure)
  } finally {
    opened.db.close()
  }
}

/** What was done stands, also where the keychain can't be told of it: then that is the problem found. */
export async function keepCheckpoint({ keychain }: CliParts, opened: Opened, answer: Answer): Promise<Answer> {
  try {
    await bringCheckpoint(opened, keychain)
    return answer
  } catch (error) {
    if (!(error instanceof KeychainError)) throw error
    const { lines, json } = failed(error.code)
    return { found: true, lines: [...answer.lines, ...lines], json: { ...answer.json, ...json } }
  }
}
