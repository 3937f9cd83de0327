// Emergency codes and the reviews of their use, as somebody who is signed in makes them and looks at them.
import type { emergencyAdministrationCommands } from '../contracts/commands/emergency.ts'
import type { Handlers } from '../contracts/ipc.ts'
import type { Administration } from './administration.ts'
import { StoreError } from './database.ts'
import { stationFacts } from './desk-screen.ts'
import { type EmergencySet, makeEmergencySet } from './emergency-codes.ts'
import type { EmergencyFile } from './emergency-file.ts'
import { putEmergencyCodes } from './emergency-making.ts'
import { codesAtWork } from './emergency-status.ts'
import { listUses, reviewUse, usesPerPage } from './emergency-uses.ts'
import { settingsFor } from './policy.ts'

/** Shown, and not yet acknowledged: kept in memory only, so that codes nobody stored open nothing. */
interface Shown {
  readonly set: EmergencySet
  readonly actor: string
}
const shownMs = 15 * 60_000
const notNow = { ok: false, reason: 'not-now' } as const
const codesGone = { ok: false, reason: 'codes-gone' } as const

export function emergencyHandlers(
  administration: Administration,
  file: EmergencyFile,
): Pick<Handlers, keyof typeof emergencyAdministrationCommands> {
  const { clock, station } = administration
  let shown: Shown | null = null
  let making = false

  /** Slow, and only one at a time. */
  async function make(actor: string) {
    if (making) return notNow
    making = true
    try {
      const { codes, set } = await makeEmergencySet(clock.nowMs())
      shown = { set, actor }
      return { ok: true as const, emergencyCodes: codes, sheet: { ...stationFacts(station), madeAtMs: set.madeAtMs } }
    } finally {
      making = false
    }
  }

  function acknowledge(actor: string) {
    const pending = shown
    const nowMs = clock.nowMs()
    if (pending?.actor !== actor || Math.abs(nowMs - pending.set.madeAtMs) > shownMs) return codesGone
    try {
      putEmergencyCodes(station, file, pending.set, actor, nowMs)
    } catch (error) {
      if (error instanceof StoreError) return { ok: false, reason: 'not-recorded' } as const
      throw error
    }
    shown = null
    return { ok: true } as const
  }

  return {
    readEmergency: ({ page }) =>
      administration.read('review-emergency', () => {
        const { breakGlass, breakGlassMs } = settingsFor(station.ledger, [], clock.nowMs())
        return {
          ok: true,
          allowed: breakGlass,
          sessionMs: breakGlassMs,
          codes: codesAtWork(station.ledger, file),
          ...listUses(station.db, station.ledger, page),
          pageSize: usesPerPage,
        }
      }),
    makeEmergencyCodes: () => administration.act('make-emergency-codes', ({ personId }) => make(personId)),
    acknowledgeEmergencyCodes: () =>
      administration.act('make-emergency-codes', ({ personId }) => acknowledge(personId)),
    reviewEmergency: ({ useId, finding }) =>
      administration.change('review-emergency', (recorder, actor) =>
        reviewUse(recorder, useId, actor, finding, clock.nowMs()) ? { ok: true } : { ok: false, reason: 'no-such-use' },
      ),
  }
}
