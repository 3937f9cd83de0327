// The command line as a real process: exit status 1 for a found problem, 2 for a wrong use, 3 for older data, each in plain words.
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseFile, openDatabase } from '../../src/station/database.ts'
import { type CliStation, makeCliStation } from '../support/cli.ts'
import { makeOlder } from '../support/older-store.ts'

let station: CliStation
beforeAll(async () => {
  station = await makeCliStation()
})
afterAll(() => fs.rmSync(station.root, { recursive: true }))
const inRoot = (name: string): string => path.join(station.root, name)
const eventsIn = (): number => {
  const db = openDatabase(station.bench.folder, { readonly: true })
  const count = db.prepare('SELECT count(*) FROM event').pluck().get() as number
  db.close()
  return count
}

/** A folder beside the station's with something in it that is not right. */
function spoiled(name: string, change: (copy: string) => void): string {
  fs.cpSync(station.bench.folder, inRoot(name), { recursive: true })
  change(inRoot(name))
  return inRoot(name)
}
const sql = (text: string) => (copy: string) => {
  const db = new Database(databaseFile(copy))
  db.exec(text)
  db.close()
}

const all = [['audit', 'verify'], ['audit', 'checkpoint'], ['audit', 'export'], ['status']]

describe('with 1, found a problem', () => {
  const problems: [string, (name: string) => string, string, string][] = [
    ['no station', (name) => newIn(name), 'There is no station in this folder.', 'data-missing'],
    ['a missing folder', (name) => inRoot(name), 'There is no station in this folder.', 'data-missing'],
    [
      'no database',
      (name) => spoiled(name, (copy) => fs.writeFileSync(databaseFile(copy), 'x'.repeat(9999))),
      "The station's data is damaged.",
      'data-damaged',
    ],
    [
      'an empty database',
      (name) => spoiled(name, (copy) => fs.writeFileSync(databaseFile(copy), '')),
      "The station's data is damaged.",
      'data-damaged',
    ],
    [
      'a file from the future',
      (name) => spoiled(name, sql('PRAGMA user_version = 99')),
      "The station's data is from a newer version.",
      'data-newer',
    ],
    [
      'another key',
      (name) => spoiled(name, sql("UPDATE station SET key_check = x'00'")),
      "The keychain's key is not the one that this station's data rests under.",
      'key-changed',
    ],
    [
      'an edited station',
      (name) => spoiled(name, sql("UPDATE station SET name = 'Ward 8'")),
      "The station's data was changed from outside.",
      'data-edited',
    ],
  ]
  const newIn = (name: string): string => {
    fs.mkdirSync(inRoot(name))
    return inRoot(name)
  }
  it.each(problems)('%s, whatever is asked', async (what, make, words, problem) => {
    const data = make(what.replaceAll(' ', '-'))
    const plain = station.cli('audit', 'verify', '--data', data)
    const machine = await Promise.all(all.map((command) => station.cli(...command, '--data', data, '--json')))
    expect(await plain).toEqual({ status: 1, stdout: `${words}\n`, stderr: '' })
    for (const { status, stdout, stderr } of machine)
      expect([status, JSON.parse(stdout), stderr]).toEqual([1, { ok: false, problem }, ''])
  })

  it.each([
    ['a keychain without the key', { WARDKEY_KEYCHAIN_SERVICE: 'wardkey-test-nothing' }, /^The keychain has no key/],
    ['no keychain', { DBUS_SESSION_BUS_ADDRESS: 'disabled:' }, /^The keychain can't be reached\.$/m],
  ])('%s', async (_what, env, words) => {
    const { status, stdout, stderr } = await station.cliWith({ env }, 'audit', 'verify')
    expect([status, stderr]).toEqual([1, ''])
    expect(stdout).toMatch(words)
  })

  it('an edited event, with its number', async () => {
    const data = spoiled(
      'edited-event',
      sql("UPDATE event SET body = replace(body, 'station', 'Station') WHERE number = 3"),
    )
    const { status, stdout } = await station.cli('audit', 'verify', '--data', data)
    expect([status, stdout]).toEqual([1, 'Event 3 is the first that is wrong: changed.\n'])
    const { stdout: json } = await station.cli('audit', 'verify', '--data', data, '--json')
    expect(JSON.parse(json)).toEqual({ ok: false, problem: 'event', event: 3, what: 'changed' })
  })
  it('a cut tail, with what is missing', async () => {
    const events = eventsIn()
    const data = spoiled('cut', sql(`DELETE FROM event WHERE number = ${events}`))
    const { status, stdout } = await station.cli('audit', 'verify', '--data', data, '--json')
    expect([status, JSON.parse(stdout)]).toEqual([1, { ok: false, problem: 'cut', event: events, known: events }])
  })
  it('an edited row, by its name', async () => {
    const data = spoiled('edited-row', sql("UPDATE policy SET document = '{}'"))
    const { status, stdout } = await station.cli('audit', 'verify', '--data', data, '--json')
    expect([status, JSON.parse(stdout)]).toEqual([1, { ok: false, problem: 'row', row: 'policy/current' }])
  })
  it('a file that is no export', async () => {
    const { status, stdout } = await station.cli('audit', 'verify', '--file', databaseFile(station.bench.folder))
    expect([status, stdout]).toEqual([1, 'This file is not an export of the audit log.\n'])
  })
})

const folder = import.meta.dirname
describe('with 3, a store of an older version', () => {
  const reading = [...all, ['people', 'list'], ['offers', 'list'], ['policy', 'show'], ['emergency', 'list']]
  const storeOf = (folder: string) =>
    ['', '-wal'].map((end) => fs.readFileSync(`${databaseFile(folder)}${end}`, { flag: 'a+' }).toString('base64'))

  it('is said by whatever only reads, which changes nothing; the first change brings it up to date', async () => {
    const data = spoiled('older', makeOlder)
    const before = storeOf(data)
    for (const command of reading) {
      const { status, stdout, stderr } = await station.cli(...command, '--data', data, '--json')
      expect([command, status, JSON.parse(stdout), stderr]).toEqual([
        ...[command, 3, { ok: false, problem: 'data-older' }, ''],
      ])
    }
    const { stdout } = await station.cli('status', '--data', data)
    expect(stdout).toMatch(/from an older version.*\nStart the station once, or run a command that changes something/)
    const doctor = await station.cli('doctor', '--data', data)
    expect(doctor.stdout).toMatch(/look {2}store +the store is from an older version\n +-> start the station once/)
    expect(storeOf(data)).toEqual(before)
    // A wrong code is a change, too: it is on record.
    const tried = await station.cli(
      'people',
      'add',
      'N2044',
      'Bola',
      '--as',
      'A1001',
      '--code',
      '000000',
      '--data',
      data,
    )
    expect(tried.stdout).toMatch(/^That code did not match/)
    expect(await station.cli('status', '--data', data)).toMatchObject({ status: 0 })
  })

  it('is damage where it only says so', async () => {
    const data = spoiled('said-older', sql('PRAGMA user_version = 3'))
    const { status, stdout } = await station.cli('status', '--data', data, '--json')
    expect([status, JSON.parse(stdout)]).toEqual([1, { ok: false, problem: 'data-damaged' }])
  })
})

describe('with 2, used wrongly', () => {
  it.each([
    [['audit', 'verify', '--data', '.', '--file', 'x'], 'give --data or --file, not both'],
    [['audit', 'verify', '--file', '/nowhere/export'], 'there is no file /nowhere/export'],
    [['audit', 'verify', '--file', folder], /\S/],
    [['audit', 'verify', '--checkpoint', '/nowhere/checkpoint'], "can't read /nowhere/checkpoint"],
    [['audit', 'verify', '--checkpoint', folder], `can't read ${folder}`],
    [['audit', 'export', '--format', 'xml'], 'the format is jsonl or csv, not "xml"'],
    [['audit', 'verify', 'more'], /too many arguments/],
    [['audit', 'verify', '--data'], /argument missing/],
    [['audit', 'verify', '--jso'], /unknown option '--jso'/],
    [['audit', 'erase'], /unknown command 'erase'/],
    [['audit'], /Usage: wardkey audit/],
    [[], /Usage: wardkey/],
  ] as [string[], string | RegExp][])('%j', async (args, words) => {
    const { status, stdout, stderr } = await station.cli(...args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).not.toMatch(/^\s+at |node:internal/m)
    if (typeof words === 'string') expect(stderr).toBe(`${words}\n`)
    else expect(stderr).toMatch(words)
  })
  it('without a folder', async () => {
    const { status, stderr } = await station.cliWith({ env: { WARDKEY_DATA_DIR: undefined } }, 'status')
    expect([status, stderr]).toEqual([2, 'name the data folder with --data or WARDKEY_DATA_DIR\n'])
  })
  it.each(['WARDKEY_DATA_DIR', 'WARDKEY_KEYCHAIN_SERVICE'])('with an empty %s', async (name) => {
    const { status, stderr } = await station.cliWith({ env: { [name]: '' } }, 'status')
    expect([status, stderr]).toEqual([2, `${name}: not a usable value\n`])
  })
})
