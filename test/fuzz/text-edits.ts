// Small edits of a valid text, as a careless copy or a careful forger makes them.
import fc from 'fast-check'

const edit = fc.record({
  how: fc.constantFrom('cut', 'insert', 'repeat', 'replace', 'case', 'end', 'swap'),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  length: fc.integer({ min: 1, max: 12 }),
  text: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom('\n', '\r\n', ' ', '\u2028', '=', '0', '"'),
  ),
})

/** Between one and three edits; the outcome may by chance be the text itself. */
export const edited = (valid: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(valid, fc.array(edit, { minLength: 1, maxLength: 3 })).map(([text, edits]) => edits.reduce(apply, text))

function apply(
  text: string,
  { how, at, length, text: put }: typeof edit extends fc.Arbitrary<infer E> ? E : never,
): string {
  const start = Math.floor(at * text.length)
  const before = text.slice(0, start)
  const piece = text.slice(start, start + length)
  const after = text.slice(start + length)
  switch (how) {
    case 'cut':
      return before + after
    case 'insert':
      return before + put + piece + after
    case 'repeat':
      return before + piece + piece + after
    case 'replace':
      return before + put + after
    case 'case':
      return before + (piece === piece.toLowerCase() ? piece.toUpperCase() : piece.toLowerCase()) + after
    case 'swap':
      return after + piece + before
    default:
      return before
  }
}

export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.json(),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('utf8')),
  fc.constantFrom(
    '',
    '\n'.repeat(10_000),
    'A'.repeat(200_000),
    '\u2014 '.repeat(50_000),
    '['.repeat(100_000),
    '"\\ud800"',
  ),
)
