// People: one staff ID each, found by name or staff ID, fifty to a page.
import { describe, expect, it } from 'vitest'
import { personRow } from '../../../src/contracts/commands/people.ts'
import {
  addPerson,
  isAdministrator,
  listPeople,
  pageSize,
  personByStaffId,
  rolesOf,
} from '../../../src/station/people.ts'
import { acknowledgeSet, putPendingSet } from '../../../src/station/recovery-codes.ts'
import { must, openStore, personIn, type Store } from '../support/store.ts'

const list = ({ db, ledger, keys }: Store, search = '', page = 0) => listPeople(db, ledger, keys, search, page)
const found = (store: Store, search: string) => list(store, search).people.map(({ staffId }) => staffId)

describe('a person', () => {
  it('is added once a staff ID, with an event that names role and actor', () => {
    const store = openStore()
    const ada = personIn(store, 'A1001', 'Ada Kern', 'administrator')
    expect(isAdministrator(ada)).toBe(true)
    expect(rolesOf(ada)).toEqual(['administrator'])
    const person = { displayName: 'Bola Adeyemi', staffId: 'N2044', roles: ['staff' as const] }
    const id = must(store.ledger.record((recorder) => addPerson(recorder, person, ada.id)))
    const event = JSON.parse(store.db.prepare('SELECT body FROM event WHERE number = 2').pluck().get() as string)
    expect(event).toMatchObject({ type: 'person-added', person: id, actor: ada.id, details: { roles: 'staff' } })
    const before = store.ledger.frontier().size
    expect(store.ledger.record((recorder) => addPerson(recorder, person, ada.id))).toBeNull()
    expect(store.ledger.frontier().size).toBe(before)
    expect(personByStaffId(store.ledger, 'N2044')?.display_name).toBe('Bola Adeyemi')
    expect(personByStaffId(store.ledger, 'n2044')).toBeNull()
    expect(isAdministrator(must(personByStaffId(store.ledger, 'N2044')))).toBe(false)
  })

  it('may bear any name that a person may type', () => {
    const store = openStore()
    for (const [n, name] of ["O'Neill; DROP TABLE person", '李小龍', 'Zoë 😀', '%_\\'].entries()) {
      personIn(store, `P${n}`, name)
      expect(personByStaffId(store.ledger, `P${n}`)?.display_name).toBe(name)
      expect(found(store, name)).toEqual([`P${n}`])
    }
  })
})

describe('the search', () => {
  const filled = () => {
    const store = openStore()
    personIn(store, 'A1001', 'Ada Kern')
    personIn(store, 'N_20', '100 % Bola')
    personIn(store, 'N120', 'Carl Kern')
    personIn(store, 'MÜLLER-7', 'Zoë Müller')
    return store
  }
  it.each([
    ['kern', ['A1001', 'N120']],
    ['  KERN ', ['A1001', 'N120']],
    ['a1001', ['A1001']],
    ['N_2', ['N_20']],
    ['%', ['N_20']],
    ['_', ['N_20']],
    ['\\', []],
    ["' OR 1=1 --", []],
    ['nobody', []],
    // A staff ID is compared in upper case, also where its letters are none of ASCII's.
    ['müller-7', ['MÜLLER-7']],
  ])('for %j finds %j', (search, ids) => expect(found(filled(), search)).toEqual(ids))

  it('counts what it finds, and not what is on the page', () => {
    const store = openStore()
    store.ledger.record((recorder) => {
      for (let n = 0; n < 120; n++)
        addPerson(recorder, { displayName: `Person ${n}`, staffId: `P${n}`, roles: ['staff'] }, undefined)
    })
    const pages = [0, 1, 2, 3].map((page) => list(store, 'person', page))
    expect(pages.map(({ total }) => total)).toEqual([120, 120, 120, 120])
    expect(pages.map(({ people }) => people.length)).toEqual([50, 50, 20, 0])
    expect(pageSize).toBe(50)
    const ids = pages.flatMap(({ people }) => people.map(({ staffId }) => staffId))
    expect(new Set(ids).size).toBe(120)
    expect(list(store, '', 100_000).people).toEqual([])
  })

  it('sorts by name without regard to case, then by staff ID', () => {
    const store = openStore()
    for (const [id, name] of [
      ['3', 'ben'],
      ['2', 'Ada'],
      ['4', 'Cem'],
      ['1', 'ada'],
    ] as const)
      personIn(store, id, name)
    expect(found(store, '')).toEqual(['1', '2', '3', '4'])
  })
})

describe('a row of the list', () => {
  it('says what a person has here: phone, recovery codes, last sign-in', () => {
    const store = openStore()
    const ada = personIn(store, 'A1001', 'Ada Kern')
    const row = () => must(list(store).people[0])
    expect(row()).toMatchObject({ enrolled: false, recoveryCodesLeft: 0, lastSignInMs: null, status: 'active' })
    const codesId = store.ledger.record((recorder) => {
      const set = { salt: 'AAAA', tags: ['AAAA', null, 'AAAA'] }
      const id = putPendingSet(recorder, store.keys, ada.id, set)
      recorder.event({ type: 'recovery-codes-made' })
      return id
    })
    expect(row().recoveryCodesLeft).toBe(0)
    store.ledger.record((recorder) => acknowledgeSet(recorder, ada.id, codesId))
    store.ledger.record((recorder) => {
      recorder.put('credential', 'c', {
        person_id: ada.id,
        kind: 'totp',
        status: 'active',
        parameters: '{}',
        secret: Buffer.from('x'),
        last_step: 1,
      })
      for (const [n, startedAtMs] of [10, 30, 20].entries())
        recorder.put('session', `s${n}`, {
          person_id: ada.id,
          method: 'totp',
          started_at_ms: startedAtMs,
          ended_at_ms: null,
        })
      recorder.event({ type: 'filled' })
    })
    expect(row()).toMatchObject({ enrolled: true, recoveryCodesLeft: 2, lastSignInMs: 30 })
    expect(personRow.parse(row())).toEqual(row())
  })

  it('is not made from a person that somebody else edited', () => {
    const store = openStore()
    personIn(store, 'A1001')
    store.db.exec(`UPDATE person SET roles = '["administrator"]'`)
    expect(() => list(store)).toThrow('data-edited')
    expect(() => personByStaffId(store.ledger, 'A1001')).toThrow('data-edited')
  })
})
