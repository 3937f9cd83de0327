// The list of people as a file, for somebody who is signed in and may see them.
import path from 'node:path'
import type { Handlers } from '../contracts/ipc.ts'
import type { Administration } from './administration.ts'
import type { DeskOptions } from './desk.ts'
import { writeCopy } from './log-copy.ts'
import { peopleCsv, recordExport } from './people-csv.ts'

const notAllowed = { ok: false, reason: 'not-allowed' } as const

export function exportHandlers(administration: Administration, options: DeskOptions): Pick<Handlers, 'exportPeople'> {
  const { station } = administration
  return {
    exportPeople: async () => {
      const asked = administration.act('see-people', (actor) => actor)
      if ('ok' in asked) return asked
      // The session may end, or be somebody else's, while a file is chosen and while it is written.
      const goesOn = () => administration.read('see-people', ({ sessionId }) => sessionId === asked.sessionId) === true
      const day = new Date(options.clock.nowMs()).toISOString().slice(0, 10)
      const file = await options.chooseFile?.(`wardkey-people-${day}.csv`)
      if (!file) return { ok: false, reason: 'no-file' }
      if (!goesOn()) return notAllowed
      // The event comes first: nothing leaves unrecorded.
      const people = station.ledger.record((recorder) => recordExport(recorder, station, asked.personId))
      try {
        const whole = await writeCopy(
          file,
          peopleCsv(station.ledger),
          () => !goesOn(),
          () => {},
        )
        return whole ? { ok: true, people, file: path.basename(file) } : notAllowed
      } catch (error) {
        if (!isOfFile(error)) throw error
        return { ok: false, reason: 'not-written' }
      }
    },
  }
}

/** The disk or the folder, not the station's own data. */
const isOfFile = (error: unknown): boolean => error instanceof Error && 'syscall' in error
