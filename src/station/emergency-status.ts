// The emergency codes that are at work, as Administration and the command line say them.
import { StoreError } from './database.ts'
import { activeEmergencySet, digestOf, type EmergencySet, unusedCodes } from './emergency-codes.ts'
import type { EmergencyFile } from './emergency-file.ts'
import { knownEmergency } from './emergency-take-in.ts'
import type { Ledger } from './ledger.ts'

export interface CodesAtWork {
  readonly madeAtMs: number
  readonly made: number
  readonly left: number
}

/** Only a set that the log knows counts; where emergency.db can't be read, none does. */
export function codesAtWork(ledger: Ledger, file: EmergencyFile): CodesAtWork | null {
  const set = readSet(file)
  if (!set || digestOf(set) !== knownEmergency(ledger).set_digest) return null
  return { madeAtMs: set.madeAtMs, made: set.codes.length, left: unusedCodes(set) }
}

function readSet(file: EmergencyFile): EmergencySet | null {
  try {
    return file.exists() ? file.read(activeEmergencySet) : null
  } catch (error) {
    if (error instanceof StoreError) return null
    throw error
  }
}
