// The log as JSON Lines: a head line, each event as it was hashed, a signed checkpoint at the end.
import { z } from 'zod'
import { parseJson } from '../contracts/json.ts'
import type { Checkpoint } from '../core/checkpoint.ts'
import { type AuditFinding, type AuditReport, LogReader } from './audit-verify.ts'
import type { StationDatabase } from './database.ts'
import { isSigningKey, logOrigin, openNote, stationNumber } from './signing.ts'

const headLine = z.strictObject({ export: z.literal('wardkey-audit/1'), origin: z.string(), signingKey: z.base64() })
const endLine = z.strictObject({ checkpoint: z.string() })

/** One line at a time, so that a log of any size streams. */
export function* exportLines(
  db: StationDatabase,
  size: number,
  origin: string,
  signingPublic: Uint8Array,
  note: string,
) {
  yield JSON.stringify({ export: 'wardkey-audit/1', origin, signingKey: Buffer.from(signingPublic).toString('base64') })
  const rows = db.prepare('SELECT body FROM event WHERE number <= ? ORDER BY number').pluck()
  for (const body of rows.iterate(size)) yield body as string
  yield JSON.stringify({ checkpoint: note })
}

export interface ExportReport extends AuditReport {
  readonly finding: AuditFinding | null
  /** Why the file can't be read as an export at all, or its own checkpoint does not hold. */
  readonly broken: 'not-an-export' | 'no-checkpoint' | 'foreign-checkpoint' | null
  readonly signingKey: string | null
}

/** @param trusted checkpoints from outside, already parsed, each read with the export's own key by `openNote`. */
export async function verifyExport(
  lines: AsyncIterable<string>,
  openTrusted: (signingPublic: Uint8Array) => readonly Checkpoint[] | null,
): Promise<ExportReport> {
  let reader: LogReader | null = null
  let key: Buffer | null = null
  let end: Checkpoint | null = null
  const result = (broken: ExportReport['broken'], finding: AuditFinding | null): ExportReport => ({
    events: reader?.frontier.size ?? 0,
    lastAtMs: reader?.lastAtMs ?? null,
    finding,
    broken,
    signingKey: key?.toString('base64') ?? null,
  })
  for await (const line of lines) {
    if (line === '') continue
    if (!reader || !key) {
      const head = headLine.safeParse(parseJson(line))
      if (!head.success) return result('not-an-export', null)
      key = Buffer.from(head.data.signingKey, 'base64')
      if (!isSigningKey(key) || head.data.origin !== logOrigin(stationNumber(key)))
        return result('foreign-checkpoint', null)
      const trusted = openTrusted(key)
      if (!trusted) return result('foreign-checkpoint', null)
      reader = new LogReader(trusted, stationNumber(key))
      continue
    }
    const last = endLine.safeParse(parseJson(line))
    if (last.success && end === null) {
      end = openNote(last.data.checkpoint, key)?.checkpoint ?? null
      if (!end) return result('foreign-checkpoint', null)
      continue
    }
    if (end) return result(null, { kind: 'event', number: reader.frontier.size + 1, problem: 'out of order' })
    const finding = reader.accept(line)
    if (finding) return result(null, finding)
  }
  if (!reader) return result('not-an-export', null)
  if (!end) return result('no-checkpoint', reader.finish())
  if (end.size > reader.frontier.size) return result(null, { kind: 'cut', size: reader.frontier.size, known: end.size })
  if (end.size < reader.frontier.size)
    return result(null, { kind: 'event', number: end.size + 1, problem: 'does not follow the one before' })
  if (end.root !== reader.root()) return result(null, { kind: 'rewritten', known: end.size })
  return result(null, reader.finish())
}
