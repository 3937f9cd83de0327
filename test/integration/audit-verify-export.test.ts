// audit verify over an export: whatever an editor can do to the file is found and named.
import fs from 'node:fs'
import path from 'node:path'
import canonicalize from 'canonicalize'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkpoint, verifyFile } from '../../src/cli/audit.ts'
import { openDatabase } from '../../src/station/database.ts'
import { exportLines } from '../../src/station/export.ts'
import { StationKeys } from '../../src/station/keys.ts'
import { Ledger } from '../../src/station/ledger.ts'
import { logOrigin, readStation, signCheckpoint, stationNumber } from '../../src/station/signing.ts'
import { SessionKeychain } from '../support/cli.ts'
import { type Bench, newFolder, setUp, startDesk } from '../support/fakes.ts'
import { broughtAlong, complete, cut, notSigned, rewritten, unchangedUpTo, wrong } from './audit-words.ts'

const root = newFolder()
const checkpointFile = path.join(root, 'checkpoint')
const foreignCheckpointFile = path.join(root, 'foreign-checkpoint')
/** Lines of an export, of an earlier one of the same station, and of another station's. */
let whole: string[] = []
let earlier: string[] = []
let foreign: string[] = []
let size = 0
let lastMs = 0
let number = ''

async function stationLines(bench: Bench): Promise<string[]> {
  const db = openDatabase(bench.folder, { readonly: true })
  const keys = new StationKeys(Buffer.from((await bench.keychain.read('root-key')) ?? '', 'base64'))
  const ledger = new Ledger(db, keys, bench.clock, '')
  const station = readStation(ledger)
  if (!station) throw new Error('no station')
  const origin = logOrigin(stationNumber(station.signing_public))
  const note = signCheckpoint(station, keys, ledger.frontier())
  const lines = [...exportLines(db, ledger.frontier().size, origin, station.signing_public, note)]
  db.close()
  return lines
}
async function keepCheckpoint(bench: Bench, file: string): Promise<void> {
  const answer = await checkpoint({ folder: bench.folder, keychain: bench.keychain })
  fs.writeFileSync(file, String(answer.json?.checkpoint))
}

beforeAll(async () => {
  const bench = await startDesk({ keychain: new SessionKeychain() })
  await setUp(bench)
  await bench.desk.close()
  earlier = await stationLines(bench)
  bench.clock.pass(3_600_000)
  const again = await startDesk(bench)
  await again.desk.close()
  whole = await stationLines(bench)
  size = whole.length - 2
  lastMs = bench.clock.nowMs()
  number = /[0-9a-f]{16}/.exec(whole[0] ?? '')?.[0] ?? ''
  await keepCheckpoint(bench, checkpointFile)
  const other = await startDesk({ keychain: new SessionKeychain() })
  await setUp(other)
  await other.desk.close()
  foreign = await stationLines(other)
  await keepCheckpoint(other, foreignCheckpointFile)
  for (const { folder } of [bench, other]) fs.rmSync(folder, { recursive: true })
})
afterAll(() => fs.rmSync(root, { recursive: true }))

let files = 0
async function verify(lines: readonly string[], given?: string): Promise<readonly string[]> {
  const file = path.join(root, `export-${++files}.jsonl`)
  fs.writeFileSync(file, lines.map((line) => `${line}\n`).join(''))
  const answer = await verifyFile(file, given)
  expect(answer.json).toMatchObject({ ok: !answer.found })
  return answer.lines
}

const line = (lines: readonly string[], number: number): string => lines.at(number) ?? ''
/** An event with another salt: well-formed, and not what was hashed. Line 0 is the head, so event n is line n. */
const reworded = (lines: readonly string[], number: number): string[] =>
  lines.with(number, canonicalize({ ...JSON.parse(line(lines, number)), salt: 'AAAAAAAAAAAAAAAAAAAAAA' }) as string)
const inserted = (lines: readonly string[], number: number): string =>
  canonicalize({ ...JSON.parse(line(lines, number)), id: '01890000-0000-7000-8000-000000000000' }) as string

describe('an export that nobody touched', () => {
  it('is unchanged up to its last event, with nothing to anchor it', async () => {
    expect(await verify(whole)).toEqual([...unchangedUpTo(size, lastMs), ...broughtAlong(number)])
  })
  it('is complete and unchanged, with a checkpoint', async () => {
    const words = [...complete(size, 'the checkpoint given'), ...broughtAlong(number)]
    expect(await verify(whole, checkpointFile)).toEqual(words)
  })
})

describe.each([
  ['a checkpoint given', checkpointFile],
  ['nothing to anchor it', undefined],
])('in an export, with %s', (_with, given) => {
  it.each([
    ['an edited event', (l: string[]) => reworded(l, 5), 5, 'changed'],
    ['an edited first event', (l) => reworded(l, 1), 1, 'changed'],
    ['an event in another form', (l) => l.with(5, line(l, 5).replace('{', '{ ')), 5, 'unreadable'],
    ['an event that is none', (l) => l.with(5, '{"type":"session-ended"}'), 5, 'unreadable'],
    ['a removed event', (l) => l.toSpliced(5, 1), 5, 'out of order'],
    ['a removed first event', (l) => l.toSpliced(1, 1), 1, 'out of order'],
    ['two events in the other order', (l) => l.toSpliced(5, 2, line(l, 6), line(l, 5)), 5, 'out of order'],
    ['an event twice', (l) => l.toSpliced(6, 0, line(l, 5)), 6, 'out of order'],
    ['an inserted event', (l) => l.toSpliced(5, 0, inserted(l, 5)), 6, 'out of order'],
    ['an event of another station', (l) => l.with(5, line(foreign, 5)), 5, 'of another station'],
  ] as [string, (lines: string[]) => string[], number, string][])('%s', async (_what, edit, number, problem) => {
    expect(await verify(edit(whole), given)).toEqual(wrong(number, problem))
  })

  it('a cut tail', async () => {
    expect(await verify(whole.toSpliced(-4, 3), given)).toEqual(cut(size, size - 3))
  })
  it('an end cut off with the checkpoint', async () => {
    const [words] = await verify(whole.slice(0, -3), given)
    const expected = given
      ? cut(size, size - 2)[0]
      : `Cut: the export ends after ${size - 2} events, without its checkpoint.`
    expect(words).toBe(expected)
  })
  it('an end cut off within a line', async () => {
    expect(await verify(whole.with(-1, line(whole, -1).slice(0, -9)), given)).toEqual(wrong(size + 1, 'unreadable'))
  })
  it('an edited last event', async () => {
    expect(await verify(reworded(whole, size), given)).toEqual(rewritten(size))
  })
  it('an event after the checkpoint', async () => {
    expect(await verify([...whole, line(whole, size)], given)).toEqual(wrong(size + 1, 'out of order'))
  })
  it('a checkpoint that another station signed', async () => {
    expect(await verify(whole.with(-1, line(foreign, -1)), given)).toEqual(notSigned)
  })
  it('an edited checkpoint', async () => {
    const edited = line(whole, -1).replace(`\\n${size}\\n`, `\\n${size - 1}\\n`)
    expect(await verify(whole.toSpliced(-2, 2, edited), given)).toEqual(notSigned)
  })
})

describe('of an export only a checkpoint given tells', () => {
  it('that it is an earlier one', async () => {
    expect(await verify(earlier, checkpointFile)).toEqual(cut(size, earlier.length - 2))
    expect(await verify(earlier)).toEqual([
      expect.stringMatching(`^unchanged up to .*Z, ${earlier.length - 2} events$`),
      "no anchor from outside: a later cut can't be excluded",
      ...broughtAlong(number),
    ])
  })
  it('that it is another station’s', async () => {
    expect(await verify(foreign, checkpointFile)).toEqual(notSigned)
    expect(await verify(whole, foreignCheckpointFile)).toEqual(notSigned)
  })
})

describe('what is no export', () => {
  it.each([
    ['an empty file', []],
    ['another text', ['Name,Location', 'Ward 7,Level 2']],
    ['events without their head', () => whole.slice(1)],
  ] as [string, string[] | (() => string[])][])('is said to be none: %s', async (_what, lines) => {
    const words = ['This file is not an export of the audit log.']
    expect(await verify(typeof lines === 'function' ? lines() : lines)).toEqual(words)
  })
})
