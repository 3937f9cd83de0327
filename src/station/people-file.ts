// Reads a CSV file of people by csv-parse; what it plans is added within the caller's one transaction, all or nothing.
import { CsvError, parse } from 'csv-parse/sync'
import { displayName, staffId } from '../contracts/fields.ts'
import { type ImportedPerson, type ImportProblem, type NewPerson, personStatus } from '../contracts/people-import.ts'
import { role } from '../contracts/roles.ts'
import { type ImportFields, type ImportPlan, type ImportRecord, planImport } from '../core/people-import.ts'
import type { Ledger, Recorder } from './ledger.ts'
import { addPerson, personByStaffId } from './people.ts'

export const importLimit = { bytes: 16 * 1024 * 1024, people: 100_000 } as const

const fields: ImportFields = {
  staffId: (text) => read(staffId.safeParse(text)),
  name: (text) => read(displayName.safeParse(text)),
  role: (text) => read(role.safeParse(text)),
  status: (text) => read(personStatus.safeParse(text)),
}
const read = <T>(parsed: { success: true; data: T } | { success: false }) =>
  parsed.success ? ({ ok: true, value: parsed.data } as const) : ({ ok: false } as const)

/** @param bytes UTF-8, with or without a mark; commas, semicolons or tabs between the cells. */
export const previewImport = (ledger: Ledger | Recorder, bytes: Uint8Array): ImportPlan =>
  planOf(bytes, (id) => personByStaffId(ledger, id) !== null)

/** What the file says by itself. @param isTaken whether somebody at the station has a staff ID already. */
export function planOf(bytes: Uint8Array, isTaken: (staffId: string) => boolean = () => false): ImportPlan {
  const records = parseRecords(bytes)
  if (!Array.isArray(records)) return { people: [], problems: [records as ImportProblem] }
  return planImport(records, fields, isTaken)
}

export const isAnyTaken = (recorder: Recorder, people: readonly NewPerson[]): boolean =>
  people.some(({ staffId }) => personByStaffId(recorder, staffId) !== null)

export function importPeople(recorder: Recorder, people: readonly ImportedPerson[], actor: string | undefined): void {
  for (const person of people) addPerson(recorder, person, actor, person.status)
}

function parseRecords(bytes: Uint8Array): ImportRecord[] | ImportProblem {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { line: 1, problem: 'not-text' }
  }
  const lines = lineCount()
  const begins: number[] = []
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 10_000,
      on_record(cells, { lines: endsAt }) {
        begins.push(lines.begin(cells, endsAt))
        return cells
      },
    })
    if (rows.length > importLimit.people + 1) return { line: importLimit.people + 2, problem: 'too-many-lines' }
    return rows.map((cells, place) => ({ line: begins[place] ?? 1, cells }))
  } catch (error) {
    if (error instanceof CsvError) return { line: lines.afterLast(text), problem: 'not-csv' }
    throw error
  }
}

const lineEnd = /\r\n|\r|\n/g

/** The parser names the line where a record ends, and counts CRLF within quotes as two; people look for where one begins. */
function lineCount() {
  let twice = 0
  let last = 0
  return {
    /** @param endsAt as the parser counts. */
    begin(cells: readonly string[], endsAt: number): number {
      const ends = cells.flatMap((cell) => cell.match(lineEnd) ?? [])
      twice += ends.filter((end) => end === '\r\n').length
      last = endsAt - twice
      return last - ends.length
    },
    /** The first line that has anything on it after the last record: there begins what is none. */
    afterLast(text: string): number {
      const rest = text.split(lineEnd).slice(last)
      return (
        last +
        1 +
        Math.max(
          rest.findIndex((line) => line !== ''),
          0,
        )
      )
    },
  }
}

/** The one that the header uses most: spreadsheets write semicolons where the comma is the decimal sign. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/\r?\n/, 1)
  const count = (sign: string) => header.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}
