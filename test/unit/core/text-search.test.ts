// The search finds what looking through every text finds, whatever is typed.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText, wordsOf } from '../../../src/core/fold.ts'
import { maskOf, TextSearch } from '../../../src/core/text-search.ts'

const searchOf = (texts: readonly string[]) => {
  const folded = texts.map(foldText)
  return { folded, search: new TextSearch(folded.map((text) => ({ text, mask: maskOf(text) }))) }
}
/** Few letters, so that much is found; with letters of two units, and words one character long. */
const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'z', 'ü', 'ß', '0', '1', '9', ' ', '-', 'م', '😀'),
  maxLength: 12,
})

describe('the search among texts', () => {
  it('finds what looking through every text finds', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 30 }), text, (texts, typed) => {
        const { folded, search } = searchOf(texts)
        const words = wordsOf(typed)
        const expected = folded.flatMap((each, place) => (words.every((word) => each.includes(word)) ? [place] : []))
        expect([...search.placesOf(typed)]).toEqual(expected)
      }),
      { numRuns: 2000 },
    )
  })

  it('does not read on into the next text', () => {
    const { search } = searchOf(['ab', 'cd', 'abcd'])
    expect([...search.placesOf('bc')]).toEqual([2])
    expect([...search.placesOf('cdab')]).toEqual([])
  })
})
