// Sets of recovery codes: slow, keyed, of no use in a stolen file, and working only once acknowledged.
import { beforeAll, describe, expect, it } from 'vitest'
import { recoveryCodeText } from '../../../src/contracts/fields.ts'
import { DamageError, StationKeys } from '../../../src/station/keys.ts'
import {
  acknowledgeSet,
  activeSet,
  codesLeft,
  endPendingSets,
  makeRecoverySet,
  type NewSet,
  openSet,
  putPendingSet,
  sealSet,
  tagOf,
} from '../../../src/station/recovery-codes.ts'
import { must, openStore, personIn, rootKey } from '../support/store.ts'

const keys = new StationKeys(rootKey())
let made: NewSet
beforeAll(async () => {
  made = await makeRecoverySet(keys)
})
const plain = (code: string) => recoveryCodeText.parse(code)

describe('a set', () => {
  it('is ten codes, all different, and a tag for each in their order', async () => {
    expect(made.codes).toHaveLength(10)
    expect(new Set(made.codes).size).toBe(10)
    expect(made.set.tags).toHaveLength(10)
    const salt = Buffer.from(made.set.salt, 'base64')
    expect(salt).toHaveLength(16)
    for (const at of [0, 9]) expect(await tagOf(keys, plain(must(made.codes[at])), salt)).toBe(made.set.tags[at])
  })

  it('shares neither salt nor codes with another', async () => {
    const other = await makeRecoverySet(keys)
    expect(other.set.salt).not.toBe(made.set.salt)
    expect(other.codes.filter((code) => made.codes.includes(code))).toEqual([])
  })

  it('has tags that nobody makes without the station’s key, the salt and the code', async () => {
    const salt = Buffer.from(made.set.salt, 'base64')
    const code = plain(must(made.codes[0]))
    const others = [
      await tagOf(new StationKeys(rootKey(8)), code, salt),
      await tagOf(keys, code, Buffer.alloc(16)),
      await tagOf(keys, plain(must(made.codes[1])), salt),
    ]
    expect(others).not.toContain(made.set.tags[0])
    expect(new Set(others).size).toBe(3)
  })

  it('holds none of its codes, in any spelling', () => {
    const kept = JSON.stringify(made.set)
    for (const code of made.codes) {
      expect(kept).not.toContain(code)
      expect(kept).not.toContain(plain(code))
    }
  })

  it('leaves the thread free while it is made', async () => {
    let turns = 0
    let making = true
    const turn = () => {
      turns++
      if (making) setImmediate(turn)
    }
    setImmediate(turn)
    await makeRecoverySet(keys)
    making = false
    // Slow hashes on this thread would let in none: only the pool lets the loop go round.
    expect(turns).toBeGreaterThan(0)
  })
})

describe('on the disk', () => {
  const stored = () => {
    const store = openStore()
    const person = personIn(store, 'A1001').id
    const put = () =>
      store.ledger.record((recorder) => {
        const id = putPendingSet(recorder, store.keys, person, made.set)
        recorder.event({ type: 'recovery-codes-made', person })
        return id
      })
    const row = (id: string) => must(store.ledger.get('credential', id))
    return { ...store, person, put, row }
  }

  it('a set is sealed, to its row and its person', () => {
    const { put, row, keys } = stored()
    const credential = row(put())
    expect(openSet(keys, credential)).toEqual(made.set)
    expect(must(credential.secret).includes(Buffer.from(made.set.salt))).toBe(false)
    expect(() => openSet(keys, { ...credential, id: 'other' })).toThrow(DamageError)
    expect(() => openSet(keys, { ...credential, person_id: 'other' })).toThrow(DamageError)
    expect(() => openSet(keys, { ...credential, secret: null })).toThrow(DamageError)
    const strange = sealSet(keys, credential.id, credential.person_id, { salt: '*', tags: [] })
    expect(() => openSet(keys, { ...credential, secret: strange })).toThrow(DamageError)
  })

  it('a set counts what is left of it', () => {
    const { put, row, keys } = stored()
    const credential = row(put())
    expect(codesLeft(keys, credential)).toBe(10)
    const tags = made.set.tags.map((tag, i) => (i < 7 ? null : tag))
    const used = { ...credential, secret: sealSet(keys, credential.id, credential.person_id, { ...made.set, tags }) }
    expect(codesLeft(keys, used)).toBe(3)
  })

  it('a set works once it is acknowledged, and the one before then ends with its tags erased', () => {
    const { ledger, person, put, row } = stored()
    const first = put()
    expect(activeSet(ledger, person)).toBeNull()
    expect(ledger.record((recorder) => acknowledgeSet(recorder, person, first))).toBe(true)
    expect(activeSet(ledger, person)?.id).toBe(first)
    const second = put()
    expect(activeSet(ledger, person)?.id).toBe(first)
    expect(ledger.record((recorder) => acknowledgeSet(recorder, person, first))).toBe(false)
    expect(ledger.record((recorder) => acknowledgeSet(recorder, person, second))).toBe(true)
    expect(activeSet(ledger, person)?.id).toBe(second)
    expect(row(first)).toMatchObject({ status: 'ended', secret: null })
  })

  it('nothing is acknowledged where nothing waits for it, and no event says so', () => {
    const { ledger, person } = stored()
    const before = ledger.frontier().size
    expect(ledger.record((recorder) => acknowledgeSet(recorder, person, 'none'))).toBe(false)
    expect(ledger.frontier().size).toBe(before)
  })

  it('a set that was never acknowledged leaves nothing that works', () => {
    const { ledger, person, put, row } = stored()
    const active = put()
    ledger.record((recorder) => acknowledgeSet(recorder, person, active))
    const [one, two] = [put(), put()]
    ledger.record((recorder) => {
      endPendingSets(recorder, person)
      recorder.event({ type: 'offer-confirmed' })
    })
    for (const id of [one, two]) expect(row(id)).toMatchObject({ status: 'ended', secret: null })
    expect(row(active).status).toBe('active')
    for (const id of [active, one, two])
      expect(ledger.record((recorder) => acknowledgeSet(recorder, person, id))).toBe(false)
  })
})
