// Where the station stands and which group it is in: the group decides which rules of policy hold here.
import type { Recorder, Row } from './ledger.ts'

export interface Place {
  readonly name: string
  readonly location: string
  /** null: in none. */
  readonly group: string | null
}

/**
 * What changed goes on record with what was there before. The caller identifies the ledger anew once it is committed.
 * @returns whether anything did.
 */
export function changePlace(
  recorder: Recorder,
  station: Row<'station'>,
  wanted: Place,
  who: { readonly actor: string | undefined; readonly by?: 'hub' },
): boolean {
  const { id, event_number: _, ...content } = station
  const before = { name: content.name, location: content.location, group: content.station_group }
  const changed = (['name', 'location', 'group'] as const).filter((field) => before[field] !== wanted[field])
  if (changed.length === 0) return false
  const details = Object.fromEntries(
    changed.flatMap((field) => [
      [`${field}Before`, before[field] ?? ''],
      [`${field}After`, wanted[field] ?? ''],
    ]),
  )
  const { name, location, group } = wanted
  recorder.put('station', id, { ...content, name, location, station_group: group })
  const by = who.by ? { by: who.by } : {}
  recorder.event({ type: 'station-changed', actor: who.actor, details: { ...details, ...by } })
  return true
}
