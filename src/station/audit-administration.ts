// The audit log, as somebody who is signed in looks through it, has it verified, and takes a copy of it out.
import type { auditCommands } from '../contracts/commands/audit.ts'
import type { Handlers } from '../contracts/ipc.ts'
import type { Administration } from './administration.ts'
import type { DeskOptions } from './desk.ts'
import { readLogEvent, readLogPage } from './log-pages.ts'
import type { LogWork } from './log-work.ts'

const busy = { ok: false, reason: 'busy' } as const
const done = { ok: true } as const

export function auditHandlers(
  administration: Administration,
  work: LogWork,
  options: DeskOptions,
): Pick<Handlers, keyof typeof auditCommands> {
  const { station } = administration
  return {
    readLog: ({ filter, before }) => administration.read('read-log', () => readLogPage(station, filter, before)),
    readEvent: ({ number }) => administration.read('read-log', () => readLogEvent(station, number)),
    verifyLog: () =>
      administration.read('read-log', ({ personId }) => {
        if (work.isBusy) return busy
        work.verify(personId)
        return done
      }),
    exportLog: async ({ format }) => {
      const asked = administration.act('read-log', (actor) => actor)
      if ('ok' in asked) return asked
      const file = await options.chooseFile?.(fileName(options.clock.nowMs(), format))
      if (!file) return { ok: false, reason: 'no-file' }
      // The session may be over by now, or be somebody else's.
      return administration.read('read-log', (actor) => {
        if (actor.sessionId !== asked.sessionId) return { ok: false, reason: 'not-allowed' } as const
        if (work.isBusy) return busy
        work.copy(actor.personId, format, file)
        return done
      })
    },
    readLogWork: () => administration.read('read-log', () => ({ ok: true, work: work.view })),
    cancelLogWork: () =>
      administration.read('read-log', () => {
        work.cancel()
        return done
      }),
  }
}

const fileName = (nowMs: number, format: 'jsonl' | 'csv'): string =>
  `wardkey-log-${new Date(nowMs).toISOString().slice(0, 10)}.${format}`
