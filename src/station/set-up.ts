// First run: the station's own row, its policy and its first administrator, written over again until a code confirms them.
import type { Parsed } from '../contracts/ipc.ts'
import { defaultPolicy } from '../contracts/policy.ts'
import { DamageError } from './keys.ts'
import type { Row } from './ledger.ts'
import type { OpenStation } from './open-station.ts'
import { addPerson } from './people.ts'
import { newStationRow, stationNumber, stationRow } from './signing.ts'

type SetUp = Parsed<'setUpStation'>

export function setUp({ ledger, keys }: OpenStation, input: SetUp): Row<'station'> {
  const row = newStationRow(keys, input.name, input.location)
  ledger.identify({ stationNumber: stationNumber(row.signing_public), location: input.location })
  ledger.record((recorder) => {
    recorder.put('station', stationRow, row)
    recorder.put('policy', 'current', { document: JSON.stringify(defaultPolicy) })
    recorder.event({ type: 'station-set-up', details: { name: input.name } })
    const person = { displayName: input.administratorName, staffId: input.administratorStaffId }
    addPerson(recorder, { ...person, roles: ['administrator'] }, undefined)
  })
  const station = ledger.get('station', stationRow)
  if (!station) throw new Error('the station was not written')
  return station
}

/** The same station under another name, or with its administrator spelt differently. */
export function changeSetUp({ ledger }: OpenStation, input: SetUp): void {
  ledger.record((recorder) => {
    const station = recorder.get('station', stationRow)
    if (!station) throw new DamageError('data-edited', 'station/this')
    const { id: _, event_number: __, ...content } = station
    recorder.put('station', stationRow, { ...content, name: input.name, location: input.location })
    for (const person of recorder.find('person', '1')) {
      const { id, event_number: ___, ...rest } = person
      recorder.put('person', id, {
        ...rest,
        display_name: input.administratorName,
        staff_id: input.administratorStaffId,
      })
    }
    recorder.event({ type: 'station-set-up', details: { name: input.name } })
    ledger.identify({ stationNumber: stationNumber(station.signing_public), location: input.location })
  })
}
