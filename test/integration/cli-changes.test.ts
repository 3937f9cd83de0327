// Changes from the command line, as real processes on a real keyring, beside a running station.
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDesk } from '../../src/station/create-desk.ts'
import { databaseFile } from '../../src/station/database.ts'
import type { Desk } from '../../src/station/desk.ts'
import { createKeytarKeychain } from '../../src/station/keytar-keychain.ts'
import { runCli } from '../support/cli-run.ts'
import { administrator, codeOf, FakeLog, FakePrinter, newFolder, setUp } from '../support/fakes.ts'
import { serviceOf } from '../support/station-app.ts'

const stepMs = 30_000
/** The wall clock, some steps back: the command line lives in the present, so each of its codes is a later one. */
class EarlierClock {
  aheadMs = -20 * stepMs
  nowMs = (): number => Date.now() + this.aheadMs
  runningMs = (): number => performance.now()
}

const folder = newFolder()
const clock = new EarlierClock()
const as = ['--as', administrator.staffId]
let desk: Desk
let setupKey = ''

beforeAll(async () => {
  desk = createDesk({
    dataFolder: folder,
    appVersion: '0.0.0',
    clock,
    keychain: createKeytarKeychain(serviceOf(folder)),
    log: new FakeLog(),
    printer: new FakePrinter(),
    phoneHost: null,
    sqliteBinding: undefined,
  })
  await desk.start()
  ;({ setupKey } = await setUp({ desk, clock }))
})
afterAll(async () => desk.close())

function holdStore(): () => void {
  const other = new Database(databaseFile(folder))
  other.exec('BEGIN IMMEDIATE')
  return () => {
    other.close()
  }
}

describe('a change', () => {
  it('needs an administrator, and changes nothing without', async () => {
    expect(await runCli(folder, 'people', 'add', 'N2044', 'Bola')).toMatchObject({ status: 2, text: '' })
    const wrong = await runCli(folder, 'people', 'add', 'N2044', 'Bola', ...as, '--code', '000000', '--json')
    expect(wrong).toMatchObject({ status: 1, json: { ok: false, problem: 'wrong-code' } })
    expect(await runCli(folder, 'people', 'list', '--json')).toMatchObject({ status: 0, json: { total: 1 } })
  })

  it('imports a file with one code, once another process is done, which is then used up; verify stays content', async () => {
    const file = path.join(folder, 'people.csv')
    fs.writeFileSync(file, 'staff_id;name\nN2044;Bola Adeyemi\nN2107;Carmen Ruiz\n')
    expect(await runCli(folder, 'people', 'import', file, '--dry-run')).toMatchObject({
      status: 0,
      text: '2 people can be added.',
    })
    const code = codeOf(setupKey, Date.now())
    // Another process writes meanwhile, for longer than the station would wait.
    const letGo = holdStore()
    setTimeout(letGo, 4000)
    expect(await runCli(folder, 'people', 'import', file, ...as, '--code', code)).toMatchObject({
      status: 0,
      text: '2 people were added.',
    })
    const again = await runCli(
      folder,
      'people',
      'leave',
      'N2044',
      '--reason',
      'a test',
      ...as,
      '--code',
      code,
      '--json',
    )
    expect(again).toMatchObject({ status: 1, json: { problem: 'already-used' } })
    expect(await runCli(folder, 'audit', 'verify')).toMatchObject({ status: 0 })
  })

  it('names every bad line of a file, and adds nobody', async () => {
    const file = path.join(folder, 'bad.csv')
    fs.writeFileSync(file, 'staff_id,name\nN1,\nN2,"Dora\n')
    const { status, text } = await runCli(folder, 'people', 'import', file, '--dry-run')
    expect(status).toBe(1)
    expect(text).toMatch(/^line \d: a quotation mark is not closed/)
  })

  it('exports the people as a file that import reads, and says so in the log', async () => {
    const { status, text } = await runCli(folder, 'people', 'export', '--format', 'csv')
    expect(status).toBe(0)
    const lines = text.split('\r\n')
    expect(lines[0]).toBe('staff_id,name,roles,status')
    expect(lines[1]).toBe('A1001,Ada Kern,administrator,active')
    const file = path.join(folder, 'exported.csv')
    fs.writeFileSync(file, text)
    const problems = Array.from({ length: 3 }, () => ({ problem: 'staff-id-taken' }))
    expect(await runCli(folder, 'people', 'import', file, '--dry-run', '--json')).toMatchObject({ json: { problems } })
    const exported = await runCli(folder, 'audit', 'export', '--format', 'csv')
    expect(exported.text).toContain(',people-exported,')
    expect(await runCli(folder, 'people', 'export', '--format', 'xml')).toMatchObject({ status: 2, text: '' })
  })
})
