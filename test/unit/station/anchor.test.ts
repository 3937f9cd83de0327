// What the keychain remembers of the log, and what a start finds when the log no longer fits it.
import { describe, expect, it } from 'vitest'
import { treeRoot } from '../../../src/core/tree.ts'
import { checkTail, readAnchor, writeAnchor } from '../../../src/station/anchor.ts'
import { DamageError, StationKeys } from '../../../src/station/keys.ts'
import { Ledger } from '../../../src/station/ledger.ts'
import { HeadStore } from '../../../src/station/log-head.ts'
import { sha256 } from '../../../src/station/primitives.ts'
import { newStationRow, signCheckpoint } from '../../../src/station/signing.ts'
import { must, rootKey, type Store, setUpStore } from '../support/store.ts'

type SetUp = ReturnType<typeof setUpStore>
const grow = ({ ledger }: Store, events: number) => {
  for (let i = 0; i < events; i++) ledger.record((recorder) => recorder.event({ type: 'grown' }))
}
const anchorOf = ({ station, keys, ledger }: SetUp) => {
  const frontier = ledger.frontier()
  return writeAnchor(signCheckpoint(station, keys, frontier), frontier)
}
const read = (store: SetUp, text: string) => readAnchor(text, store.station.signing_public)

describe('an anchor', () => {
  it('is read as it was written, for any size of log', () => {
    const store = setUpStore()
    for (let i = 0; i < 20; i++) {
      const frontier = store.ledger.frontier()
      expect(read(store, anchorOf(store))).toMatchObject({ checkpoint: { size: frontier.size }, frontier })
      grow(store, 1)
    }
  })

  it.each<[string, (text: string, store: SetUp) => string]>([
    ['no JSON', () => 'anchor'],
    ['empty', () => ''],
    ['half of it', (text) => text.slice(0, text.length / 2)],
    ['another shape', () => '{"note":"x"}'],
    ['a field more', (text) => text.replace('{', '{"more":1,')],
    [
      'the root for all its hashes',
      (text, { ledger }) =>
        JSON.stringify({
          ...JSON.parse(text),
          hashes: [Buffer.from(treeRoot(ledger.frontier(), sha256)).toString('base64')],
        }),
    ],
    ['no hashes', (text) => JSON.stringify({ ...JSON.parse(text), hashes: [] })],
    [
      'a hash changed',
      (text) => {
        const { note, hashes } = JSON.parse(text)
        return JSON.stringify({ note, hashes: [Buffer.alloc(32).toString('base64'), ...hashes.slice(1)] })
      },
    ],
    ['a size that it does not sign', (text) => text.replace('\\n3\\n', '\\n2\\n')],
    [
      'another station’s',
      (_, { keys, ledger }) => {
        const other = { ...newStationRow(keys, 'x', 'y'), id: 'this', event_number: 1 }
        return writeAnchor(signCheckpoint(other, keys, ledger.frontier()), ledger.frontier())
      },
    ],
  ])('is not read from %s', (_, change) => {
    const store = setUpStore()
    grow(store, 2)
    const text = anchorOf(store)
    const changed = change(text, store)
    expect(changed).not.toBe(text)
    expect(read(store, changed)).toBeNull()
  })
})

describe('the check of a start', () => {
  const anchored = (events: number) => {
    const store = setUpStore()
    grow(store, events)
    return { store, anchor: must(read(store, anchorOf(store))) }
  }

  it('finds nothing where the log is as the keychain knows it', () => {
    const { store, anchor } = anchored(6)
    expect(checkTail(store.db, store.keys, anchor)).toEqual({ finding: null, behind: 0 })
  })

  it.each([1, 2, 9])('takes %i events more for a crash, not for an attack', (more) => {
    const { store, anchor } = anchored(6)
    grow(store, more)
    expect(checkTail(store.db, store.keys, anchor)).toEqual({ finding: null, behind: more })
  })

  it('follows the whole log where the keychain knows none', () => {
    const { store } = anchored(6)
    expect(checkTail(store.db, store.keys, null)).toEqual({ finding: null, behind: 7 })
  })

  it.each<[string, string, string]>([
    ['the whole tail cut', 'DELETE FROM event WHERE number > 5', 'log-changed'],
    ['an older copy put back', 'DELETE FROM event WHERE number > 5; UPDATE log_head SET size = 5', 'log-cut'],
    ['an empty log', 'DELETE FROM event; DELETE FROM log_head', 'log-cut'],
    ['a later event edited', "UPDATE event SET body = replace(body, 'grown', 'shown') WHERE number = 9", 'log-changed'],
    ['the last event under another number', 'UPDATE event SET number = 12 WHERE number = 11', 'log-changed'],
    ['a later event gone', 'DELETE FROM event WHERE number = 9', 'log-changed'],
    [
      'an event put after the last',
      "INSERT INTO event (number, id, body, leaf, mac) SELECT 12, 'x', body, leaf, mac FROM event WHERE number = 9",
      'log-changed',
    ],
    [
      'two later events swapped',
      'UPDATE event SET number = -number WHERE number IN (9, 10); UPDATE event SET number = 19 + number WHERE number < 0',
      'log-changed',
    ],
    ['the head edited', 'UPDATE log_head SET hashes = zeroblob(length(hashes))', 'log-changed'],
    ['the head ahead of the log', 'UPDATE log_head SET size = size + 1', 'log-changed'],
  ])('finds %s', (_, sql, finding) => {
    const { store, anchor } = anchored(6)
    grow(store, 4)
    expect(checkTail(store.db, store.keys, anchor)).toEqual({ finding: null, behind: 4 })
    store.db.exec(sql)
    expect(checkTail(store.db, store.keys, anchor).finding).toBe(finding)
  })

  it('finds an event that another key vouches for, also where the head was made to fit', () => {
    const { store, anchor } = anchored(6)
    // By hand, since a ledger does not go on from a head that it did not write.
    const keys = new StationKeys(rootKey(9))
    const stranger = new Ledger(store.db, keys, store.clock, '0.0.0')
    expect(() => stranger.record((recorder) => recorder.event({ type: 'forged' }))).toThrow(DamageError)
    new HeadStore(store.db, keys).write({ frontier: store.ledger.frontier(), rowSum: 0n })
    stranger.record((recorder) => recorder.event({ type: 'forged' }))
    expect(checkTail(store.db, store.keys, anchor)).toEqual({ finding: 'log-changed', behind: 1 })
    expect(checkTail(store.db, new StationKeys(rootKey(9)), anchor).finding).toBeNull()
  })

  it('finds a log that was written anew from before the anchor', () => {
    const { store, anchor } = anchored(6)
    const other = anchored(9)
    expect(checkTail(other.store.db, other.store.keys, anchor).finding).toBe('log-changed')
    expect(checkTail(store.db, store.keys, other.anchor).finding).toBe('log-cut')
  })
})
