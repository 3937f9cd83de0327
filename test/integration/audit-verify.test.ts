// audit verify over a folder: whatever sqlite3 can do to it is found and named, with every anchor.
import fs from 'node:fs'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyFolder } from '../../src/cli/audit.ts'
import { databaseFile } from '../../src/station/database.ts'
import {
  type Anchor,
  type AuditedFolder,
  anchors,
  at,
  type Edit,
  editEvents,
  makeAuditedFolder,
} from './audit-folder.ts'
import { rehashed, reworded, type StoredEvent, withoutTail } from './audit-tampering.ts'
import { complete, cut, row, unchangedUpTo, wrong } from './audit-words.ts'

let audited: AuditedFolder
beforeAll(async () => {
  audited = await makeAuditedFolder()
})
afterAll(() => fs.rmSync(audited.root, { recursive: true }))
const verify = async (folder: string, anchor: Anchor) => (await audited.ask(folder, anchor)).lines

describe('a folder that nobody touched', () => {
  it.each([
    ['keychain', 'this keychain'],
    ['--checkpoint', 'the checkpoint given'],
  ] as const)('is complete and unchanged, with %s', async (anchor, words) => {
    expect(await verify(audited.whole, anchor)).toEqual(complete(audited.size, words))
  })
  it('is unchanged so far as can be told, with nothing to anchor it', async () => {
    expect(await verify(audited.whole, 'none')).toEqual(unchangedUpTo(audited.size, audited.lastMs))
  })
  it('extends an older checkpoint, and names both anchors', async () => {
    const parts = { folder: audited.whole, keychain: audited.keychain }
    const { lines } = await verifyFolder(parts, audited.olderCheckpointFile)
    expect(lines).toEqual(complete(audited.size, 'this keychain', 'the checkpoint given'))
  })
})

describe.each(anchors)('by somebody with sqlite3, found with %s', (anchor) => {
  it.each([
    ['an edited event', (e: StoredEvent[]) => e.with(6, reworded(at(e, 7))), 7, 'changed'],
    ['an edited event with its hash', (e) => e.with(6, rehashed(reworded(at(e, 7)))), 7, 'changed'],
    ['an edited last event', (e) => e.with(-1, reworded(at(e, e.length))), 0, 'changed'],
    ['an event that is no event', (e) => e.with(6, { ...at(e, 7), body: '{}' }), 7, 'changed'],
    ['a removed event', (e) => e.toSpliced(6, 1), 7, 'changed'],
    ['two events in the other order', (e) => e.toSpliced(6, 2, at(e, 8), at(e, 7)), 7, 'changed'],
    ['an inserted copy of an event', (e) => e.toSpliced(7, 0, { ...at(e, 7), id: 'copy' }), 8, 'changed'],
    ['an event put after the last', (e) => [...e, { ...at(e, 7), id: 'copy' }], -1, 'changed'],
    ['a forged HMAC', (e) => e.with(6, { ...at(e, 7), mac: Buffer.alloc(32) }), 7, 'changed'],
    ['a forged leaf', (e) => e.with(6, { ...at(e, 7), leaf: Buffer.alloc(32) }), 7, 'changed'],
  ] as [string, Edit, number, string][])('%s', async (_what, edit, number, problem) => {
    expect(await verify(audited.tampered(editEvents(edit)), anchor)).toEqual(
      wrong(number > 0 ? number : audited.size - number, problem),
    )
  })

  it('an event removed with its number', async () => {
    const folder = audited.tampered((db) => db.exec('DELETE FROM event WHERE number = 7'))
    expect(await verify(folder, anchor)).toEqual(wrong(7, 'out of order'))
  })
  it('a cut tail', async () => {
    const folder = audited.tampered(editEvents((events) => withoutTail(events, 3)))
    expect(await verify(folder, anchor)).toEqual(cut(audited.size, audited.size - 3))
  })
  it('a head that says more, or less, than there is', async () => {
    const more = audited.tampered((db) => db.exec('UPDATE log_head SET size = size + 5'))
    expect(await verify(more, anchor)).toEqual(cut(audited.size + 5, audited.size))
    const less = audited.tampered((db) => db.exec('UPDATE log_head SET size = size - 5'))
    expect(await verify(less, anchor)).toEqual(wrong(audited.size - 4, 'does not follow the one before'))
  })
  it.each([
    ['other', (hashes: Buffer) => Buffer.alloc(hashes.length)],
    ['no', () => Buffer.alloc(0)],
    ['more', (hashes: Buffer) => Buffer.concat([hashes, Buffer.alloc(32)])],
    ['torn', (hashes: Buffer) => Buffer.concat([hashes, Buffer.alloc(5)])],
  ])('a head with %s hashes', async (_what, change) => {
    const folder = audited.tampered((db) => {
      const hashes = db.prepare('SELECT hashes FROM log_head').pluck().get() as Buffer
      db.prepare('UPDATE log_head SET hashes = ?').run(change(hashes))
    })
    expect(await audited.ask(folder, anchor)).toMatchObject({ found: true, json: { ok: false } })
  })

  const rows: [string, string, string][] = [
    [
      'an edited row',
      `UPDATE person SET roles = '["administrator"]' WHERE staff_id = 'N2044'`,
      "person WHERE staff_id = 'N2044'",
    ],
    ['a step set back', "UPDATE credential SET last_step = 1 WHERE kind = 'totp'", "credential WHERE kind = 'totp'"],
    ['a removed row', "DELETE FROM credential WHERE kind = 'recovery'", "credential WHERE kind = 'recovery'"],
    ['a row under another event', 'UPDATE policy SET event_number = event_number + 1', 'policy'],
    ['a forged HMAC of a row', 'UPDATE policy SET mac = zeroblob(32)', 'policy'],
    ['an edited index of changes', "UPDATE row_change SET number = number - 1 WHERE row LIKE 'policy/%'", 'policy'],
    ['a missing index of changes', "DELETE FROM row_change WHERE row LIKE 'policy/%'", 'policy'],
  ]
  it.each(rows)('%s', async (_what, sql, which) => {
    const db = new Database(databaseFile(audited.whole), { readonly: true })
    const id = db.prepare(`SELECT id FROM ${which}`).pluck().get()
    db.close()
    const [table] = which.split(' ')
    expect(
      await verify(
        audited.tampered((copy) => copy.exec(sql)),
        anchor,
      ),
    ).toEqual(row(`${table}/${id}`))
  })

  it('an added row', async () => {
    const folder = audited.tampered((db) => {
      db.exec(
        `INSERT INTO person (id, staff_id, display_name, roles, status, event_number, mac)
         SELECT 'mallory', 'M1', 'Mallory', roles, status, event_number, mac FROM person LIMIT 1`,
      )
    })
    expect(await verify(folder, anchor)).toEqual(row('person/mallory'))
  })
  it('a row put back as it once was, with the index of changes', async () => {
    const from = new Database(databaseFile(audited.older), { readonly: true })
    const was = from.prepare("SELECT * FROM credential WHERE kind = 'totp'").get() as Record<string, unknown>
    from.close()
    const folder = audited.tampered((db) => {
      db.prepare(
        'UPDATE credential SET last_step = @last_step, event_number = @event_number, mac = @mac WHERE id = @id',
      ).run(was)
      db.prepare('UPDATE row_change SET number = ? WHERE row = ?').run(was.event_number, `credential/${was.id}`)
    })
    expect(await verify(folder, anchor)).toEqual(row(`credential/${was.id}`))
  })
})
