// The quick way to read an event takes nothing that the schema and RFC 8785 would not, and reads nothing else out of it.
import canonicalize from 'canonicalize'
import { describe, expect, it } from 'vitest'
import { readAny, readEvent, readUsual } from '../../../src/contracts/event-form.ts'
import { fc } from '../support/properties.ts'

const id = '01890a5d-ac96-774b-bcce-b302099a8057'
const whole = {
  actor: id,
  appVersion: '0.2.0',
  atMs: 1_767_600_000_000,
  credential: id,
  details: { after: 'active', before: 'left', count: 3, really: true },
  id,
  location: 'Level 2, Süd',
  method: 'totp',
  number: 12,
  offer: id,
  outcome: 'accepted',
  person: id,
  previous: `${'A'.repeat(43)}=`,
  reason: 'spoke with them',
  rows: { 'credential/x': `${'B'.repeat(43)}=`, 'person/y': null },
  runningMs: 5,
  salt: 'abc_-',
  session: id,
  station: '0123456789abcdef',
  subject: 'ab'.repeat(32),
  type: 'login-attempted',
}
const text = canonicalize(whole) as string

/** Whatever the quick way takes, the long way takes, and reads the same. */
function expectStrict(body: string): void {
  const quick = readUsual(body)
  if (quick) expect(JSON.parse(JSON.stringify(quick))).toEqual(JSON.parse(JSON.stringify(pick(readAny(body)))))
}
const pick = (event: ReturnType<typeof readAny>) => {
  if (!event) return null
  const { number, station, previous, atMs, type, outcome, person, actor, offer, rows } = event
  return { number, station, atMs, type, previous, person, actor, offer, outcome, rows }
}

describe('the quick way', () => {
  it('takes all that a station writes', () => {
    expect(readUsual(text)).not.toBeNull()
    const { details, rows, previous, ...first } = whole
    expect(readUsual(canonicalize(first) as string)).not.toBeNull()
    for (const name of Object.keys(whole)) {
      const { [name as keyof typeof whole]: _, ...rest } = whole
      expectStrict(canonicalize(rest) as string)
    }
  })

  it.each([
    ['with a space', text.replace('{', '{ ')],
    ['with a line end', `${text}\n`],
    ['in another order', JSON.stringify(Object.fromEntries(Object.entries(whole).reverse()))],
    ['with a field twice', text.replace('"number":12', '"number":12,"number":12')],
    ['with a number of another form', text.replace('"number":12', '"number":12.0')],
    ['with a leading zero', text.replace('"number":12', '"number":012')],
    ['with minus nothing', text.replace('"runningMs":5', '"runningMs":-0')],
    ['with a row twice', text.replace('"person/y":null', '"person/y":null,"person/y":null')],
    ['with rows out of order', text.replace('"person/y"', '"a/y"')],
    ['with rows without a comma', text.replace(',"person/y"', '"person/y"')],
    ['with a comma too many', text.replace('"person/y":null', '"person/y":null,')],
    ['with details out of order', text.replace('"after":"active","before":"left"', '"before":"left","after":"active"')],
    ['with a detail that holds more', text.replace('"count":3', '"count":[3]')],
    ['with a detail beyond all numbers', text.replace('"count":3', '"count":1e999')],
    ['with a detail of its own prototype', text.replace('"count":3', '"__proto__":3')],
    ['with half a surrogate', text.replace('spoke', '\\ud800')],
    ['with an escape that needs none', text.replace('spoke', '\\u0073poke')],
    ['with a control sign', text.replace('spoke', 'sp\u0001oke')],
    ['with a sign of DEL', text.replace('spoke', 'sp\u007foke')],
    ['with a reason that is too long', text.replace('spoke', 'x'.repeat(200))],
    ['with an unknown outcome', text.replace('accepted', 'perhaps')],
    ['with a field more', text.replace('"type"', '"tall":1,"type"')],
    ['without its type', text.replace(',"type":"login-attempted"', '')],
    ['with an id of another form', text.replaceAll(id, id.toUpperCase())],
    ['cut', text.slice(0, -1)],
    ['empty', ''],
    ['nothing like it', 'null'],
  ])('takes no event %s that the long way would not', (_what, body) => {
    expectStrict(body)
    expect(readEvent(body)).toEqual(readUsual(body) ?? readAny(body))
  })

  it('whatever one sign more, less or other does to it', () => {
    const sign = fc.constantFrom('"', ',', ':', '{', '}', '0', '-', 'a', '\\', ' ', '/', '\u00e9', '\ud800', 'null')
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(2), sign, (at, drop, put) => {
        expectStrict(text.slice(0, at) + put + text.slice(at + drop))
      }),
      { numRuns: 3000 },
    )
  })
})
