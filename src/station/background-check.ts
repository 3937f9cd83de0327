// The whole log and every row, read on a connection of its own, a page at a time between other work.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Checkpoint } from '../core/checkpoint.ts'
import { type AuditFinding, verifyStore } from './audit-verify.ts'
import { indexesAreSound, openDatabase } from './database.ts'
import type { DeskOptions } from './desk.ts'
import { DamageError, type StationKeys } from './keys.ts'
import { accessTables } from './schema.ts'

export class LogError extends Error {
  readonly code: 'log-cut' | 'log-changed'
  constructor(code: LogError['code']) {
    super(`log: ${code}`)
    this.name = 'LogError'
    this.code = code
  }
}

/** What makes the station unusable, or null where the log is complete and unchanged. */
export async function runInTurns(
  options: Pick<DeskOptions, 'dataFolder' | 'sqliteBinding'>,
  keys: StationKeys,
  anchors: readonly Checkpoint[],
  stopped: () => boolean,
): Promise<Error | null> {
  const db = openDatabase(options.dataFolder, { binding: options.sqliteBinding, readonly: true })
  try {
    // One snapshot for all of it, while the station goes on writing.
    db.exec('BEGIN')
    if (!indexesAreSound(db, [...accessTables, 'session', 'alert', 'emergency_use']))
      return new DamageError('data-edited', 'index')
    const steps = verifyStore(db, keys, anchors)
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value.finding ? errorOf(step.value.finding) : null
      await nextTurn()
      if (stopped()) return null
    }
  } finally {
    db.close()
  }
}

/** What closes the station for it. */
export function errorOf(finding: AuditFinding | { readonly kind: 'index' }): Error {
  if (finding.kind === 'index') return new DamageError('data-edited', 'index')
  if (finding.kind === 'row') return new DamageError('data-edited', finding.row)
  return new LogError(finding.kind === 'cut' ? 'log-cut' : 'log-changed')
}
