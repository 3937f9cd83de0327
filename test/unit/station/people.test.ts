// People: one staff ID each.
import { describe, expect, it } from 'vitest'
import { addPerson, isAdministrator, personByStaffId, rolesOf } from '../../../src/station/people.ts'
import { must, openStore, personIn } from '../support/store.ts'

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
    }
  })
})
