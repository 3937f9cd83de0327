// Checkpoints held against the examples and the grammar of C2SP tlog-checkpoint and signed-note.
import { describe, expect, it } from 'vitest'
import { checkpointText, parseNote, signedNote } from '../../../src/core/checkpoint.ts'
import { fc } from '../support/properties.ts'

// The example of the tlog-checkpoint page.
const name = 'example.com/behind-the-sofa'
const checkpoint = { origin: name, size: 20852163, root: 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=' }
const signature = 'Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8='
const note = [name, '20852163', checkpoint.root, '', `\u2014 ${name} ${signature}`, ''].join('\n')

describe('the published example', () => {
  it('is written to the byte', () => {
    expect(checkpointText(checkpoint)).toBe(`${name}\n20852163\n${checkpoint.root}\n`)
    expect(signedNote(checkpointText(checkpoint), name, signature)).toBe(note)
    // The dash is U+2014, three bytes of UTF-8.
    expect(Buffer.from(note).includes(Buffer.from([0x0a, 0x0a, 0xe2, 0x80, 0x94, 0x20]))).toBe(true)
  })

  it('is read with the text that was signed', () => {
    expect(parseNote(note)).toEqual({
      text: checkpointText(checkpoint),
      checkpoint,
      signatures: [{ name, signature }],
    })
  })

  it('keeps every signature line, known or not, up to the sixteen that must be taken', () => {
    const more = Array.from({ length: 15 }, (_, i) => `\u2014 witness.example/${i} AAAA\n`).join('')
    const parsed = parseNote(note + more)
    expect(parsed?.signatures).toHaveLength(16)
    expect(parsed?.signatures[15]).toEqual({ name: 'witness.example/14', signature: 'AAAA' })
    expect(parsed?.text).toBe(checkpointText(checkpoint))
  })
})

describe('what is no checkpoint', () => {
  const swap = (from: string, to: string) => {
    expect(note).toContain(from)
    return note.replace(from, to)
  }
  it.each([
    ['nothing', ''],
    ['no signature', checkpointText(checkpoint)],
    ['an empty signature part', `${checkpointText(checkpoint)}\n`],
    ['no line break at the end', note.slice(0, -1)],
    ['text after the signature', `${note}more`],
    ['an empty line after the signature', `${note}\n`],
    ['no empty line between', swap('\n\n', '\n')],
    ['a hyphen for the dash', swap('\u2014', '-')],
    ['an empty origin', swap(`${name}\n`, '\n')],
    ['a size with a leading zero', swap('20852163', '020852163')],
    ['a size below zero', swap('20852163', '-1')],
    ['a size with a fraction', swap('20852163', '1.5')],
    ['a size in hex', swap('20852163', '0x10')],
    ['no size', swap('20852163', '')],
    ['a size past what a number holds', swap('20852163', '9'.repeat(16))],
    ['a root of 31 bytes', swap(checkpoint.root, Buffer.alloc(31).toString('base64'))],
    ['a root of 33 bytes', swap(checkpoint.root, Buffer.alloc(33).toString('base64'))],
    ['a root without its padding', swap('q2I=', 'q2I')],
    ['a root in the alphabet of URLs', swap('om/X', 'om_X')],
    ['carriage returns', note.replaceAll('\n', '\r\n')],
    ['a name with a space in it', swap(`\u2014 ${name}`, '\u2014 a b')],
    ['a signature that is no base64', swap(signature, 'not*base64')],
  ])('%s', (_, text) => {
    expect(parseNote(text)).toBeNull()
  })

  it('never makes a reader throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('\n', ' ', '\u2014', 'A', '=', '0', '7', 'é') }), (text) => {
        parseNote(text)
      }),
    )
  })
})

describe('every checkpoint', () => {
  const any = fc.record({
    origin: fc.stringMatching(/^[a-z0-9./-]{1,40}$/),
    size: fc.nat({ max: 999_999_999 }),
    root: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  })

  it('is read as it was written', () => {
    fc.assert(
      fc.property(any, fc.uint8Array({ minLength: 68, maxLength: 68 }), (each, bytes) => {
        const signed = Buffer.from(bytes).toString('base64')
        const parsed = parseNote(signedNote(checkpointText(each), each.origin, signed))
        expect(parsed).toEqual({
          text: checkpointText(each),
          checkpoint: each,
          signatures: [{ name: each.origin, signature: signed }],
        })
      }),
    )
  })

  it('has a text of its own: two that differ sign different bytes', () => {
    fc.assert(
      fc.property(any, any, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other))
        expect(checkpointText(one)).not.toBe(checkpointText(other))
      }),
    )
  })
})
