// An event of the log: what it may carry, and that nothing else gets in.
import { describe, expect, it } from 'vitest'
import { type AuditEvent, auditEvent } from '../../../src/contracts/event.ts'

const id = '01890a5d-ac96-774b-bcce-b302099a8057'
const least: AuditEvent = {
  id,
  station: '0123456789abcdef',
  number: 1,
  atMs: 0,
  runningMs: 0,
  type: 'login-attempted',
  appVersion: '1.0.0',
  salt: 'c2FsdA',
}
const most: AuditEvent = {
  ...least,
  person: id,
  credential: id,
  offer: id,
  session: id,
  actor: id,
  subject: 'f'.repeat(64),
  method: 'totp',
  outcome: 'accepted',
  reason: 'x'.repeat(200),
  details: { word: 'x'.repeat(500), count: 3, yes: true },
  location: 'Level 2',
  previous: 'A'.repeat(44),
  rows: { 'person/1': 'AAAA', 'person/2': null },
}

describe('an event', () => {
  it.each([
    ['the least of it', least],
    ['all of it', most],
  ])('is taken as it is: %s', (_, event) => expect(auditEvent.parse(event)).toEqual(event))

  it.each(Object.keys(least))('is none without its %s', (field) => {
    const { [field as keyof AuditEvent]: _, ...rest } = least
    expect(auditEvent.safeParse(rest).success).toBe(false)
  })

  it.each([
    ['a field of its own', { secret: 'x' }],
    ['the typed text', { staffId: 'A1001' }],
    ['a prototype', JSON.parse('{"__proto__": {"number": 2}}')],
    ['a station in capitals', { station: '0123456789ABCDEF' }],
    ['a short station', { station: '0123' }],
    ['number 0', { number: 0 }],
    ['half a number', { number: 1.5 }],
    ['a time before 1970', { atMs: -1 }],
    ['a broken time', { atMs: 0.5 }],
    ['running time below zero', { runningMs: -1 }],
    ['a type in capitals', { type: 'Login' }],
    ['a type with a space', { type: 'log in' }],
    ['a type too long', { type: 'x'.repeat(61) }],
    ['an id that is none', { id: 'me' }],
    ['a person that is no id', { person: 'A1001' }],
    ['a long subject', { subject: 'f'.repeat(65) }],
    ['an unknown method', { method: 'pin2' }],
    ['an unknown outcome', { outcome: 'maybe' }],
    ['a long reason', { reason: 'x'.repeat(201) }],
    ['details in details', { details: { deep: { er: 1 } } }],
    ['a long detail', { details: { word: 'x'.repeat(501) } }],
    ['a row without a text', { rows: { 'person/1': 3 } }],
  ])('takes no %s', (_, change) => expect(auditEvent.safeParse({ ...most, ...change }).success).toBe(false))
})
