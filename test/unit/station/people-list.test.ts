// The list of people: found by name or staff ID as somebody types, in parts, fifty to a page.
import { describe, expect, it } from 'vitest'
import { type PeopleFilter, personRow } from '../../../src/contracts/commands/people.ts'
import { CodeCounts } from '../../../src/station/code-counts.ts'
import { addPerson, personByStaffId } from '../../../src/station/people.ts'
import { changePersonStatus, editPerson } from '../../../src/station/people-changes.ts'
import { PeopleIndex } from '../../../src/station/people-index.ts'
import { listPeople, type PeopleLists, pageSize } from '../../../src/station/people-list.ts'
import { acknowledgeSet, putPendingSet } from '../../../src/station/recovery-codes.ts'
import { must, openStore, personIn, type Store } from '../support/store.ts'

const newLists = (store: Store): PeopleLists => ({ index: new PeopleIndex(store), codes: new CodeCounts() })
const list = (store: Store, search = '', page = 0, filter?: PeopleFilter, lists = newLists(store)) =>
  listPeople(store, lists, { search, page, filter })
const found = (store: Store, search: string, lists = newLists(store)) =>
  list(store, search, 0, undefined, lists).people.map(({ staffId }) => staffId)

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
    ['müller-7', ['MÜLLER-7']],
    // Without case, accents and order of words.
    ['zoe', ['MÜLLER-7']],
    ['MULLER zoe', ['MÜLLER-7']],
    ['zo muller-7', ['MÜLLER-7']],
    ['kern carl', ['N120']],
    ['kern bola', []],
    // A name and a staff ID do not run into each other.
    ['kerna1001', []],
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
    const lists = newLists(store)
    expect(found(store, '', lists)).toEqual(['A1001'])
    store.db.exec(`UPDATE person SET roles = '["administrator"]'`)
    expect(() => list(store)).toThrow('data-edited')
    expect(() => list(store, '', 0, undefined, lists)).toThrow('data-edited')
    expect(() => personByStaffId(store.ledger, 'A1001')).toThrow('data-edited')
  })
})

describe('the index', () => {
  const lists = () => {
    const store = openStore()
    const kept = newLists(store)
    return { store, kept, find: (search: string) => found(store, search, kept) }
  }

  it('follows the log: somebody added, renamed, given another staff ID', () => {
    const { store, find } = lists()
    const ada = personIn(store, 'A1001', 'Ada Kern')
    expect(find('')).toEqual(['A1001'])
    personIn(store, 'B1', 'Aaron Bo')
    expect(find('')).toEqual(['B1', 'A1001'])
    const edit = { staffId: 'Z9', displayName: 'Zed', roles: ['staff' as const] }
    store.ledger.record((recorder) => editPerson(recorder, store.keys, ada.id, edit, undefined))
    expect(find('ada')).toEqual([])
    expect(find('z9')).toEqual(['Z9'])
    expect(find('')).toEqual(['B1', 'Z9'])
  })

  it('reads everybody anew after a great many events', () => {
    const { store, find } = lists()
    expect(find('')).toEqual([])
    store.ledger.record((recorder) => {
      for (let n = 0; n < 600; n++)
        addPerson(recorder, { displayName: `Person ${n}`, staffId: `P${n}`, roles: ['staff'] }, undefined)
    })
    expect(find('person 599')).toEqual(['P599'])
    expect(find('person')).toHaveLength(pageSize)
  })

  it('counts each part among those that match, and lists the part that is asked for', () => {
    const { store, kept } = lists()
    const ids = ['A', 'B', 'C', 'D'].map((staffId) => personIn(store, staffId, `Person ${staffId}`).id)
    const [, b = '', c = '', d = ''] = ids
    const part = (filter: PeopleFilter, search = 'person') => list(store, search, 0, filter, kept)
    const idsOf = (filter: PeopleFilter) => part(filter).people.map(({ staffId }) => staffId)
    expect(part('no-phone').counts).toEqual({ everybody: 4, active: 4, 'no-phone': 4, suspended: 0, left: 0 })
    store.ledger.record((recorder) => {
      changePersonStatus(recorder, b, 'suspended', { actor: undefined, reason: 'a test' })
      changePersonStatus(recorder, c, 'left', { actor: undefined, reason: 'a test' })
      recorder.put('credential', 'phone', {
        ...{ person_id: d, kind: 'totp', status: 'active', parameters: '{}', secret: null, last_step: 1 },
      })
      recorder.event({ type: 'filled' })
    })
    expect(part('everybody').counts).toEqual({ everybody: 4, active: 2, 'no-phone': 1, suspended: 1, left: 1 })
    expect(idsOf('no-phone')).toEqual(['A'])
    expect(idsOf('active')).toEqual(['A', 'D'])
    expect(idsOf('suspended')).toEqual(['B'])
    expect(idsOf('left')).toEqual(['C'])
    expect(part('active', 'D')).toMatchObject({ total: 1, counts: { everybody: 1 } })
  })
})
