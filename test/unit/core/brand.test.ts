// Colours of an organisation: WCAG's contrast, and what is refused below 4.5 to 1.
import fs from 'node:fs'
import { describe, expect, it } from 'vitest'
import { codeColour, grounds, lowContrasts, plainColours } from '../../../src/core/brand.ts'
import { contrast, inkOn, luminance } from '../../../src/core/contrast.ts'
import { fc } from '../support/properties.ts'

const colour = fc
  .tuple(fc.nat({ max: 255 }), fc.nat({ max: 255 }), fc.nat({ max: 255 }))
  .map((parts) => `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`)

describe('contrast', () => {
  // Of WCAG 2.2 and its techniques (G18), and of well-known checkers.
  it.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
    ['#ff0000', '#ffffff', 4],
    ['#0000ff', '#ffffff', 8.59],
    ['#00598a', '#ffffff', 7.51],
  ])('of %s and %s is %d to 1', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 1)
    expect(contrast(other, one)).toBe(contrast(one, other))
  })

  it('lies between 1 and 21, and one of black and white always reads', () => {
    fc.assert(
      fc.property(colour, colour, (one, other) => {
        const ratio = contrast(one, other)
        return ratio >= 1 && ratio <= 21 && contrast(one, inkOn(one)) >= 4.5
      }),
    )
  })

  it('is not reckoned of what is no colour', () => {
    for (const text of ['', 'red', '#fff', '#12345g', '#1234567']) expect(() => luminance(text)).toThrow(RangeError)
  })
})

describe('a look', () => {
  it('of the station itself is fine', () => expect(lowContrasts(plainColours)).toEqual([]))

  it.each([
    ['code', '#777777', 4.4],
    ['code', '#ffffff', 1],
    ['code', '#ff0000', 3.9],
    ['accentDark', '#333333', 1.2],
    ['accentLight', '#ffcc00', 1.2],
  ] as const)('with %s of %s is refused at %d to 1', (field, wanted, ratio) => {
    expect(lowContrasts({ ...plainColours, [field]: wanted })).toEqual([{ field, ratio }])
  })

  it('is held to words that can be read on the colour around the code', () => {
    const frame = { frame: '#808080', frameInk: '#ffffff' }
    expect(lowContrasts({ ...plainColours, ...frame })).toEqual([{ field: 'frameInk', ratio: 3.9 }])
    expect(lowContrasts({ ...plainColours, ...frame, frameInk: '#000000' })).toEqual([])
  })

  it('never says a ratio that would be enough', () => {
    fc.assert(fc.property(colour, (code) => lowContrasts({ ...plainColours, code }).every(({ ratio }) => ratio < 4.5)))
  })

  it('never draws a code that a camera can’t read, whatever was stored', () => {
    expect(codeColour('#003355')).toBe('#003355')
    expect(codeColour('#aaaaaa')).toBe('#000000')
    fc.assert(fc.property(colour, (code) => contrast(codeColour(code), '#ffffff') >= 4.5))
  })

  it('is checked against the grounds that the themes have', () => {
    const tokens = fs.readFileSync('src/ui/tokens.css', 'utf8')
    const [dark, light] = [tokens.split(':root[data-theme="light"]')[0], tokens.split(':root[data-theme="light"]')[1]]
    const named = (text = '') =>
      ['ground', 'raised', 'card'].map((name) => new RegExp(`--${name}: (#\\w+)`).exec(text)?.[1])
    expect(named(dark)).toEqual([...grounds.dark])
    expect(named(light)).toEqual([...grounds.light])
  })
})
