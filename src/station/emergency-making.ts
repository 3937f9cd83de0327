// A new set of emergency codes in both files: pending in emergency.db, then in the log, then at work.
import { StoreError } from './database.ts'
import { appendEntry, chainOf } from './emergency-chain.ts'
import { digestOf, type EmergencySet, putPendingEmergencySet } from './emergency-codes.ts'
import { currentFacts, writeFacts } from './emergency-facts.ts'
import type { EmergencyFile } from './emergency-file.ts'
import { emergencyRow, knownEmergency, takeIn } from './emergency-take-in.ts'
import type { Recorder } from './ledger.ts'
import type { OpenStation } from './open-station.ts'

/**
 * Ends the set before. A crash between the steps leaves the old set or the new one, never both: the next take-in sees
 * in the log which one it is. Throws StoreError where emergency.db can't be written; then nothing has changed.
 * @param actor a person's id.
 */
export function putEmergencyCodes(
  station: OpenStation,
  file: EmergencyFile,
  set: EmergencySet,
  actor: string,
  nowMs: number,
): void {
  takeIn(station, file, nowMs)
  file.make()
  const digest = digestOf(set)
  const chain = file.change((db) => {
    putPendingEmergencySet(db, set)
    writeFacts(db, currentFacts(station))
    appendEntry(db, { atMs: nowMs, what: 'codes-made', set: digest })
    db.prepare('UPDATE record SET failures = 0, waits_until_ms = 0 WHERE id = 1').run()
    return chainOf(db)
  })
  station.ledger.record((recorder) => {
    const known = knownEmergency(recorder)
    const made_at_ms = set.madeAtMs
    const ended_digest = known.set_digest
    recorder.put('emergency', emergencyRow, { ...known, set_digest: digest, ended_digest, made_at_ms, chain })
    recorder.event({ type: 'emergency-codes-made', actor, details: { codes: set.codes.length, set: digest } })
  })
  try {
    takeIn(station, file, nowMs)
  } catch (error) {
    // The log has the set: what can't be written now is written by the take-in before the next code is looked at.
    if (!(error instanceof StoreError)) throw error
  }
}

/** Every code ends, as after a restore; the next take-in clears them out of emergency.db. The caller's event records it. */
export function endEmergencyCodes(recorder: Recorder): void {
  const known = knownEmergency(recorder)
  if (known.set_digest === null) return
  recorder.put('emergency', emergencyRow, { ...known, set_digest: null, ended_digest: known.set_digest })
}
