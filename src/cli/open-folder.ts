// Opens a station's folder for reading, beside a running station: the keychain first, then one snapshot.
import { type Anchor, readAnchor } from '../station/anchor.ts'
import { OlderStoreError, openDatabase, type StationDatabase } from '../station/database.ts'
import { StationKeys, sameBytes } from '../station/keys.ts'
import { Ledger, type Row } from '../station/ledger.ts'
import { machineClock } from '../station/machine-clock.ts'
import { failureOf } from '../station/open-station.ts'
import { fittingRoot, keyCheckOf, parseRootKey } from '../station/root-key.ts'
import { readStation } from '../station/signing.ts'
import type { CliParts } from './compose.ts'
import { type Answer, problem } from './output.ts'

export interface OpenFolder {
  readonly db: StationDatabase
  readonly keys: StationKeys
  readonly ledger: Ledger
  readonly station: Row<'station'>
  readonly anchor: Anchor | null
}
export const clock = machineClock()

const words: Readonly<Record<string, string>> = {
  'no-keychain': "The keychain can't be reached.",
  'keychain-locked': 'The keychain is locked.',
  'insecure-keychain': 'The keychain keeps nothing secret here.',
  'key-missing': "The keychain has no key for this station's data.",
  'key-changed': "The keychain's key is not the one that this station's data rests under.",
  'checkpoint-missing': "The keychain has lost the log's checkpoint.",
  busy: 'Another command is writing just now. Nothing was changed; try again in a moment.',
  'data-busy': 'Another command is writing just now. Nothing was changed; try again in a moment.',
  'keys-renewed': "The station's keys were being renewed just then. Nothing was changed; try again.",
  'data-missing': 'There is no station in this folder.',
  'data-damaged': "The station's data is damaged.",
  'data-edited': "The station's data was changed from outside.",
  'data-newer': "The station's data is from a newer version.",
  'data-unwritable': "The station's files are held by something else, or the disk does not answer.",
  'data-readonly': "The station's folder may not be written, or not be read.",
  'disk-full': 'The disk is full.',
  'log-cut': "The log is shorter than the keychain's checkpoint: `audit verify` names what is missing.",
  'log-changed': "The keychain's checkpoint is not this station's.",
}
/** Exit status: nothing is wrong, and nothing can be read before a station or a change has brought it up to date. */
const olderStatus = 3
const older: Answer = {
  found: true,
  status: olderStatus,
  lines: [
    "The station's data is from an older version, and reading changes nothing.",
    'Start the station once, or run a command that changes something: either brings it up to date.',
  ],
  json: { ok: false, problem: 'data-older' },
}

export const failed = (code: string): Answer =>
  problem(words[code] ?? 'Something unexpected went wrong.', { problem: code })

/** Runs `work` on the folder; what can't be opened is a found problem, said in plain words. */
export async function withFolder(
  parts: CliParts,
  work: (open: OpenFolder) => Promise<Answer> | Answer,
): Promise<Answer> {
  let db: StationDatabase | undefined
  try {
    const rootKey = await parts.keychain.read('root-key')
    const kept = await parts.keychain.read('checkpoint')
    db = openDatabase(parts.folder, { readonly: true })
    const root = rootKey === null ? null : parseRootKey(rootKey)
    if (!root) return failed(rootKey === null ? 'key-missing' : 'key-changed')
    db.exec('BEGIN')
    const check = keyCheckOf(db)
    // A rotation that was cut short is ended by whoever holds the folder; who reads takes the key that fits.
    const keys = new StationKeys((await fittingRoot(parts.keychain, root, check)).root)
    const ledger = new Ledger(db, keys, clock, '')
    if (check && !sameBytes(check, keys.check)) return failed('key-changed')
    const station = readStation(ledger)
    if (!station) return failed(kept === null ? 'data-missing' : 'data-edited')
    const anchor = kept === null ? null : readAnchor(kept, station.signing_public)
    if (kept !== null && !anchor) return failed('log-changed')
    return await work({ db, keys, ledger, station, anchor })
  } catch (error) {
    if (error instanceof OlderStoreError) return older
    const code = failureOf(error)
    if (code === 'unexpected') throw error
    return failed(code)
  } finally {
    db?.close()
  }
}
