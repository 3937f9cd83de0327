// All of an older state put back into the file while the station runs: the running station knows what it has written.
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { verifyFolder } from '../../src/cli/audit.ts'
import {
  closeAll,
  codeNow,
  copyOf,
  expectClosed,
  newWard,
  reachInto,
  restart,
  type Stopped,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'

let station: Stopped
beforeAll(async () => {
  station = await newWard()
  await closeAll()
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

/** What the file holds now, as a file of its own. */
function keep(ward: Ward): string {
  const file = path.join(ward.folder, 'kept.db')
  reachInto(ward, (db) => db.exec(`VACUUM INTO '${file}'`))
  return file
}

const tables = ['event', 'log_head', 'row_change', 'station', 'policy', 'person', 'credential', 'offer', 'throttle']
const others = ['clock_floor', 'session', 'alert']

/** Every row of every table, in one transaction: each MAC is true, and so is the head with its sum. */
function putBack(ward: Ward, file: string): void {
  reachInto(ward, (db) => {
    db.exec(`ATTACH '${file}' AS kept`)
    db.transaction(() => {
      for (const table of [...tables, ...others]) {
        const names = (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name).join()
        db.exec(`DELETE FROM ${table}; INSERT INTO ${table} (${names}) SELECT ${names} FROM kept.${table}`)
      }
    }).immediate()
  })
}

describe('an older state that is put back while the station runs', () => {
  it('gives no used code a second life', async () => {
    const ward = await restart(copyOf(station))
    ward.clock.pass(30_000)
    const used = { staffId, code: codeNow(ward, ward.setupKey) }
    const kept = keep(ward)
    expect(await ward.desk.handlers.submitCode(used)).toMatchObject({ ok: true })
    ward.desk.lock('lock-key')
    putBack(ward, kept)
    expect(await ward.desk.handlers.submitCode(used)).toEqual({ ok: false, reason: 'not-now' })
    await expectClosed(ward, 'log-cut')
  })

  it('is never signed: the keychain keeps the newer checkpoint, and verify finds the cut', async () => {
    const ward = await restart(copyOf(station))
    const kept = keep(ward)
    await signIn(ward)
    await ward.desk.handlers.lockNow({})
    putBack(ward, kept)
    await closeAll()
    const answer = await verifyFolder({ folder: ward.folder, keychain: ward.keychain }, undefined)
    expect(answer.json).toMatchObject({ ok: false, problem: 'cut' })
    const again = await restart(ward)
    expect(again.desk.screen()).toMatchObject({ kind: 'failed', code: 'log-cut' })
  })

  it('is never signed while somebody is signed in, either', async () => {
    const ward = await restart(copyOf(station))
    const kept = keep(ward)
    const before = ward.keychain.entries.get('checkpoint')
    await signIn(ward)
    await expect.poll(() => ward.keychain.entries.get('checkpoint'), { timeout: 5000 }).not.toBe(before)
    putBack(ward, kept)
    await ward.desk.handlers.lockNow({})
    await closeAll()
    const again = await restart(ward)
    expect(again.desk.screen()).toMatchObject({ kind: 'failed', code: 'log-cut' })
  })
})
