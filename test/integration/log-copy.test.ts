// Verifying and copying the log beside the work at the desk: progress, an end at any time, and a file that is whole or not there.
import fs from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { verifyFile } from '../../src/cli/audit.ts'
import type { LogWorkView } from '../../src/contracts/commands/audit.ts'
import { growLog } from '../support/attack-log.ts'
import { closeAll, newWard, reachInto, read, restart, signIn, type Ward } from '../support/attack-station.ts'

afterEach(() => closeAll())
afterAll(() => closeAll(true))

/** Signed in, with a log of some pages, and somebody who chooses this file. */
async function readyWard(chosen: string | null): Promise<Ward & { file: string }> {
  const stopped = await newWard()
  await closeAll()
  growLog(stopped, 1500)
  const file = path.join(stopped.folder, chosen ?? '')
  const ward = await restart(stopped, { chooseFile: async () => (chosen === null ? null : file) })
  await signIn(ward)
  return { ...ward, file }
}
const view = async ({ desk }: Ward): Promise<LogWorkView | null> => {
  const answer = await desk.handlers.readLogWork({})
  return answer.ok ? answer.work : null
}
const ended = (ward: Ward) =>
  expect.poll(async () => (await view(ward))?.state, { timeout: 20_000 }).not.toBe('running')
const lastTypes = (ward: Ward) => read<string>(ward, 'SELECT type FROM event ORDER BY number DESC LIMIT 2')

describe('verifying', () => {
  it('shows how far it is, lets others work, and says what it is anchored to', async () => {
    const ward = await readyWard(null)
    expect(await ward.desk.handlers.verifyLog({})).toEqual({ ok: true })
    expect(await ward.desk.handlers.verifyLog({})).toEqual({ ok: false, reason: 'busy' })
    const total = read<number>(ward, 'SELECT max(number) FROM event')[0]
    expect(await view(ward)).toMatchObject({ kind: 'verify', state: 'running', total })
    expect(await ward.desk.handlers.listPeople({ search: '', page: 0 })).toMatchObject({ ok: true })
    await ended(ward)
    expect(await view(ward)).toMatchObject({ state: 'done', events: total, finding: null, anchored: true })
    expect(lastTypes(ward)[0]).toBe('log-verified')
  })
  it('stops when asked, and with the session', async () => {
    const ward = await readyWard(null)
    await ward.desk.handlers.verifyLog({})
    await ward.desk.handlers.cancelLogWork({})
    expect(await view(ward)).toMatchObject({ state: 'cancelled', finding: null })
    await ward.desk.handlers.verifyLog({})
    await ward.desk.handlers.lockNow({})
    await signIn(ward)
    expect(await view(ward)).toBeNull()
    expect(read(ward, "SELECT number FROM event WHERE type = 'log-verified'")).toEqual([])
  })
  it('names the first event that is wrong, and the station closes once nobody is signed in', async () => {
    const ward = await readyWard(null)
    await expect
      .poll(() => (ward.desk.screen() as { log?: { state: string } }).log?.state, { timeout: 20_000 })
      .toBe('complete')
    reachInto(ward, (db) => db.exec("UPDATE event SET body = replace(body, 'refused', 'accepted') WHERE number = 700"))
    await ward.desk.handlers.verifyLog({})
    await ended(ward)
    expect(await view(ward)).toMatchObject({ finding: { kind: 'event', event: 700, problem: 'changed' } })
    expect(ward.desk.screen()).toMatchObject({ kind: 'session' })
    await ward.desk.handlers.lockNow({})
    expect(ward.desk.screen()).toMatchObject({ kind: 'failed', code: 'log-changed' })
  })
})

describe('a copy', () => {
  it('in JSON Lines verifies by itself, and ends with the event that tells of it', async () => {
    const ward = await readyWard('log.jsonl')
    expect(await ward.desk.handlers.exportLog({ format: 'jsonl' })).toEqual({ ok: true })
    await ended(ward)
    expect(await view(ward)).toMatchObject({ kind: 'export', state: 'done', file: 'log.jsonl' })
    expect(await verifyFile(ward.file, undefined)).toMatchObject({ found: false })
    const lines = fs.readFileSync(ward.file, 'utf8').trimEnd().split('\n')
    const last = JSON.parse(lines.at(-2) ?? '')
    expect(last).toMatchObject({ type: 'log-exported', details: { format: 'jsonl', events: lines.length - 2 } })
    expect(fs.statSync(ward.file).mode & 0o077).toBe(0)
  })
  it('as a table has a line for each event, with people by name', async () => {
    const ward = await readyWard('log.csv')
    await ward.desk.handlers.exportLog({ format: 'csv' })
    await ended(ward)
    const rows = parse(fs.readFileSync(ward.file), { bom: true, columns: true }) as Record<string, string>[]
    expect(rows.map(({ number }) => Number(number))).toEqual(rows.map((_, i) => i + 1))
    expect(rows.at(-1)).toMatchObject({ type: 'log-exported', by_staff_id: 'A1001', by_name: 'Ada Kern' })
    expect(rows[0]).toMatchObject({ type: 'station-set-up', time: new Date('2026-01-05T08:00:00Z').toISOString() })
  })
  it('is none where nobody chose a file, where it is stopped, or where it can not be written', async () => {
    const nowhere = await readyWard(null)
    expect(await nowhere.desk.handlers.exportLog({ format: 'csv' })).toEqual({ ok: false, reason: 'no-file' })
    expect(read(nowhere, "SELECT number FROM event WHERE type = 'log-exported'")).toEqual([])
    await closeAll()
    const stopped = await readyWard('log.csv')
    await stopped.desk.handlers.exportLog({ format: 'csv' })
    await stopped.desk.handlers.lockNow({})
    await expect.poll(() => fs.readdirSync(stopped.folder).filter((name) => name.startsWith('log.csv'))).toEqual([])
    await closeAll()
    const full = await readyWard('no/such/folder/log.csv')
    await full.desk.handlers.exportLog({ format: 'csv' })
    await ended(full)
    expect(await view(full)).toMatchObject({ state: 'failed' })
    expect(full.desk.screen()).toMatchObject({ kind: 'session' })
  })
  it('wants a fresh code', async () => {
    const ward = await readyWard('log.csv')
    for (let minute = 0; minute < 6; minute++) {
      ward.clock.pass(60_000)
      await ward.desk.handlers.reportActivity({})
    }
    expect(await ward.desk.handlers.exportLog({ format: 'csv' })).toEqual({ ok: false, reason: 'step-up-needed' })
  })
})
