// What people type: into which one form it is put, and what is turned away.
import { describe, expect, it } from 'vitest'
import { displayName, oneTimeCode, recoveryCodeText, staffId, stationLabel } from '../../../src/contracts/fields.ts'
import { fc } from '../support/properties.ts'

const passes = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success

describe('a staff ID', () => {
  it.each([
    ['a1001', 'A1001'],
    ['  A1001 ', 'A1001'],
    ['n-20.44_b', 'N-20.44_B'],
    ['müller', 'MÜLLER'],
    ['७२', '७२'],
    ['çağrı', 'ÇAĞRI'],
    ['李', '李'],
    ['a'.repeat(32), 'A'.repeat(32)],
  ])('%j is %j', (typed, kept) => expect(staffId.parse(typed)).toBe(kept))

  it('is one and the same however the letters were composed', () => {
    const composed = 'M\u00dcLLER-\u00c5'
    expect(staffId.parse(composed)).toBe(composed)
    // The ANGSTROM SIGN, which is the letter Å.
    expect(staffId.parse('M\u00dcLLER-\u212b')).toBe(composed)
    // Letter and combining mark, as some keyboards and most badges printed from files have them.
    expect(staffId.parse('mu\u0308ller-a\u030a')).toBe(composed)
  })

  it.each([
    ['empty', ''],
    ['only spaces', '   '],
    ['a space within', 'A 1001'],
    ['too long', 'A'.repeat(33)],
    ['a slash', 'A/1'],
    ['quotes', "A'1"],
    ['a line break', 'A\n1'],
    ['nothing visible', '\u200b'],
    ['a direction override', 'A\u202e1'],
    ['a NUL', 'A\u00001'],
    ['half a character', 'A\ud800'],
    ['a combining mark alone', '\u0301'],
    ['no text', 1001],
    ['nothing', undefined],
  ])('is not %s', (_, typed) => expect(passes(staffId, typed)).toBe(false))

  it('stays as it is when it is parsed again, and never grows past 32', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 34 }), (typed) => {
        const first = staffId.safeParse(typed)
        if (!first.success) return
        expect(first.data.length).toBeLessThanOrEqual(32)
        expect(staffId.safeParse(first.data)).toEqual({ success: true, data: first.data })
      }),
      // Letters whose capital is two letters, or a letter and a mark.
      { numRuns: 2000, examples: [['ß'.repeat(20)], ['ǰ'], ['ŉ'], ['ﬃ'.repeat(32)], ['straße'], ['ΐ']] },
    )
  })

  it('is the same for capitals and small letters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9._ÀÉÑÖÜß-]{1,16}$/), (typed) => {
        expect(staffId.parse(typed.toLowerCase())).toBe(staffId.parse(typed.toUpperCase()))
      }),
    )
  })
})

describe.each([
  ['a display name', displayName],
  ['a station label', stationLabel],
] as const)('%s', (_, schema) => {
  it.each([
    ['Bola Adeyemi', 'Bola Adeyemi'],
    ['  Ward 7 ', 'Ward 7'],
    ['Zoë Ångström-O’Neill', 'Zoë Ångström-O’Neill'],
    ['李小龍', '李小龍'],
    ['ward 7 😀', 'ward 7 😀'],
    ['<b>Ward</b>', '<b>Ward</b>'],
    ['x'.repeat(100), 'x'.repeat(100)],
  ])('%j is %j', (typed, kept) => expect(schema.parse(typed)).toBe(kept))

  it.each([
    ['empty', ''],
    ['only spaces', '  '],
    ['too long', 'x'.repeat(101)],
    ['on two lines', 'a\nb'],
    ['with a NUL', 'a\u0000'],
    ['with an escape', 'a\u001b[31m'],
    ['with a direction override', 'a\u202eb'],
    ['with a joiner that nobody sees', 'a\u200bb'],
    ['with a line separator', 'a\u2028b'],
    // Neither canonical JSON nor SQLite can hold one: past this point it would close the station.
    ['with the first half of a character', 'a\ud800'],
    ['with the second half of a character', '\udc00a'],
    ['a number', 7],
    ['null', null],
  ])('is not %s', (__, typed) => expect(passes(schema, typed)).toBe(false))
})

describe('a one-time code', () => {
  it.each([
    ['123456', '123456'],
    ['123 456', '123456'],
    ['1234-5678', '12345678'],
    [' 012345 ', '012345'],
    ['1 2 3 4 5 6 7', '1234567'],
  ])('%j is %j', (typed, kept) => expect(oneTimeCode.parse(typed)).toBe(kept))

  it.each(['', '12345', '123456789', '12345a', '１２３４５６', '١٢٣٤٥٦', '-123456e1', '123.456', '+123456', 123456])(
    'is not %j',
    (typed) => expect(passes(oneTimeCode, typed)).toBe(false),
  )

  it('is not looked at when it is long', () => expect(passes(oneTimeCode, `123456${' '.repeat(15)}`)).toBe(false))
})

describe('a recovery code', () => {
  const kept = 'ABCDEFGHIJ234567'
  it.each([
    kept,
    'ABCD-EFGH-IJ23-4567',
    'abcd efgh ij23 4567',
    ' abcdefghij234567 ',
    'A-B-C-D-E-F-G-H-I-J-2-3-4-5-6-7',
  ])('%j is read', (typed) => expect(recoveryCodeText.parse(typed)).toBe(kept))

  it('has 0, 1 and 8 read as the letters they look like', () => {
    expect(recoveryCodeText.parse('0180-0180-0180-0180')).toBe('OIBOOIBOOIBOOIBO')
  })

  it.each([
    '',
    'ABCD-EFGH-IJ23-456',
    'ABCD-EFGH-IJ23-45677',
    'ABCD-EFGH-IJ23-456!',
    'ABCD-EFGH-IJ23-4569',
    'ÄBCD-EFGH-IJ23-4567',
    'ABCD_EFGH_IJ23_4567',
    'x'.repeat(65),
    7,
  ])('is not %j', (typed) => expect(passes(recoveryCodeText, typed)).toBe(false))
})
