// A write lock that another program holds on the file: the station says so, lets nobody in, and gets over it.
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { databaseFile } from '../../src/station/database.ts'
import {
  closeAll,
  codeNow,
  copyOf,
  newWard,
  read,
  restart,
  type Stopped,
  signIn,
  staffId,
} from '../support/attack-station.ts'

let station: Stopped
beforeAll(async () => {
  station = await newWard()
  await closeAll()
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))
const unwritable = { kind: 'failed', code: 'data-unwritable', canRetry: true }

/** Somebody who looks at the file with a tool and forgets to let go of it. */
async function whileHeld<R>({ folder }: Stopped, work: () => Promise<R>, sql = 'BEGIN IMMEDIATE'): Promise<R> {
  const db = new Database(databaseFile(folder))
  try {
    db.exec(sql)
    return await work()
  } finally {
    db.close()
  }
}

describe('a foreign write lock', () => {
  it('during a login is named, and no code is used up', async () => {
    const ward = await restart(copyOf(station))
    ward.clock.pass(30_000)
    const attempt = { staffId, code: codeNow(ward, ward.setupKey) }
    const answer = await whileHeld(ward, async () => ward.desk.handlers.submitCode(attempt))
    expect(answer).toEqual({ ok: false, reason: 'not-now' })
    expect(ward.desk.screen()).toEqual(unwritable)
    await ward.desk.handlers.retryStart({})
    expect(await ward.desk.handlers.submitCode(attempt)).toMatchObject({ ok: true })
  })

  it('at the end of a session is named, and nobody stays in', async () => {
    const ward = await restart(copyOf(station))
    await signIn(ward)
    await whileHeld(ward, async () => ward.desk.lock('lock-key'))
    expect(ward.desk.screen()).toEqual(unwritable)
    await ward.desk.handlers.retryStart({})
    expect(ward.desk.screen().kind).toBe('locked')
    const reasons = "SELECT json_extract(body, '$.reason') FROM event WHERE type = 'session-ended'"
    expect(read(ward, reasons)).toEqual(['crash'])
  })

  it.each([
    ['a lock on writing', 'BEGIN IMMEDIATE'],
    ['a lock on all of it', 'PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE'],
  ])('at a start is named: %s', async (_what, sql) => {
    const stopped = copyOf(station)
    const ward = await whileHeld(stopped, () => restart(stopped), sql)
    expect(ward.desk.screen()).toEqual(unwritable)
    await ward.desk.handlers.retryStart({})
    expect(ward.desk.screen().kind).toBe('locked')
  })
})
