// Faults of a station that is set up, each with the screen that it has to end on and, where there is one, its cure.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import type { FailureCode } from '../../src/contracts/screen.ts'
import { databaseFile } from '../../src/station/database.ts'
import { type Entries, removeEntry, writeEntry } from './keyring.ts'
import { changeStation } from './prepared-station.ts'
import {
  deleteTail,
  editEvent,
  forgeHead,
  keepHead,
  keepRows,
  keepWholeFolder,
  overwritePages,
  sqlite,
} from './tamper.ts'

type Step = (folder: string, entries: Entries) => unknown
export interface Fault {
  readonly name: string
  readonly code: FailureCode
  readonly cause: Step
  /** Left out where only somebody with a backup can help. */
  readonly mend?: Step
}

const putBack =
  (account: 'root-key' | 'checkpoint'): Step =>
  (folder, entries) =>
    writeEntry(folder, account, entries.get(account) ?? '')

export const entryFaults: readonly Fault[] = [
  {
    name: 'no root key',
    code: 'key-missing',
    cause: (folder) => removeEntry(folder, 'root-key'),
    mend: putBack('root-key'),
  },
  {
    name: 'another root key',
    code: 'key-changed',
    cause: (folder) => writeEntry(folder, 'root-key', randomBytes(32).toString('base64')),
    mend: putBack('root-key'),
  },
  {
    name: 'a root key that is none',
    code: 'key-changed',
    cause: (folder) => writeEntry(folder, 'root-key', 'secret'),
    mend: putBack('root-key'),
  },
  {
    name: 'no checkpoint',
    code: 'checkpoint-missing',
    cause: (folder) => removeEntry(folder, 'checkpoint'),
    mend: putBack('checkpoint'),
  },
  {
    name: 'a checkpoint that nobody signed',
    code: 'log-changed',
    cause: (folder) => writeEntry(folder, 'checkpoint', '{}'),
    mend: putBack('checkpoint'),
  },
]

const aside = (folder: string) => `${databaseFile(folder)}.aside`
const restore: Step = (folder) => fs.renameSync(aside(folder), databaseFile(folder))
const onCopy =
  (damage: (folder: string) => void): Step =>
  (folder) => {
    fs.copyFileSync(databaseFile(folder), aside(folder))
    damage(folder)
  }
const cutTo = (part: number) => (folder: string) =>
  fs.truncateSync(databaseFile(folder), Math.floor(fs.statSync(databaseFile(folder)).size * part))

export const fileFaults: readonly Fault[] = [
  {
    name: 'no file',
    code: 'data-missing',
    cause: (folder) => fs.renameSync(databaseFile(folder), aside(folder)),
    mend: restore,
  },
  { name: 'overwritten pages', code: 'data-damaged', cause: onCopy(overwritePages), mend: restore },
  { name: 'half a file', code: 'data-damaged', cause: onCopy(cutTo(0.5)), mend: restore },
  { name: 'an empty file', code: 'data-damaged', cause: onCopy(cutTo(0)), mend: restore },
]

const suspend = (folder: string) =>
  changeStation(folder, ({ ledger }) =>
    ledger.record((recorder) => {
      for (const { id, event_number: _, ...content } of recorder.find('credential', "kind = 'totp'"))
        recorder.put('credential', id, { ...content, status: 'suspended' })
      recorder.event({ type: 'credential-suspended' })
    }),
  )
const note = (folder: string) =>
  changeStation(folder, ({ ledger }) => ledger.record((recorder) => recorder.event({ type: 'challenges-shown' })))
const bySql =
  (sql: string): Step =>
  (folder) =>
    sqlite(folder, sql)

export const handFaults: readonly Fault[] = [
  {
    name: 'a role given by hand',
    code: 'data-edited',
    cause: bySql(`UPDATE person SET roles = '["auditor","administrator"]'`),
  },
  {
    name: 'a step set back, to use a code again',
    code: 'data-edited',
    cause: bySql('UPDATE credential SET last_step = -1'),
  },
  {
    name: 'a credential brought back from suspended',
    code: 'data-edited',
    cause: async (folder) => {
      await suspend(folder)
      sqlite(folder, "UPDATE credential SET status = 'active' WHERE status = 'suspended'")
    },
  },
  {
    name: 'a credential brought back under its own older seal',
    code: 'data-edited',
    cause: async (folder) => {
      const older = keepRows(folder, 'credential', "kind = 'totp'")
      await suspend(folder)
      older.putBack()
    },
  },
  {
    name: 'a person taken out',
    code: 'data-edited',
    cause: bySql('PRAGMA foreign_keys = OFF; DELETE FROM person'),
  },
  {
    name: 'looser rules written in',
    code: 'data-edited',
    cause: bySql(`UPDATE policy SET document = json_set(document, '$.totpWindowSteps', 2)`),
  },
  {
    name: 'a trigger that would act with the station’s rights',
    code: 'data-edited',
    cause: bySql("CREATE TRIGGER t AFTER INSERT ON event BEGIN UPDATE person SET status = 'active'; END"),
  },
  {
    name: 'the newest entries of the log cut off, under a head made to fit',
    code: 'log-changed',
    cause: (folder) => {
      deleteTail(folder, 1)
      forgeHead(folder)
    },
  },
  {
    name: 'the newest entries of the log cut off, under the head of before',
    code: 'log-cut',
    cause: async (folder) => {
      const older = keepHead(folder)
      await note(folder)
      deleteTail(folder, 1)
      older.putBack()
    },
  },
  {
    name: 'an older copy of the whole folder',
    code: 'log-cut',
    cause: async (folder) => {
      const older = keepWholeFolder(folder)
      await suspend(folder)
      older.putBack()
    },
  },
  {
    name: 'an old entry that says something else',
    code: 'log-changed',
    cause: (folder) => editEvent(folder, 2, '$.type', 'person-left'),
  },
]
