// Which line of a file of people a problem is on: that where its record begins, however many lines it has.
import { describe, expect, it } from 'vitest'
import { planOf } from '../../../src/station/people-file.ts'

const linesOf = (text: string) => planOf(Buffer.from(text)).problems.map(({ line, problem }) => [line, problem])

describe.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
  ['CR', '\r'],
])('a file of people with lines that end in %s', (_, end) => {
  const file = (...lines: string[]) => lines.map((line) => line + end).join('')

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('has the first line of a record with %s in its cells named, and those after it', (_in, inner) => {
    const text = file(
      'staff_id,name,roles',
      'P1,Ann,staff',
      '',
      `P2,"Bo${inner}Bo${inner}Bo",king`,
      'P3,Cy,queen',
      `"P${inner}4",Di,staff`,
      'P5,Ed,pawn',
    )
    expect(linesOf(text).map(([line]) => line)).toEqual(expect.arrayContaining([4, 7, 8, 10]))
    expect(new Set(linesOf(text).map(([line]) => line))).toEqual(new Set([4, 7, 8, 10]))
  })

  it('has a quote that never ends named by its beginning', () => {
    expect(linesOf(file('staff_id,name', `P1,"Ann${end}of here"`, '', 'P2,"Bo', 'P3,Cy', 'P4,Di'))).toEqual([
      [5, 'not-csv'],
    ])
  })
})
