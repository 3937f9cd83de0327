// audit verify, checkpoint and export.
import fs from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Checkpoint } from '../core/checkpoint.ts'
import { parseNote } from '../core/checkpoint.ts'
import { type AuditFinding, type AuditReport, verifyStore } from '../station/audit-verify.ts'
import { indexesAreSound } from '../station/database.ts'
import { exportLines, verifyExport } from '../station/export.ts'
import { csvLines, type LogPart } from '../station/log-csv.ts'
import { isSetUp } from '../station/open-station.ts'
import { logOrigin, openNote, signCheckpoint, stationNumber } from '../station/signing.ts'
import type { CliParts } from './compose.ts'
import { linesOf } from './lines.ts'
import { failed, type OpenFolder, withFolder } from './open-folder.ts'
import { type Answer, problem, UsageError, write } from './output.ts'

export function verifyFolder(parts: CliParts, checkpointFile: string | undefined): Promise<Answer> {
  return withFolder(parts, async (open) => {
    const trusted = checkpointFile === undefined ? [] : opened(readText(checkpointFile), open.station.signing_public)
    if (checkpointFile !== undefined && trusted.length === 0) return foreignCheckpoint()
    const report = await verifyAll(open, trusted)
    if ('found' in report) return report
    const names = [
      ...(open.anchor ? ['this keychain'] : []),
      ...(checkpointFile === undefined ? [] : ['the checkpoint given']),
    ]
    // Where the station itself stays locked for it, a lost checkpoint is a found problem.
    if (names.length === 0) return { ...unanchored(report.events, report.lastAtMs), found: isSetUp(open.ledger) }
    return complete(report.events, names)
  })
}

/** The whole log, every row and every index, against the keychain's anchor and the others; or what is wrong with them. */
export async function verifyAll(
  { db, keys, anchor }: OpenFolder,
  trusted: readonly Checkpoint[],
): Promise<AuditReport | Answer> {
  if (!indexesAreSound(db, null)) return failed('data-damaged')
  const steps = verifyStore(db, keys, [...(anchor ? [anchor.checkpoint] : []), ...trusted])
  let step = steps.next()
  // A turn of the loop for each page: without one, what has been read is let go too late for a small memory.
  for (; !step.done; step = steps.next()) await nextTurn()
  const report = step.value
  return report.finding ? wrong(report.finding) : report
}

export async function verifyFile(file: string, checkpointFile: string | undefined): Promise<Answer> {
  const note = checkpointFile === undefined ? null : readText(checkpointFile)
  if (note !== null && !parseNote(note)) return foreignCheckpoint()
  if (!fs.existsSync(file)) throw new UsageError(`there is no file ${file}`)
  const lines = linesOf(fs.createReadStream(file, 'utf8'))
  let known = 0
  const read = verifyExport(lines, (key) => {
    if (note === null) return []
    const trusted = opened(note, key)
    known = trusted[0]?.size ?? 0
    return trusted.length > 0 ? trusted : null
  })
  const report = await read.catch((error: NodeJS.ErrnoException) => {
    if (error.syscall === undefined) throw error
    throw new UsageError(`can't read ${file}`)
  })
  if (report.finding) return wrong(report.finding)
  if (report.broken === 'not-an-export')
    return problem('This file is not an export of the audit log.', { problem: report.broken })
  if (report.broken === 'foreign-checkpoint') return foreignCheckpoint()
  if (report.broken === 'no-checkpoint')
    return problem(`Cut: the export ends after ${report.events} events, without its checkpoint.`, {
      problem: report.broken,
    })
  const answer =
    note === null || known < report.events
      ? unanchored(report.events, report.lastAtMs, known)
      : complete(report.events, ['the checkpoint given'])
  const station = stationNumber(Buffer.from(report.signingKey ?? '', 'base64'))
  // Anybody can sign an export with a key of their own: whose it is, the reader has to compare.
  const said = [...answer.lines, `signed by the key of station ${station}, which the export brings along`]
  return { ...answer, lines: said, json: { ...answer.json, station } }
}

export function checkpoint(parts: CliParts): Promise<Answer> {
  return withFolder(parts, async (open) => {
    // What is signed here vouches for all of it, so all of it is looked at first.
    const report = await verifyAll(open, [])
    if ('found' in report) return report
    const note = currentNote(open)
    return { found: false, lines: [note.trimEnd()], json: { ok: true, checkpoint: note } }
  })
}

/**
 * @param since of a table only: a part of the log in JSON Lines could not be verified by itself, so there it is all or
 * nothing.
 */
export function exportLog(parts: CliParts, format = 'jsonl', since?: string): Promise<Answer> {
  if (format !== 'jsonl' && format !== 'csv')
    throw new UsageError(`the format is jsonl or csv, not ${JSON.stringify(format.slice(0, 20))}`)
  if (format === 'jsonl' && since !== undefined)
    throw new UsageError('a part of the log can not be verified by itself: --since goes with --format csv')
  const part = sinceOf(since)
  return withFolder(parts, async (open) => {
    const report = await verifyAll(open, [])
    if ('found' in report) return report
    const { size } = open.ledger.frontier()
    if (format === 'csv') {
      for (const line of csvLines(open, { size, ...part })) await write(line)
      return { found: false, lines: [], json: null }
    }
    const origin = logOrigin(stationNumber(open.station.signing_public))
    for (const line of exportLines(open.db, size, origin, open.station.signing_public, currentNote(open)))
      await write(`${line}\n`)
    return { found: false, lines: [], json: null }
  })
}

/** The number of an event, or a day or time of ISO 8601; without a zone it is this computer's. */
function sinceOf(text: string | undefined): Omit<LogPart, 'size'> {
  if (text === undefined) return { after: 0, sinceMs: 0 }
  if (/^[1-9][0-9]{0,14}$/.test(text)) return { after: Number(text) - 1, sinceMs: 0 }
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const isTime = day || /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/.test(text)
  const sinceMs = isTime ? new Date(day ? `${text}T00:00` : text).getTime() : Number.NaN
  if (!Number.isFinite(sinceMs)) throw new UsageError('--since is the number of an event, or a date such as 2026-01-31')
  return { after: 0, sinceMs }
}

const currentNote = ({ station, keys, ledger }: OpenFolder) => signCheckpoint(station, keys, ledger.frontier())

function opened(note: string, signingPublic: Uint8Array): Checkpoint[] {
  const parsed = openNote(note, signingPublic)
  return parsed ? [parsed.checkpoint] : []
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`can't read ${file}`)
  }
}

const complete = (events: number, anchors: string[]): Answer => ({
  found: false,
  lines: [`complete and unchanged, ${events} events`, `anchored to ${anchors.join(' and ')}`],
  json: { ok: true, events, anchors },
})

const unanchored = (events: number, lastAtMs: number | null, known = 0): Answer => {
  const until = new Date(lastAtMs ?? 0).toISOString()
  const anchor =
    known === 0
      ? "no anchor from outside: a later cut can't be excluded"
      : `the checkpoint given vouches for the first ${known}: a cut after them can't be excluded`
  return {
    found: false,
    lines: [`unchanged up to ${until}, ${events} events`, anchor],
    json: {
      ok: true,
      events,
      unchangedUpTo: until,
      ...(known === 0 ? { anchors: [] } : { anchors: ['the checkpoint given'], anchored: known }),
    },
  }
}

const foreignCheckpoint = () =>
  problem("The checkpoint is not one that this log's station signed.", { problem: 'foreign-checkpoint' })

function wrong(finding: AuditFinding): Answer {
  switch (finding.kind) {
    case 'event':
      return problem(`Event ${finding.number} is the first that is wrong: ${finding.problem}.`, {
        problem: 'event',
        event: finding.number,
        what: finding.problem,
      })
    case 'cut':
      return problem(
        `Cut: ${finding.known} events are known, the log has ${finding.size}; event ${finding.size + 1} is the first missing.`,
        {
          problem: 'cut',
          event: finding.size + 1,
          known: finding.known,
        },
      )
    case 'rewritten':
      return problem(`Rewritten: the first ${finding.known} events are not those that the checkpoint was signed for.`, {
        problem: 'rewritten',
        known: finding.known,
      })
    case 'row':
      return problem(`The events are whole, but ${finding.row} is not what they say.`, {
        problem: 'row',
        row: finding.row,
      })
  }
}
