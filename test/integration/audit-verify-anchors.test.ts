// audit verify over a folder: what is found by an anchor alone, and what somebody with the keychain's key can't hide.
import fs from 'node:fs'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyFolder } from '../../src/cli/audit.ts'
import { writeAnchor } from '../../src/station/anchor.ts'
import { databaseFile } from '../../src/station/database.ts'
import { Ledger } from '../../src/station/ledger.ts'
import { readStation, signCheckpoint } from '../../src/station/signing.ts'
import { SessionKeychain } from '../support/cli.ts'
import { FakeClock } from '../support/fakes.ts'
import { type Anchor, type AuditedFolder, anchors, at, type Edit, makeAuditedFolder } from './audit-folder.ts'
import { chained, readEvents, reworded, signed, withoutTail, writeEvents, writeHead } from './audit-tampering.ts'
import { cut, rewritten, row, wrong } from './audit-words.ts'

let audited: AuditedFolder
beforeAll(async () => {
  audited = await makeAuditedFolder()
})
afterAll(() => fs.rmSync(audited.root, { recursive: true }))
const verify = async (folder: string, anchor: Anchor) => (await audited.ask(folder, anchor)).lines
/** The anchors that come from outside the folder. */
const outside = ['keychain', '--checkpoint'] as const

describe('what only an anchor finds', () => {
  const cutWithHead = () =>
    audited.tampered((db) => {
      const events = withoutTail(readEvents(db), 1)
      writeEvents(db, events)
      writeHead(db, events)
    })
  it.each(outside)('a cut tail whose head was made to fit, with %s', async (anchor) => {
    expect(await verify(cutWithHead(), anchor)).toEqual(cut(audited.size, audited.size - 1))
  })
  it('a cut tail whose head was made to fit: without one, the head’s own MAC tells', async () => {
    expect(await verify(cutWithHead(), 'none')).toEqual(row('log_head'))
  })
  it.each(outside)('an older copy of the whole folder, with %s', async (anchor) => {
    expect(await verify(audited.older, anchor)).toEqual(cut(audited.size, audited.olderSize))
  })
  it('an older copy of the whole folder: without one, that is not excluded', async () => {
    const [first, second] = await verify(audited.older, 'none')
    expect(first).toMatch(new RegExp(`^unchanged up to 2026-\\S+Z, ${audited.olderSize} events$`))
    expect(second).toBe("no anchor from outside: a later cut can't be excluded")
  })
})

describe('by somebody with the keychain’s key', () => {
  const forge = (edit: Edit, head = true) =>
    audited.tampered((db) => {
      const events = edit(readEvents(db))
      writeEvents(db, events)
      if (head) writeHead(db, events, audited.keys)
    })
  const oneForged = () => forge((e) => e.with(6, signed(reworded(at(e, 7)), audited.keys)), false)
  const allForged = () => forge((e) => chained(e.with(6, reworded(at(e, 7))), audited.keys))

  it.each(anchors)('one event made to fit: the next one points at another, with %s', async (anchor) => {
    expect(await verify(oneForged(), anchor)).toEqual(wrong(7, 'changed'))
  })
  it.each(anchors)('an event that is none, made to fit, with %s', async (anchor) => {
    const folder = forge((e) => e.with(6, signed({ ...at(e, 7), body: '{"number":7}' }, audited.keys)), false)
    expect(await verify(folder, anchor)).toEqual(wrong(7, 'unreadable'))
  })
  it.each(anchors)('an event added after the last, without a new head, with %s', async (anchor) => {
    const folder = forge((e) => chained([...e, { ...at(e, 1), id: 'added' }], audited.keys), false)
    const added = wrong(audited.size + 1, 'does not follow the one before')
    expect(await verify(folder, anchor)).toEqual(added)
  })
  it.each(outside)('the whole log written anew, with %s', async (anchor) => {
    expect(await verify(allForged(), anchor)).toEqual(rewritten(audited.size))
  })
  it('the whole log written anew and signed again: only a checkpoint kept elsewhere finds it', async () => {
    const folder = allForged()
    const db = new Database(databaseFile(folder), { readonly: true })
    const ledger = new Ledger(db, audited.keys, new FakeClock(), '')
    const station = readStation(ledger)
    if (!station) throw new Error('no station')
    const note = signCheckpoint(station, audited.keys, ledger.frontier())
    const keychain = new SessionKeychain()
    await keychain.write('root-key', (await audited.keychain.read('root-key')) ?? '')
    await keychain.write('checkpoint', writeAnchor(note, ledger.frontier()))
    db.close()
    const parts = { folder, keychain }
    expect(await verifyFolder(parts, undefined)).toMatchObject({ found: false })
    expect((await verifyFolder(parts, audited.checkpointFile)).lines).toEqual(rewritten(audited.size))
    expect((await verifyFolder(parts, audited.olderCheckpointFile)).lines).toEqual(rewritten(audited.olderSize))
  })
})
