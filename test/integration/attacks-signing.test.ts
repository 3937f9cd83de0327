// A signature of the station's vouches for what is signed: nothing forged, re-timed or cut gets one.
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { checkpoint, exportLog, verifyFile } from '../../src/cli/audit.ts'
import type { Answer } from '../../src/cli/output.ts'
import type { StationDatabase } from '../../src/station/database.ts'
import { changed, exportNow, type Forgery, noKey, noteNow, rewrite } from '../support/attack-log.ts'
import { closeAll, copyOf, newWard, reachInto, restart, type Stopped, signIn } from '../support/attack-station.ts'
import { newFolder } from '../support/fakes.ts'
import { at } from './audit-folder.ts'
import { withoutTail } from './audit-tampering.ts'
import { broughtAlong, complete } from './audit-words.ts'

let station: Stopped
let olderNote = ''
let olderSize = 0
const files = newFolder()
beforeAll(async () => {
  const ward = await newWard()
  await closeAll()
  olderNote = noteNow(ward)
  olderSize = exportNow(ward).length - 2
  const again = await restart(ward)
  await signIn(again)
  await closeAll()
  station = ward
})
afterEach(() => closeAll())
afterAll(async () => {
  await closeAll(true)
  fs.rmSync(files, { recursive: true })
})

/** The answer, and what went to standard output before it. */
async function heard(work: Promise<Answer>): Promise<{ answer: Answer; written: string }> {
  const chunks: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    chunks.push(String(chunk))
    return true
  })
  try {
    return { answer: await work, written: chunks.join('') }
  } finally {
    write.mockRestore()
  }
}
function fileOf(name: string, text: string): string {
  const file = path.join(files, name)
  fs.writeFileSync(file, text)
  return file
}

const reTimed: Forgery = (events) =>
  events.map((event) => changed(event, { atMs: JSON.parse(event.body).atMs - 3_600_000 }))
const otherReason: Forgery = (events) => events.with(4, changed(at(events, 5), { reason: 'forged' }))
const oneMore: Forgery = (events) => [
  ...events,
  { ...at(events, events.length), id: '01900000-0000-7000-8000-000000000001' },
]
const damage: [string, (db: StationDatabase) => unknown][] = [
  ['edited events', (db) => rewrite(db, noKey, otherReason)],
  ['events with other times', (db) => rewrite(db, noKey, reTimed)],
  ['a forged event at the end', (db) => rewrite(db, noKey, oneMore)],
  ['a tail that was cut off', (db) => rewrite(db, noKey, (events) => withoutTail(events, 3))],
  ['a tail that was cut off, with HMACs as they were', (db) => db.exec('DELETE FROM event WHERE number > 8')],
  ['a head that was wiped', (db) => db.exec('UPDATE log_head SET hashes = zeroblob(length(hashes))')],
  ['an edited role', (db) => db.exec(`UPDATE person SET roles = '["staff"]'`)],
  ['an edited row_change', (db) => db.exec("UPDATE row_change SET number = 1 WHERE row LIKE 'person/%'")],
]

describe.each([
  ['audit checkpoint', checkpoint],
  ['audit export', exportLog],
] as const)('%s', (_name, command) => {
  it.each(damage)('signs nothing of a log with %s', async (_what, change) => {
    const stopped = copyOf(station)
    reachInto(stopped, change)
    const { answer, written } = await heard(command(stopped))
    expect(answer).toMatchObject({ found: true, json: { ok: false } })
    expect(JSON.stringify(answer) + written).not.toContain('wardkey/standalone')
  })
  it('signs what is whole', async () => {
    const { answer, written } = await heard(command(copyOf(station)))
    expect(answer.found).toBe(false)
    expect(JSON.stringify(answer) + written).toContain('wardkey/standalone')
  })
})

describe('an export with a checkpoint from before', () => {
  it('is vouched for up to there, and said to be', async () => {
    const lines = exportNow(station)
    const number = /[0-9a-f]{16}/.exec(olderNote)?.[0] ?? ''
    const file = fileOf('whole.jsonl', `${lines.join('\n')}\n`)
    const answer = await verifyFile(file, fileOf('older.txt', olderNote))
    const size = lines.length - 2
    expect(answer.lines).toEqual([
      expect.stringMatching(`^unchanged up to 2026-.*Z, ${size} events$`),
      `the checkpoint given vouches for the first ${olderSize}: a cut after them can't be excluded`,
      ...broughtAlong(number),
    ])
    expect(answer.json).toMatchObject({ ok: true, events: size, anchored: olderSize })
    expect((await verifyFile(file, fileOf('now.txt', noteNow(station)))).lines).toEqual([
      ...complete(size, 'the checkpoint given'),
      ...broughtAlong(number),
    ])
  })
})
