// people list, add, import, suspend, reinstate, leave.
import fs from 'node:fs'
import { peopleFilter } from '../contracts/commands/people.ts'
import { displayName, reasonText, staffId } from '../contracts/fields.ts'
import { type ImportProblem, personStatus } from '../contracts/people-import.ts'
import { type Role, role } from '../contracts/roles.ts'
import { CodeCounts } from '../station/code-counts.ts'
import type { Row } from '../station/ledger.ts'
import type { OpenStation } from '../station/open-station.ts'
import { addPerson, personByStaffId } from '../station/people.ts'
import { changePersonStatus } from '../station/people-changes.ts'
import { peopleCsv, recordExport } from '../station/people-csv.ts'
import { importLimit, importPeople, isAnyTaken, planOf, previewImport } from '../station/people-file.ts'
import { PeopleIndex } from '../station/people-index.ts'
import { listPeople, type PeopleLists } from '../station/people-list.ts'
import { type Approver, withApproval } from './approved.ts'
import type { CliParts } from './compose.ts'
import { quoted } from './lines.ts'
import { withFolder } from './open-folder.ts'
import { keepCheckpoint, withStation } from './open-to-write.ts'
import { type Answer, problem, UsageError, write } from './output.ts'

export const newLists = (station: OpenStation): PeopleLists => ({
  index: new PeopleIndex(station),
  codes: new CodeCounts(),
})

export function list(parts: CliParts, search: string, page: number, filter: string): Promise<Answer> {
  const part = parsed(peopleFilter.safeParse(filter), `the filters are ${peopleFilter.options.join(', ')}`)
  return withFolder(parts, (open) => {
    const { people, total, pageSize, counts } = listPeople(open, newLists(open), { search, page, filter: part })
    const lines = people.map(
      (person) =>
        `${person.staffId.padEnd(12)} ${person.status.padEnd(10)} ${person.enrolled ? 'phone   ' : 'no phone'} ${person.displayName} (${person.roles.join(', ')})`,
    )
    const pages = Math.max(1, Math.ceil(total / pageSize))
    return {
      found: false,
      lines: [...lines, `${total} people, page ${page + 1} of ${pages}`],
      json: { ok: true, people, total, page, pageSize, counts },
    }
  })
}

export function add(parts: CliParts, approver: Approver, id: string, name: string, roles: string[]): Promise<Answer> {
  const person = {
    staffId: parsed(staffId.safeParse(id), 'the staff ID has letters, digits, dot, dash and underscore, 32 at most'),
    displayName: parsed(displayName.safeParse(name), 'the name has 1 to 100 characters'),
    roles: roles.map((each): Role => parsed(role.safeParse(each), `the roles are ${role.options.join(', ')}`)),
  }
  return withApproval(parts, approver, 'people.add', `people add ${person.staffId}`, (recorder, actor) => {
    if (addPerson(recorder, person, actor) === null)
      return problem(`${person.staffId} is somebody's staff ID already.`, { problem: 'staff-id-taken' })
    return done(`${person.displayName} was added.`, { staffId: person.staffId })
  })
}

/** On standard output; the log says that it went out. */
export const exportPeople = (parts: CliParts, format: string): Promise<Answer> => {
  if (format !== 'csv') throw new UsageError('the format is csv')
  return withStation(parts, async (opened) => {
    opened.ledger.record((recorder) => recordExport(recorder, opened))
    const told = await keepCheckpoint(parts, opened, { found: false, lines: [], json: null })
    if (told.found) return told
    for (const line of peopleCsv(opened.ledger)) await write(line)
    return told
  })
}

/** @param dryRun says what would happen; reading needs no administrator. */
export async function importFile(parts: CliParts, approver: Approver, file: string, dryRun: boolean): Promise<Answer> {
  const bytes = readFile(file)
  if (dryRun) return withFolder(parts, ({ ledger }) => planned(previewImport(ledger, bytes)))
  // Read before anything is locked: while the people are added nobody gets in at the station.
  const { people, problems } = planOf(bytes)
  return withApproval(parts, approver, 'people.import', 'people import', (recorder, actor) => {
    if (problems.length > 0 || isAnyTaken(recorder, people)) return planned(previewImport(recorder, bytes))
    importPeople(recorder, people, actor)
    return done(`${people.length} people were added.`, { added: people.length })
  })
}

export function setStatus(
  parts: CliParts,
  approver: Approver,
  id: string,
  status: Row<'person'>['status'],
  reason: string,
): Promise<Answer> {
  const why = parsed(reasonText.safeParse(reason), 'give a --reason of 3 to 200 characters')
  const who = parsed(staffId.safeParse(id), 'that is no staff ID')
  return withApproval(parts, approver, statusScopes[status], `people ${status} ${who}`, (recorder, actor) => {
    const person = personByStaffId(recorder, who)
    if (!person) return noSuchPerson(who)
    const answer = changePersonStatus(recorder, person.id, status, { actor, reason: why })
    if (answer.ok) return done(`${who} is now ${status}.`, { staffId: who, status })
    return problem(changeWords[answer.reason], { problem: answer.reason })
  })
}

const statusScopes = { suspended: 'people.suspend', active: 'people.reinstate', left: 'people.leave' } as const

export const noSuchPerson = (who: string): Answer =>
  problem(`Nobody here has the staff ID ${who}.`, { problem: 'no-such-person' })

const changeWords = {
  'no-such-person': 'This person is no longer here.',
  'staff-id-taken': 'Somebody else has this staff ID.',
  'last-administrator': 'This is the last administrator who can sign in: nothing was changed.',
  'has-left': 'This person has left: reinstate them first.',
  'of-hub': 'The hub says who this person is: change it there.',
} as const

const done = (line: string, json: Record<string, unknown>): Answer => ({
  found: false,
  lines: [line],
  json: { ok: true, ...json },
})

function planned({ people, problems }: ReturnType<typeof previewImport>): Answer {
  if (problems.length === 0) return done(`${people.length} people can be added.`, { count: people.length, problems })
  return {
    found: true,
    lines: [...problems.map(describe), `Nothing was added: ${problems.length} lines have to be put right first.`],
    json: { ok: false, problem: 'has-problems', problems },
  }
}

const problemWords: Readonly<Record<ImportProblem['problem'], string>> = {
  'not-text': 'this file is not text in UTF-8',
  'not-csv': 'a quotation mark is not closed, or stands in the wrong place',
  'empty-file': 'the file is empty',
  'too-many-lines': `the file has more than ${importLimit.people} people`,
  'missing-column': 'the header lacks this column',
  'unknown-column': 'the header may have staff_id, name, roles and status, each once',
  'wrong-columns': 'the line has another number of cells than the header',
  'bad-staff-id': 'the staff ID needs letters, digits, dot, dash or underscore, 32 at most',
  'bad-name': 'the name needs 1 to 100 characters',
  'bad-role': `the roles are ${role.options.join(', ')}`,
  'bad-status': `the status is ${personStatus.options.join(', ')}`,
  'twice-in-file': 'the staff ID stands in the file before',
  'staff-id-taken': 'the staff ID is somebody’s already',
}
function describe({ line, problem, text, other }: ImportProblem): string {
  const where = other === undefined ? '' : `, in line ${other}`
  return `line ${line}: ${problemWords[problem]}${where}${text === undefined ? '' : ` (${quoted(text)})`}`
}

function readFile(file: string): Buffer {
  let size: number
  try {
    size = fs.statSync(file).size
  } catch {
    throw new UsageError(`can't read ${file}`)
  }
  if (size > importLimit.bytes) throw new UsageError(`${file} is larger than ${importLimit.bytes / 1024 / 1024} MiB`)
  return fs.readFileSync(file)
}

function parsed<T>(result: { success: true; data: T } | { success: false }, words: string): T {
  if (!result.success) throw new UsageError(words)
  return result.data
}
