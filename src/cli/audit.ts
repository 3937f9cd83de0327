// audit verify, checkpoint and export.
import fs from 'node:fs'
import readline from 'node:readline'
import type { Checkpoint } from '../core/checkpoint.ts'
import { parseNote } from '../core/checkpoint.ts'
import { type AuditFinding, runToEnd, verifyStore } from '../station/audit-verify.ts'
import { exportLines, verifyExport } from '../station/export.ts'
import { logOrigin, openNote, signCheckpoint, stationNumber } from '../station/signing.ts'
import type { CliParts } from './compose.ts'
import { type OpenFolder, withFolder } from './open-folder.ts'
import { type Answer, problem, UsageError } from './output.ts'

export function verifyFolder(parts: CliParts, checkpointFile: string | undefined): Promise<Answer> {
  return withFolder(parts, ({ db, keys, station, anchor }) => {
    const anchors: Checkpoint[] = anchor ? [anchor.checkpoint] : []
    if (checkpointFile !== undefined) {
      const trusted = opened(readText(checkpointFile), station.signing_public)
      if (trusted.length === 0) return foreignCheckpoint()
      anchors.push(...trusted)
    }
    const report = runToEnd(verifyStore(db, keys, anchors))
    if (report.finding) return wrong(report.finding)
    const names = [
      ...(anchor ? ['this keychain'] : []),
      ...(checkpointFile === undefined ? [] : ['the checkpoint given']),
    ]
    if (names.length === 0) return unanchored(report.events, report.lastAtMs)
    return complete(report.events, names)
  })
}

export async function verifyFile(file: string, checkpointFile: string | undefined): Promise<Answer> {
  const note = checkpointFile === undefined ? null : readText(checkpointFile)
  if (note !== null && !parseNote(note)) return foreignCheckpoint()
  if (!fs.existsSync(file)) throw new UsageError(`there is no file ${file}`)
  const lines = readline.createInterface({ input: fs.createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
  const report = await verifyExport(lines, (key) => {
    if (note === null) return []
    const trusted = opened(note, key)
    return trusted.length > 0 ? trusted : null
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
    note === null ? unanchored(report.events, report.lastAtMs) : complete(report.events, ['the checkpoint given'])
  const station = stationNumber(Buffer.from(report.signingKey ?? '', 'base64'))
  // Anybody can sign an export with a key of their own: whose it is, the reader has to compare.
  const said = [...answer.lines, `signed by the key of station ${station}, which the export brings along`]
  return { ...answer, lines: said, json: { ...answer.json, station } }
}

export function checkpoint(parts: CliParts): Promise<Answer> {
  return withFolder(parts, (open) => {
    const note = currentNote(open)
    return { found: false, lines: [note.trimEnd()], json: { ok: true, checkpoint: note } }
  })
}

export function exportLog(parts: CliParts): Promise<Answer> {
  return withFolder(parts, async (open) => {
    const { size } = open.ledger.frontier()
    const origin = logOrigin(stationNumber(open.station.signing_public))
    for (const line of exportLines(open.db, size, origin, open.station.signing_public, currentNote(open))) {
      if (!process.stdout.write(`${line}\n`)) await new Promise((drained) => process.stdout.once('drain', drained))
    }
    return { found: false, lines: [], json: null }
  })
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

const unanchored = (events: number, lastAtMs: number | null): Answer => {
  const until = new Date(lastAtMs ?? 0).toISOString()
  return {
    found: false,
    lines: [`unchanged up to ${until}, ${events} events`, "no anchor from outside: a later cut can't be excluded"],
    json: { ok: true, events, unchangedUpTo: until, anchors: [] },
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
