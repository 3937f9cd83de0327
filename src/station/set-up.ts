// First run: the station's own row, its policy and its first administrator, written over again until a code confirms them.
import type { Parsed } from '../contracts/ipc.ts'
import { defaultPolicy } from '../contracts/policy.ts'
import { DamageError } from './keys.ts'
import type { Recorder, Row } from './ledger.ts'
import type { OpenStation } from './open-station.ts'
import { addPerson } from './people.ts'
import { setPersonStatus } from './people-changes.ts'
import { newStationRow, stationNumber, stationRow } from './signing.ts'

/** What the first screen says of the workstation; `administrator` is null where people come from a hub. */
export interface Beginning {
  readonly name: string
  readonly location: string
  readonly administrator: { readonly displayName: string; readonly staffId: string } | null
}

export const beginningOf = (input: Parsed<'setUpStation'>): Beginning => ({
  name: input.name,
  location: input.location,
  administrator: { displayName: input.administratorName, staffId: input.administratorStaffId },
})

export function setUp({ ledger, keys }: OpenStation, input: Beginning): Row<'station'> {
  const row = newStationRow(keys, input.name, input.location)
  ledger.identify({ stationNumber: stationNumber(row.signing_public), location: input.location })
  ledger.record((recorder) => {
    recorder.put('station', stationRow, row)
    recorder.put('policy', 'current', { document: JSON.stringify(defaultPolicy) })
    recorder.event({ type: 'station-set-up', details: { name: input.name } })
    addAdministrator(recorder, input)
  })
  const station = ledger.get('station', stationRow)
  if (!station) throw new Error('the station was not written')
  return station
}

/** The same station under another name, or with its administrator spelt differently, or with none. */
export function changeSetUp({ ledger }: OpenStation, input: Beginning): void {
  ledger.record((recorder) => {
    const station = recorder.get('station', stationRow)
    if (!station) throw new DamageError('data-edited', 'station/this')
    const { id: _, event_number: __, ...content } = station
    recorder.put('station', stationRow, { ...content, name: input.name, location: input.location })
    const known = recorder.find('person', '1')
    for (const { id, event_number: ___, ...rest } of known)
      if (input.administrator) {
        const { displayName, staffId } = input.administrator
        recorder.put('person', id, { ...rest, display_name: displayName, staff_id: staffId, status: 'active' })
      } else setPersonStatus(recorder, id, 'left', { actor: undefined, reason: 'hub' })
    recorder.event({ type: 'station-set-up', details: { name: input.name } })
    if (known.length === 0) addAdministrator(recorder, input)
    ledger.identify({ stationNumber: stationNumber(station.signing_public), location: input.location })
  })
}

function addAdministrator(recorder: Recorder, { administrator }: Beginning): void {
  if (administrator) addPerson(recorder, { ...administrator, roles: ['administrator'] }, undefined)
}
