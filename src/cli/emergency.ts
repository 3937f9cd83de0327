// emergency list: each use of an emergency code with its review, and the codes that are left.
import { EmergencyFile } from '../station/emergency-file.ts'
import { codesAtWork } from '../station/emergency-status.ts'
import { listUses, openReviews } from '../station/emergency-uses.ts'
import type { CliParts } from './compose.ts'
import { withFolder } from './open-folder.ts'
import type { Answer } from './output.ts'

/** A found problem while a use waits for its review. */
export function listEmergency(parts: CliParts, page: number): Promise<Answer> {
  return withFolder(parts, ({ db, ledger }) => {
    const { uses, total } = listUses(db, ledger, page)
    const waiting = openReviews(db)
    const codesLeft = codesAtWork(ledger, new EmergencyFile(parts.folder, undefined))?.left ?? 0
    const lines = uses.flatMap((use) => [
      `${time(use.openedAtMs)}  ${use.name} (as typed): ${use.reason}`,
      use.review
        ? `  reviewed by ${use.review.by}, ${time(use.review.atMs)}: ${use.review.finding}`
        : '  waits for a review',
    ])
    return {
      found: waiting > 0,
      lines: [...lines, `${total} uses, ${waiting} wait for a review; ${codesLeft} codes left`],
      json: { ok: waiting === 0, uses, total, waiting, codesLeft },
    }
  })
}

const time = (ms: number): string => new Date(ms).toISOString()
