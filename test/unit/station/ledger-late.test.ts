// What has happened while another process held the store: kept, recorded in order and once, before anything newer.
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { databaseFile, isBusy } from '../../../src/station/database.ts'
import { openStore, type Store } from '../support/store.ts'

const typesOf = ({ db }: Store) => db.prepare('SELECT type FROM event ORDER BY number').pluck().all()
const note = ({ ledger }: Store, type: string) => ledger.record((recorder) => recorder.event({ type }))

function hold({ folder }: Store): () => void {
  const other = new Database(databaseFile(folder))
  other.exec('BEGIN IMMEDIATE')
  return () => {
    other.close()
  }
}

it('is recorded at once where nobody holds the store', () => {
  const store = openStore()
  const late: number[] = []
  store.ledger.recordSoon((recorder, lateMs) => {
    late.push(lateMs)
    recorder.event({ type: 'first' })
  })
  expect(typesOf(store)).toEqual(['first'])
  expect(late).toEqual([0])
  expect(store.ledger.catchUp()).toBe(true)
  expect(typesOf(store)).toEqual(['first'])
})

it('is kept in order, says how late it is, and comes before what is recorded next', () => {
  const store = openStore()
  const letGo = hold(store)
  const late: number[] = []
  for (const type of ['first', 'second']) {
    store.ledger.recordSoon((recorder, lateMs) => {
      late.push(lateMs)
      recorder.event({ type })
    })
    store.clock.pass(1000)
  }
  expect(store.ledger.catchUp()).toBe(false)
  expect(typesOf(store)).toEqual([])
  letGo()
  note(store, 'third')
  expect(typesOf(store)).toEqual(['first', 'second', 'third'])
  expect(late).toEqual([2000, 1000])
  store.ledger.catchUp()
  expect(typesOf(store)).toHaveLength(3)
})

it('stays kept where what is recorded next fails, and is not recorded twice', () => {
  const store = openStore()
  const letGo = hold(store)
  store.ledger.recordSoon((recorder) => recorder.event({ type: 'first' }))
  letGo()
  expect(() =>
    store.ledger.record(() => {
      throw new Error('not this')
    }),
  ).toThrow('not this')
  note(store, 'second')
  expect(typesOf(store)).toEqual(['first', 'second'])
})

it('nobody else is given as the second person of it', () => {
  const store = openStore()
  const letGo = hold(store)
  store.ledger.recordSoon((recorder) =>
    recorder.event({ type: 'first', actor: '0198c0de-0000-7000-8000-000000000001' }),
  )
  letGo()
  store.ledger.withSecond('0198c0de-0000-7000-8000-000000000002', () => note(store, 'second'))
  const bodies = store.db.prepare('SELECT body FROM event').pluck().all() as string[]
  expect(bodies.join('')).not.toContain('"second":"')
})

it('what can be refused is refused as busy, and nothing of it is kept', () => {
  const store = openStore()
  const letGo = hold(store)
  let refused: unknown
  try {
    note(store, 'first')
  } catch (error) {
    refused = error
  }
  expect(isBusy(refused)).toBe(true)
  letGo()
  note(store, 'second')
  expect(typesOf(store)).toEqual(['second'])
})
