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
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 10_000,
    }) as unknown as { info: { lines: number }; record: string[] }[]
    if (rows.length > importLimit.people + 1) return { line: importLimit.people + 2, problem: 'too-many-lines' }
    return rows.map(({ info, record }) => ({ line: info.lines, cells: record }))
  } catch (error) {
    if (error instanceof CsvError) return { line: Number(error.lines ?? 1) || 1, problem: 'not-csv' }
    throw error
  }
}

/** The one that the header uses most: spreadsheets write semicolons where the comma is the decimal sign. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/\r?\n/, 1)
  const count = (sign: string) => header.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}
