// State and event together or not at all: what a record writes, and what a failed one leaves.
import Database from 'better-sqlite3'
import canonicalize from 'canonicalize'
import { describe, expect, it } from 'vitest'
import { auditEvent } from '../../../src/contracts/event.ts'
import { leafHash, treeRoot } from '../../../src/core/tree.ts'
import { runToEnd, verifyStore } from '../../../src/station/audit-verify.ts'
import { databaseFile } from '../../../src/station/database.ts'
import { readFrontier } from '../../../src/station/log-head.ts'
import { sha256 } from '../../../src/station/primitives.ts'
import { contentsOf, openStore, type Store } from '../support/store.ts'

const alert = { kind: 'many-failures', about: null, at_ms: 1, acknowledged: 0 }
const put = ({ ledger }: Store, id: string, content = alert) =>
  ledger.record((recorder) => {
    recorder.put('alert', id, content)
    return recorder.event({ type: 'alert-raised' })
  })
const eventsOf = ({ db }: Store) =>
  (db.prepare('SELECT body FROM event ORDER BY number').pluck().all() as string[]).map((body) => JSON.parse(body))
const damage = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    return error
  }
  return null
}

describe('a record', () => {
  it('carries the digest of every row that it changed, and of one that went', () => {
    const store = openStore()
    put(store, 'a')
    store.ledger.record((recorder) => {
      recorder.put('alert', 'b', alert)
      recorder.remove('alert', 'a')
      recorder.event({ type: 'alerts-sorted' })
    })
    const [first, second] = eventsOf(store)
    const mac = (id: string) => store.db.prepare('SELECT mac FROM alert WHERE id = ?').pluck().get(id) as Buffer
    expect(Object.keys(first.rows)).toEqual(['alert/a'])
    expect(second.rows).toEqual({ 'alert/a': null, 'alert/b': mac('b').toString('base64') })
  })

  it('splits its rows among its events, each with those put before it', () => {
    const store = openStore()
    const numbers = store.ledger.record((recorder) => {
      recorder.put('alert', 'a', alert)
      const one = recorder.event({ type: 'first' })
      recorder.put('alert', 'b', alert)
      return [one, recorder.event({ type: 'second' }), recorder.event({ type: 'third' })]
    })
    expect(numbers).toEqual([1, 2, 3])
    expect(eventsOf(store).map(({ rows }) => Object.keys(rows ?? {}))).toEqual([['alert/a'], ['alert/b'], []])
    expect(store.ledger.get('alert', 'a')?.event_number).toBe(1)
    expect(store.ledger.get('alert', 'b')?.event_number).toBe(2)
  })

  it('writes events as canonical JSON of their own schema, numbered, chained and salted', () => {
    const store = openStore()
    store.ledger.identify({ stationNumber: 'ab'.repeat(8), location: 'Level 2' })
    for (let i = 0; i < 20; i++) put(store, `row ${i}`)
    const rows = store.db.prepare('SELECT number, body, leaf FROM event ORDER BY number').all() as {
      number: number
      body: string
      leaf: Buffer
    }[]
    const salts = new Set<string>()
    for (const [i, { number, body, leaf }] of rows.entries()) {
      const event = auditEvent.parse(JSON.parse(body))
      expect(canonicalize(event)).toBe(body)
      expect(number).toBe(i + 1)
      expect(event).toMatchObject({ number, station: 'ab'.repeat(8), location: 'Level 2', atMs: store.clock.nowMs() })
      expect(event.previous).toBe(rows[i - 1]?.leaf.toString('base64'))
      expect(leaf.equals(leafHash(Buffer.from(body), sha256))).toBe(true)
      expect(Buffer.from(event.salt, 'base64url')).toHaveLength(16)
      salts.add(event.salt)
    }
    expect(salts.size).toBe(20)
    const frontier = store.ledger.frontier()
    expect(frontier.size).toBe(20)
    expect(Buffer.from(treeRoot(frontier, sha256))).toEqual(Buffer.from(treeRoot(readFrontier(store.db), sha256)))
    expect(runToEnd(verifyStore(store.db, store.keys, []))).toMatchObject({ events: 20, finding: null })
  })

  it('tells its listener after the commit, and not of one that failed', () => {
    const store = openStore()
    const seen: number[] = []
    const beside = new Database(databaseFile(store.folder), { readonly: true })
    store.ledger.onCommit(() => seen.push(beside.prepare('SELECT count(*) FROM event').pluck().get() as number))
    put(store, 'a')
    damage(() => store.ledger.record((recorder) => recorder.put('alert', 'b', alert)))
    put(store, 'c')
    beside.close()
    expect(seen).toEqual([1, 2])
  })
})

describe('all or nothing', () => {
  it.each<[string, (store: Store) => unknown]>([
    ['a change without its event', ({ ledger }) => ledger.record((recorder) => recorder.put('alert', 'b', alert))],
    ['a row removed without its event', ({ ledger }) => ledger.record((recorder) => recorder.remove('alert', 'a'))],
    [
      'a change after the last event',
      ({ ledger }) =>
        ledger.record((recorder) => {
          recorder.put('alert', 'b', alert)
          recorder.event({ type: 'first' })
          recorder.put('alert', 'c', alert)
        }),
    ],
    [
      'work that throws',
      ({ ledger }) =>
        ledger.record((recorder) => {
          recorder.put('alert', 'b', alert)
          recorder.event({ type: 'first' })
          throw new Error('in the middle')
        }),
    ],
    [
      'a row that the table refuses',
      ({ ledger }) =>
        ledger.record((recorder) => {
          recorder.event({ type: 'first' })
          recorder.put('session', 's', { person_id: 'nobody', method: 'totp', started_at_ms: 1, ended_at_ms: null })
          recorder.event({ type: 'second' })
        }),
    ],
    [
      'a damaged row on the way',
      (store) => {
        store.db.exec("UPDATE alert SET kind = 'x' WHERE id = 'a'")
        return store.ledger.record((recorder) => {
          recorder.put('alert', 'b', alert)
          recorder.event({ type: 'first' })
          recorder.get('alert', 'a')
        })
      },
    ],
  ])('%s throws, and changes nothing', (_, work) => {
    const store = openStore()
    put(store, 'a')
    const before = contentsOf(store.db)
    let told = 0
    store.ledger.onCommit(() => told++)
    expect(damage(() => work(store))).toBeInstanceOf(Error)
    // What the test itself edited to make the damage.
    store.db.exec("UPDATE alert SET kind = 'many-failures' WHERE id = 'a'")
    expect(contentsOf(store.db)).toEqual(before)
    expect(told).toBe(0)
    // And the store goes on.
    expect(put(store, 'z')).toBe(2)
  })

  it('holds the write lock from the first look, so that nobody decides on what is about to change', () => {
    const store = openStore()
    const other = new Database(databaseFile(store.folder), { timeout: 0 })
    store.ledger.record((recorder) => {
      expect(() => other.exec('BEGIN IMMEDIATE')).toThrow(/locked/)
      recorder.event({ type: 'alone' })
    })
    other.exec('BEGIN IMMEDIATE; ROLLBACK')
    other.close()
  })

  it('follows on from what another process wrote', () => {
    const store = openStore()
    const beside = openStore(store.folder)
    expect([put(store, 'a'), put(beside, 'b'), put(store, 'c'), put(beside, 'a', { ...alert, at_ms: 2 })]).toEqual([
      1, 2, 3, 4,
    ])
    expect(store.ledger.get('alert', 'a')).toMatchObject({ at_ms: 2, event_number: 4 })
    expect(runToEnd(verifyStore(store.db, store.keys, []))).toMatchObject({ events: 4, finding: null })
  })
})
