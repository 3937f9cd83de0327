// What rests on the disk: sealed to its place, authenticated to its content, under keys that come from one.
import { hkdfSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DamageError, type RowContent, type SealedPlace, StationKeys, sameBytes } from '../../../src/station/keys.ts'
import { fc } from '../support/properties.ts'
import { rootKey } from '../support/store.ts'

const keys = new StationKeys(rootKey())
const place: SealedPlace = { table: 'credential', row: 'row-1', person: 'person-1', kind: 'totp' }
const plain = Buffer.from('twenty bytes, secret')
const damage = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    return error
  }
  return null
}

describe('a seal', () => {
  it('gives back any bytes at its own place', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(Uint8Array.from(keys.open(keys.seal(bytes, place), place))).toEqual(bytes)
      }),
    )
  })

  it.each<[string, Partial<SealedPlace>]>([
    ['table', { table: 'offer' }],
    ['row', { row: 'row-2' }],
    ['person', { person: 'person-2' }],
    ['kind', { kind: 'recovery' }],
    ['person that is nobody', { person: '' }],
    ['row and person swapped', { row: 'person-1', person: 'row-1' }],
    ['fields that run together', { row: 'row-1person-1', person: '' }],
  ])('opens nowhere else: another %s', (_, other) => {
    const error = damage(() => keys.open(keys.seal(plain, place), { ...place, ...other }))
    expect(error).toBeInstanceOf(DamageError)
    expect(error).toMatchObject({ code: 'data-edited' })
  })

  it('opens under no other key', () => {
    const other = new StationKeys(rootKey(8))
    expect(damage(() => other.open(keys.seal(plain, place), place))).toMatchObject({ code: 'data-edited' })
  })

  it('opens with none of its bytes changed, and none missing', () => {
    const sealed = keys.seal(plain, place)
    for (let at = 0; at < sealed.length; at++) {
      const tampered = Buffer.from(sealed)
      tampered[at] = (sealed[at] ?? 0) ^ 1
      expect(
        damage(() => keys.open(tampered, place)),
        `byte ${at}`,
      ).toBeInstanceOf(DamageError)
      expect(
        damage(() => keys.open(sealed.subarray(0, at), place)),
        `${at} bytes`,
      ).toBeInstanceOf(DamageError)
    }
    expect(damage(() => keys.open(Buffer.concat([sealed, Buffer.from([0])]), place))).toBeInstanceOf(DamageError)
  })

  it('hides what it holds, and never looks the same twice', () => {
    const many = Array.from({ length: 50 }, () => keys.seal(plain, place))
    expect(many.every((sealed) => !sealed.includes(plain))).toBe(true)
    expect(new Set(many.map((sealed) => sealed.subarray(0, 12).toString('hex'))).size).toBe(50)
    // Nonce of 12, tag of 16, and not a byte more.
    expect(many[0]).toHaveLength(12 + 16 + plain.length)
  })

  it('says where the damage is, and nothing of what was there', () => {
    const error = damage(() => keys.open(keys.seal(plain, place), { ...place, kind: 'x' })) as DamageError
    expect(error.where).toBe('credential/row-1')
    expect(error.message).toBe('data-edited: credential/row-1')
    expect(error.cause).toBeUndefined()
  })
})

describe('a row’s digest', () => {
  const digest = (table: string, id: string, content: RowContent, event: number, by = keys) =>
    by.rowDigest(table, id, content, event).toString('hex')
  const own = digest('person', '1', { roles: '["staff"]', status: 'active' }, 3)

  it('is the same for the same row, however its fields are ordered', () => {
    expect(digest('person', '1', { status: 'active', roles: '["staff"]' }, 3)).toBe(own)
    expect(own).toHaveLength(64)
  })

  it.each([
    ['table', digest('offer', '1', { roles: '["staff"]', status: 'active' }, 3)],
    ['id', digest('person', '2', { roles: '["staff"]', status: 'active' }, 3)],
    ['content', digest('person', '1', { roles: '["administrator"]', status: 'active' }, 3)],
    ['event', digest('person', '1', { roles: '["staff"]', status: 'active' }, 4)],
    ['field moved to another', digest('person', '1', { roles: 'active', status: '["staff"]' }, 3)],
    ['key', digest('person', '1', { roles: '["staff"]', status: 'active' }, 3, new StationKeys(rootKey(8)))],
  ])('is another with another %s', (_, other) => expect(other).not.toBe(own))
})

describe('the keys', () => {
  it('come from 32 bytes and from nothing else', () => {
    for (const length of [0, 16, 31, 33, 64]) expect(() => new StationKeys(new Uint8Array(length))).toThrow(RangeError)
  })

  it('are derived by HKDF-SHA256 with a purpose of its own each', () => {
    const derived = (info: string) => Buffer.from(hkdfSync('sha256', rootKey(), new Uint8Array(), info, 32))
    expect(keys.recovery.export().equals(derived('wardkey recovery v1'))).toBe(true)
    const all = ['seal', 'rows', 'staff-id', 'recovery'].map((use) => derived(`wardkey ${use} v1`).toString('hex'))
    expect(new Set(all).size).toBe(4)
  })

  it('show nothing of themselves to whoever prints or serialises them', () => {
    const shown = JSON.stringify(keys) + String(keys) + Object.keys(keys).join()
    for (const info of ['seal', 'rows', 'staff-id']) {
      const derived = Buffer.from(hkdfSync('sha256', rootKey(), new Uint8Array(), `wardkey ${info} v1`, 32))
      expect(shown).not.toContain(derived.toString('hex'))
      expect(shown).not.toContain(derived.toString('base64'))
    }
  })

  it('tell their own station from another by a check that gives nothing away', () => {
    expect(keys.check).toHaveLength(32)
    expect(keys.check.equals(new StationKeys(rootKey()).check)).toBe(true)
    expect(keys.check.equals(new StationKeys(rootKey(8)).check)).toBe(false)
  })

  it('stand for a staff ID by 64 hex digits that only this station makes', () => {
    expect(keys.subject('A1001')).toMatch(/^[0-9a-f]{64}$/)
    expect(keys.subject('A1001')).toBe(keys.subject('A1001'))
    expect(keys.subject('A1001')).not.toBe(keys.subject('A1002'))
    expect(new StationKeys(rootKey(8)).subject('A1001')).not.toBe(keys.subject('A1001'))
  })
})

it('compares bytes as bytes, of any length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 8 }), fc.uint8Array({ maxLength: 8 }), (a, b) => {
      expect(sameBytes(a, b)).toBe(Buffer.from(a).equals(Buffer.from(b)))
      expect(sameBytes(a, Uint8Array.from(a))).toBe(true)
    }),
  )
})
