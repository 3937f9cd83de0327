// What somebody may do to a station's folder: with sqlite3 alone, or with the keychain's key as well.
import canonicalize from 'canonicalize'
import { appendLeaf, emptyFrontier, leafHash } from '../../src/core/tree.ts'
import type { StationDatabase } from '../../src/station/database.ts'
import { eventMac } from '../../src/station/event-writer.ts'
import type { StationKeys } from '../../src/station/keys.ts'
import { HeadStore } from '../../src/station/log-head.ts'
import { sha256 } from '../../src/station/primitives.ts'

export interface StoredEvent {
  number: number
  id: string
  body: string
  leaf: Buffer
  mac: Buffer
}

export const readEvents = (db: StationDatabase): StoredEvent[] =>
  db.prepare('SELECT number, id, body, leaf, mac FROM event ORDER BY number').all() as StoredEvent[]

/** Puts these in the place of all events, numbered as they come; everything else stays as it says. */
export function writeEvents(db: StationDatabase, events: readonly StoredEvent[]): void {
  db.exec('DELETE FROM event')
  const insert = db.prepare('INSERT INTO event (number, id, body, leaf, mac) VALUES (?, ?, ?, ?, ?)')
  events.forEach((event, i) => {
    insert.run(i + 1, event.id, event.body, event.leaf, event.mac)
  })
}

/** The head that belongs to these events. Anybody can compute it; only who has the keys can vouch for it. */
export function writeHead(db: StationDatabase, events: readonly StoredEvent[], keys?: StationKeys): void {
  const leaves = events.map(({ body }) => leafHash(Buffer.from(body), sha256))
  const head = leaves.reduce((frontier, leaf) => appendLeaf(frontier, leaf, sha256), emptyFrontier)
  if (keys) {
    const store = new HeadStore(db, keys)
    store.write({ ...store.read(), frontier: head })
    return
  }
  db.prepare('UPDATE log_head SET size = ?, hashes = ?').run(head.size, Buffer.concat(head.hashes))
}

export const withoutTail = (events: readonly StoredEvent[], count: number): StoredEvent[] => events.slice(0, -count)

/** Another reason in the body, as somebody would edit it; still canonical. */
export function reworded(event: StoredEvent, salt = 'AAAAAAAAAAAAAAAAAAAAAA'): StoredEvent {
  return { ...event, body: canonicalize({ ...JSON.parse(event.body), salt }) as string }
}

/** With the hash that belongs to the body; anybody can compute it. */
export const rehashed = (event: StoredEvent): StoredEvent => ({
  ...event,
  leaf: Buffer.from(leafHash(Buffer.from(event.body), sha256)),
})

/** With the keychain's key: leaf and HMAC made to fit the body. */
export function signed(event: StoredEvent, keys: StationKeys): StoredEvent {
  const { leaf } = rehashed(event)
  return { ...event, leaf, mac: eventMac(keys, event.number, leaf) }
}

/** With the keychain's key: every event after an edited one made to follow the one before it. */
export function chained(events: readonly StoredEvent[], keys: StationKeys): StoredEvent[] {
  let previous: string | undefined
  return events.map((event, i) => {
    const content = { ...JSON.parse(event.body), number: i + 1, ...(previous === undefined ? {} : { previous }) }
    const next = signed({ ...event, number: i + 1, body: canonicalize(content) as string }, keys)
    previous = next.leaf.toString('base64')
    return next
  })
}
