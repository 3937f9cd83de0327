// A row that somebody else wrote, moved, took away or put back is not read.
import { describe, expect, it } from 'vitest'
import { runToEnd, verifyStore } from '../../../src/station/audit-verify.ts'
import { DamageError, StationKeys } from '../../../src/station/keys.ts'
import { Ledger } from '../../../src/station/ledger.ts'
import { columns, type TableName } from '../../../src/station/schema.ts'
import { must, openStore, personIn, rootKey, type Store, setUpStore } from '../support/store.ts'

const alert = { kind: 'many-failures', about: null, at_ms: 1, acknowledged: 0 }
const put = ({ ledger }: Store, id: string, content = alert) =>
  ledger.record((recorder) => {
    recorder.put('alert', id, content)
    return recorder.event({ type: 'alert-raised' })
  })
const damage = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    return error
  }
  return null
}

describe('a row from outside', () => {
  /** One row a table, with every column filled. */
  function filled() {
    const store = setUpStore()
    const person = personIn(store, 'A1001')
    const bytes = Buffer.from('sealed')
    store.ledger.record((recorder) => {
      recorder.put('policy', 'current', { document: '{}' })
      recorder.put('credential', 'c', {
        person_id: person.id,
        kind: 'totp',
        status: 'suspended',
        parameters: '{}',
        secret: bytes,
        last_step: 5,
      })
      recorder.put('policy_version', '1', { number: 1, document: '{}', at_ms: 1, actor: person.id, reason: 'x' })
      recorder.put('offer', 'o', {
        person_id: person.id,
        status: 'ended',
        parameters: '{}',
        secret: bytes,
        expires_at_ms: 1,
        tries: 4,
        made_by: person.id,
        purpose: 'move',
        replaces: 'c',
        reason: 'a test',
        kind: null,
      })
      recorder.put('ticket', 'k', {
        person_id: person.id,
        purpose: 'sign-in',
        status: 'open',
        secret: bytes,
        issued_at_ms: 1,
        expires_at_ms: 2,
        issued_by: person.id,
      })
      recorder.put('token', 'n', {
        name: 'hr',
        scopes: '[]',
        hash: bytes,
        made_by: person.id,
        made_at_ms: 1,
        expires_at_ms: 2,
        status: 'active',
      })
      recorder.put('throttle', 't', { failures: 10, waits_until_ms: 99, recent: '[]' })
      recorder.put('clock_floor', 'f', { floor_ms: 9, last_person: person.id, last_at_ms: 9, running_ms: 9, boot: 'b' })
      recorder.put('session', 's', { person_id: person.id, method: 'totp', started_at_ms: 1, ended_at_ms: 2 })
      recorder.put('alert', 'a', alert)
      recorder.put('emergency', 'e', {
        set_digest: 'aa',
        ended_digest: 'bb',
        made_at_ms: 1,
        chain: 'c',
        taken: 2,
        taken_hash: 'dd',
      })
      recorder.put('emergency_use', 'u', {
        entry: 'ee',
        number: 1,
        code: 'c',
        name: 'Nora',
        reason: 'r',
        opened_at_ms: 1,
        ended_at_ms: 2,
        reviewed_by: person.id,
        reviewed_at_ms: 3,
        finding: 'f',
      })
      recorder.put('hub_link', 'this', {
        url: 'https://hub.example',
        organisation_id: person.id,
        organisation_slug: 'acme',
        organisation_name: 'Acme',
        hub_key: Buffer.alloc(32, 1),
        closed: 'station-suspended',
        confirmed_at_ms: 1,
        confirmed_running_ms: 2,
        boot: 'b',
      })
      recorder.put('brand', 'b', { look: '{}', logo: Buffer.from([9]) })
      recorder.event({ type: 'all-filled' })
    })
    const ids: Record<TableName, string> = {
      station: 'this',
      policy: 'current',
      policy_version: '1',
      person: person.id,
      credential: 'c',
      offer: 'o',
      ticket: 'k',
      token: 'n',
      throttle: 't',
      clock_floor: 'f',
      session: 's',
      alert: 'a',
      emergency: 'e',
      emergency_use: 'u',
      brand: 'b',
      hub_link: 'this',
    }
    return { store, ids }
  }
  const fields = Object.entries(columns).flatMap(([table, names]) =>
    [...names, 'event_number', 'mac'].map((name) => [table as TableName, name] as const),
  )
  /** Values that the table’s own checks let pass. */
  const allowed: Record<string, string | number> = {
    'station.unconfirmed_since_ms': 1,
    'person.status': 'suspended',
    'credential.status': 'active',
    'credential.kind': 'recovery',
    'credential.origin': 'hub',
    'offer.status': 'open',
    'ticket.status': 'ended',
    'ticket.purpose': 'enroll',
    'offer.purpose': 'add',
    'offer.kind': 'phone',
    'token.status': 'revoked',
  }
  const otherThan = (old: unknown) => {
    if (typeof old === 'number') return old + 1
    return Buffer.isBuffer(old) ? Buffer.concat([old, Buffer.from([0])]) : `${old}x`
  }

  it.each(fields)('is not read: %s with another %s', (table, column) => {
    const { store, ids } = filled()
    const id = ids[table]
    expect(store.ledger.get(table, id)).not.toBeNull()
    const old = store.db.prepare(`SELECT ${column} FROM ${table} WHERE id = ?`).pluck().get(id)
    const other =
      column === 'person_id' || column === 'issued_by' || `${table}.${column}` === 'token.made_by'
        ? personIn(store, 'B2002').id
        : (allowed[`${table}.${column}`] ?? otherThan(old))
    expect(other).not.toEqual(old)
    store.db.prepare(`UPDATE ${table} SET ${column} = ? WHERE id = ?`).run(other, id)
    expect(damage(() => store.ledger.get(table, id))).toBeInstanceOf(DamageError)
    expect(damage(() => store.ledger.find(table, 'id = ?', id))).toMatchObject({
      code: 'data-edited',
      where: `${table}/${id}`,
    })
  })

  it('is not read where it was put in by hand, or copied to another id', () => {
    const { store } = filled()
    store.db.exec(
      "INSERT INTO alert SELECT 'b', kind, about, at_ms, acknowledged, event_number, mac FROM alert WHERE id = 'a'",
    )
    expect(damage(() => store.ledger.get('alert', 'b'))).toBeInstanceOf(DamageError)
    // Not even with a note that says it belongs there.
    store.db.exec("INSERT INTO row_change SELECT 'alert/b', event_number FROM alert WHERE id = 'a'")
    expect(damage(() => store.ledger.get('alert', 'b'))).toBeInstanceOf(DamageError)
    expect(damage(() => store.ledger.find('alert', 'acknowledged = 0'))).toBeInstanceOf(DamageError)
  })

  it('that was taken away is missed', () => {
    const { store } = filled()
    store.db.exec("DELETE FROM alert WHERE id = 'a'")
    expect(damage(() => store.ledger.get('alert', 'a'))).toMatchObject({ code: 'data-edited', where: 'alert/a' })
    expect(runToEnd(verifyStore(store.db, store.keys, [])).finding).toEqual({ kind: 'row', row: 'alert/a' })
  })

  it('that is an older copy is not read, since a later event changed it', () => {
    const store = openStore()
    put(store, 'a')
    const old = store.db.prepare("SELECT * FROM alert WHERE id = 'a'").get() as Record<string, unknown>
    put(store, 'a', { ...alert, acknowledged: 1 })
    store.db
      .prepare("UPDATE alert SET acknowledged = @acknowledged, event_number = @event_number, mac = @mac WHERE id = 'a'")
      .run(old)
    expect(damage(() => store.ledger.get('alert', 'a'))).toBeInstanceOf(DamageError)
  })

  it('that is an older copy with all traces of the later one is found by the check of the whole log', () => {
    const store = openStore()
    put(store, 'a')
    const old = store.db.prepare("SELECT * FROM alert WHERE id = 'a'").get() as Record<string, unknown>
    put(store, 'a', { ...alert, acknowledged: 1 })
    store.db
      .prepare("UPDATE alert SET acknowledged = @acknowledged, event_number = @event_number, mac = @mac WHERE id = 'a'")
      .run(old)
    store.db.exec("UPDATE row_change SET number = 1 WHERE row = 'alert/a'")
    expect(runToEnd(verifyStore(store.db, store.keys, [])).finding).toEqual({ kind: 'row', row: 'alert/a' })
  })

  it('that was removed on record stays gone, and may come again', () => {
    const store = openStore()
    put(store, 'a')
    store.ledger.record((recorder) => {
      recorder.remove('alert', 'a')
      recorder.event({ type: 'alert-gone' })
    })
    expect(store.ledger.get('alert', 'a')).toBeNull()
    expect(store.ledger.get('alert', 'never')).toBeNull()
    put(store, 'a')
    expect(must(store.ledger.get('alert', 'a')).event_number).toBe(3)
  })

  it('is not read under another key', () => {
    const store = openStore()
    put(store, 'a')
    const stranger = new Ledger(store.db, new StationKeys(rootKey(9)), store.clock, '0.0.0')
    expect(damage(() => stranger.get('alert', 'a'))).toBeInstanceOf(DamageError)
  })
})
