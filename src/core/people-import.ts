// A file of people, row by row: who would be added, and every line that can't be, with its reason.
import type {
  ImportColumn,
  ImportedPerson,
  ImportProblem,
  NewPerson,
  PersonStatus,
} from '../contracts/people-import.ts'
import { asTyped } from './csv.ts'

export const importColumns: readonly ImportColumn[] = ['staff_id', 'name', 'roles', 'status']

/** One record of the file with the line it starts on; the first is the header. */
export interface ImportRecord {
  readonly line: number
  readonly cells: readonly string[]
}
export interface ImportPlan {
  readonly people: readonly ImportedPerson[]
  readonly problems: readonly ImportProblem[]
}
type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false }
/** The field schemas, handed in so that this stays free of libraries. */
export interface ImportFields {
  staffId(text: string): Read<string>
  name(text: string): Read<string>
  role(text: string): Read<NewPerson['roles'][number]>
  status(text: string): Read<PersonStatus>
}

/** @param isTaken whether a staff ID is somebody's already, whatever their status. */
export function planImport(
  records: Iterable<ImportRecord>,
  fields: ImportFields,
  isTaken: (staffId: string) => boolean,
): ImportPlan {
  const people: ImportedPerson[] = []
  const problems: ImportProblem[] = []
  const firstLine = new Map<string, number>()
  let places: Record<ImportColumn, number> | null = null
  for (const { line, cells } of records) {
    if (!places) {
      const header = readHeader(cells)
      if ('problem' in header) return { people: [], problems: [{ line, ...header }] }
      places = header.places
      continue
    }
    if (cells.every((cell) => cell.trim() === '')) continue
    if (cells.length !== width(places)) {
      problems.push({ line, problem: 'wrong-columns' })
      continue
    }
    const at = places
    const cell = (column: ImportColumn) => (at[column] < 0 ? '' : asTyped((cells[at[column]] ?? '').trim()))
    const staffId = fields.staffId(cell('staff_id'))
    const name = fields.name(cell('name'))
    const roles = readRoles(cell('roles'), fields)
    const status = fields.status(cell('status').toLowerCase() || 'active')
    if (!staffId.ok) problems.push({ line, problem: 'bad-staff-id', text: cell('staff_id').slice(0, 60) })
    if (!name.ok) problems.push({ line, problem: 'bad-name', text: cell('name').slice(0, 60) })
    if (!roles.ok) problems.push({ line, problem: 'bad-role', text: cell('roles').slice(0, 60) })
    if (!status.ok) problems.push({ line, problem: 'bad-status', text: cell('status').slice(0, 60) })
    if (!staffId.ok) continue
    const before = firstLine.get(staffId.value)
    if (before !== undefined) problems.push({ line, problem: 'twice-in-file', text: staffId.value, other: before })
    else if (isTaken(staffId.value)) problems.push({ line, problem: 'staff-id-taken', text: staffId.value })
    else if (name.ok && roles.ok && status.ok)
      people.push({ staffId: staffId.value, displayName: name.value, roles: roles.value, status: status.value })
    firstLine.set(staffId.value, before ?? line)
  }
  if (!places) problems.push({ line: 1, problem: 'empty-file' })
  return { people, problems }
}

function readHeader(
  cells: readonly string[],
): { places: Record<ImportColumn, number> } | { problem: 'missing-column' | 'unknown-column'; text: string } {
  const names = cells.map((cell) =>
    cell
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_'),
  )
  const unknown = names.find((name) => !importColumns.some((column) => column === name))
  if (unknown !== undefined) return { problem: 'unknown-column', text: unknown.slice(0, 60) }
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice !== undefined) return { problem: 'unknown-column', text: twice }
  for (const column of ['staff_id', 'name'] as const)
    if (!names.includes(column)) return { problem: 'missing-column', text: column }
  const [staff_id = -1, name = -1, roles = -1, status = -1] = importColumns.map((column) => names.indexOf(column))
  return { places: { staff_id, name, roles, status } }
}

const width = (places: Record<ImportColumn, number>): number =>
  Object.values(places).filter((place) => place >= 0).length

/** Several roles are parted by a semicolon or a bar; none means staff. */
function readRoles(text: string, fields: ImportFields): Read<NewPerson['roles']> {
  if (text === '') return { ok: true, value: ['staff'] }
  const read = text.split(/[;|]/).map((part) => fields.role(part.trim().toLowerCase()))
  const roles: NewPerson['roles'][number][] = []
  for (const role of read) {
    if (!role.ok) return { ok: false }
    if (!roles.includes(role.value)) roles.push(role.value)
  }
  return { ok: true, value: roles }
}
