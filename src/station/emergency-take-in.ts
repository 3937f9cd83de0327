// Takes what emergency.db recorded into the log, in order and once each, and holds its chain and its codes against the log.
import { raiseAlert } from './alerts.ts'
import { StoreError } from './database.ts'
import { type Chained, type ChainPlace, chainOf, checkChain, readEntries } from './emergency-chain.ts'
import { activeEmergencySet, digestOf, keepOnlySet, readSets } from './emergency-codes.ts'
import type { EmergencyDatabase, EmergencyFile } from './emergency-file.ts'
import { endUse, putUse } from './emergency-uses.ts'
import type { Recorder } from './ledger.ts'
import type { OpenStation } from './open-station.ts'
import type { Rows } from './schema.ts'

export const emergencyRow = 'this'
/** What is wrong with the record: gone, unreadable, a broken chain, an earlier copy, a used code unused again, foreign codes. */
export type EmergencyFinding = 'missing' | 'damaged' | 'chain' | 'used-again' | 'foreign-codes'
type Known = Rows['emergency']

const nothingKnown: Known = {
  set_digest: null,
  ended_digest: null,
  made_at_ms: 0,
  chain: null,
  taken: 0,
  taken_hash: null,
}
/** Entries in one transaction, and those that stay in emergency.db after they are in the log. */
const atOnce = 200
const kept = 1000

export function knownEmergency(source: Pick<Recorder, 'get'>): Known {
  const row = source.get('emergency', emergencyRow)
  if (!row) return nothingKnown
  const { id: _, event_number: __, ...known } = row
  return known
}

/**
 * Null where all is well. After a finding no code works any more: the file is set aside, the log says why, and an alert
 * stands. Throws StoreError where emergency.db can't be reached just now, and whatever the ledger throws.
 */
export function takeIn(station: OpenStation, file: EmergencyFile, nowMs: number): EmergencyFinding | null {
  const known = knownEmergency(station.ledger)
  if (!file.exists()) return known.chain === null ? null : giveUp(station, file, 'missing', nowMs)
  const read = readAll(file)
  if (!read) return giveUp(station, file, 'damaged', nowMs)
  const place: ChainPlace = { chain: known.chain ?? read.chain, number: known.taken, hash: known.taken_hash }
  const { entries, sound } = checkChain(read.entries, place)
  takeEntries(station, entries, { ...known, chain: known.chain ?? read.chain }, nowMs)
  if (!sound) return giveUp(station, file, 'chain', nowMs)
  const finding = findingOfCodes(station, read)
  if (finding) return giveUp(station, file, finding, nowMs)
  settle(file, known, read)
  return null
}

type Read = NonNullable<ReturnType<typeof readAll>>

function readAll(file: EmergencyFile) {
  try {
    return file.read((db) => ({
      chain: chainOf(db),
      entries: readEntries(db),
      active: activeEmergencySet(db),
      pending: readSets(db, 'pending'),
    }))
  } catch (error) {
    if (error instanceof StoreError && error.code !== 'data-unwritable') return null
    throw error
  }
}

function takeEntries({ ledger }: OpenStation, entries: readonly Chained[], known: Known, nowMs: number): void {
  for (let at = 0; at < entries.length; at += atOnce) {
    const some = entries.slice(at, at + atOnce)
    const last = some.at(-1)
    if (!last) return
    ledger.record((recorder) => {
      for (const each of some) takeEntry(recorder, each, nowMs)
      recorder.put('emergency', emergencyRow, { ...known, taken: last.entry.number, taken_hash: last.hash })
      recorder.event({ type: 'emergency-record-taken', details: { number: last.entry.number, entry: last.hash } })
    })
  }
}

function takeEntry(recorder: Recorder, each: Chained, nowMs: number): void {
  const { what, atMs, number, reason = '', failures = 0 } = each.entry
  if (what === 'opened') putUse(recorder, each, nowMs)
  else if (what === 'closed') endUse(recorder, each)
  else if (what === 'refused') {
    recorder.event({ type: 'break-glass-refused', reason, details: { refusedAtMs: atMs, number, entry: each.hash } })
    if (failures > 0 && failures % 10 === 0) raiseAlert(recorder, 'many-failures', nowMs)
  }
}

/** A code that the log saw used works no more; codes that the log never heard of were put there by somebody else. */
function findingOfCodes({ ledger }: OpenStation, { active, pending }: Read): EmergencyFinding | null {
  const { set_digest, ended_digest } = knownEmergency(ledger)
  if (!active) {
    const begun = pending.some((set) => digestOf(set) === set_digest)
    return set_digest === null || begun ? null : 'missing'
  }
  const digest = digestOf(active)
  if (digest !== set_digest && digest !== ended_digest) return 'foreign-codes'
  const again = active.codes.some(
    ({ id, used }) => used === 0 && ledger.find('emergency_use', 'code = ? LIMIT 1', id).length > 0,
  )
  return again ? 'used-again' : null
}

/** What a crash left half done: a new set is acknowledged in the log before it works here. Then room is made. */
function settle(file: EmergencyFile, known: Known, { active, pending, entries }: Read): void {
  const wanted = [...pending, ...(active ? [active] : [])].find((set) => digestOf(set) === known.set_digest)
  const surplus = pending.length > 0 || (active !== null && active !== wanted)
  if (!surplus && entries.length <= 2 * kept) return
  file.change((db: EmergencyDatabase) => {
    if (surplus) keepOnlySet(db, wanted?.id ?? null)
    const last = entries.at(-1)?.entry.number ?? 0
    db.prepare('DELETE FROM entry WHERE number <= ?').run(last - kept)
  })
}

function giveUp(
  { ledger }: OpenStation,
  file: EmergencyFile,
  finding: EmergencyFinding,
  nowMs: number,
): EmergencyFinding {
  ledger.record((recorder) => {
    const { taken } = knownEmergency(recorder)
    recorder.put('emergency', emergencyRow, nothingKnown)
    recorder.event({ type: 'emergency-record-broken', reason: finding, details: { taken } })
    const kind = finding === 'foreign-codes' ? 'emergency-codes-planted' : 'emergency-record-broken'
    raiseAlert(recorder, kind, nowMs)
  })
  file.setAside(nowMs)
  return finding
}
