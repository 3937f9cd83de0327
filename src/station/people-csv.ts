// The people as a table that `people import` and spreadsheets read.
import { csvLine, forReading } from '../core/csv.ts'
import { importColumns } from '../core/people-import.ts'
import type { Ledger, Recorder } from './ledger.ts'
import type { OpenStation } from './open-station.ts'
import { rolesOf } from './people.ts'

const readAtOnce = 200

/** On record before any of it leaves. @param actor absent where it is whoever holds the OS account. @returns how many people there are. */
export function recordExport(recorder: Recorder, { db }: Pick<OpenStation, 'db'>, actor?: string): number {
  const people = db.prepare('SELECT count(*) FROM person').pluck().get() as number
  const details = { format: 'csv', people }
  recorder.event({ type: 'people-exported', details, ...(actor === undefined ? {} : { actor }) })
  return people
}

/** The header, then a line for each person, in the order they came. */
export function* peopleCsv(ledger: Ledger): Generator<string> {
  // A mark of UTF-8, without which spreadsheets read names in another encoding.
  yield `\ufeff${csvLine(importColumns)}`
  for (let after = ''; ; ) {
    const page = ledger.find('person', `id > ? ORDER BY id LIMIT ${readAtOnce}`, after)
    for (const person of page)
      yield csvLine(
        [person.staff_id, person.display_name, rolesOf(person).join(';'), person.status].map((text) =>
          forReading(text),
        ),
      )
    const last = page.at(-1)
    if (!last) return
    after = last.id
  }
}
