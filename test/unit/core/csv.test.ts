// CSV as RFC 4180 has it, and nothing in it that a spreadsheet would run.
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { asTyped, csvCell, csvLine, forReading } from '../../../src/core/csv.ts'
import { fc } from '../support/properties.ts'

describe('a cell', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "so"', '"say ""so"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ['+1', "'+1"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['\n=1', `"'\n=1"`],
    ['＝1', "'＝1"],
    ["'=1", "'=1"],
    ['a=1', 'a=1'],
    [' =1', ' =1'],
    [-5, '-5'],
    [0, '0'],
    ['Ann;=1+1;', "Ann;'=1+1;"],
    ['Ann; ＝1', "Ann; '＝1"],
    ['a;b=1', 'a;b=1'],
    ['{"device":";=1+1;"}', `"{""device"":"";'=1+1;""}"`],
    [';"=1', `";""'=1"`],
  ] as const)('%j is written %j', (value, cell) => expect(csvCell(value)).toBe(cell))
})

it('no cell is a formula where a spreadsheet parts them at semicolons instead', () => {
  const text = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', ';', '"', ',', "'", 'a', ' ') })
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (cells) => {
      const line = csvLine(cells).trimEnd()
      for (const cell of line.split(';').slice(1)) expect(cell).not.toMatch(/^["\s]*[=+\-@]/)
    }),
  )
})

it('a line is read back as it was, by somebody else’s reader, save for the apostrophe', () => {
  const text = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', "'", 'a', 'ü', ' ') })
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (cells) => {
      const line = csvLine(cells)
      const [read] = parse(line, { record_delimiter: '\r\n', relax_column_count: true }) as string[][]
      const dangerous = /^[=+\-@\t\r\n]/
      expect((read ?? ['']).map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n])/, ''))).toEqual(
        cells.map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n])/, '')),
      )
      for (const cell of read ?? []) expect(cell).not.toMatch(dangerous)
    }),
  )
})

describe('a text that is read in again', () => {
  it.each(['=1+1', "'=1", "''@x", "'t Hooft", '-12', '＝1', "'", ''])('%j comes back as it was', (text) => {
    const [[cell = '?'] = []] = parse(csvLine([forReading(text), 'x'])) as string[][]
    expect(cell).not.toMatch(/^[=+\-@＝]/)
    expect(asTyped(cell)).toBe(text)
  })

  it('whatever it is', () => {
    const text = fc.string({ unit: fc.constantFrom('=', '-', '@', "'", 'a', ' ') })
    fc.assert(fc.property(text, (each) => asTyped(csvCell(forReading(each)).replace(/^"|"$/g, '')) === each))
  })
})
