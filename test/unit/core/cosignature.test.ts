// cosignature/v1 of C2SP: what is signed, how it is written, and what is no cosignature.
import { describe, expect, it } from 'vitest'
import { cosignatureBytes, cosignedText, readCosignature } from '../../../src/core/cosignature.ts'
import { noteKeyId } from '../../../src/core/signed-note.ts'
import { sha256 } from '../../../src/station/primitives.ts'

const signature = new Uint8Array(64).fill(7)

describe('a cosignature', () => {
  it('covers its time and the whole checkpoint', () => {
    expect(cosignedText('wardkey/a/b\n3\nroot=\n', 1_679_315_147)).toBe(
      'cosignature/v1\ntime 1679315147\nwardkey/a/b\n3\nroot=\n',
    )
  })

  it('is read as it was written', () => {
    expect(readCosignature(cosignatureBytes(1_679_315_147, signature))).toEqual({ atSeconds: 1_679_315_147, signature })
  })

  it.each([
    ['too short', new Uint8Array(71)],
    ['too long', new Uint8Array(73)],
    ['of no time that a calendar has', new Uint8Array(72).fill(255)],
  ])('is none where it is %s', (_, bytes) => {
    expect(readCosignature(bytes)).toBeNull()
  })

  it('has another key id than a plain signature by the same key', () => {
    const key = new Uint8Array(32).fill(1)
    expect(noteKeyId('a', 'cosignature', key, sha256)).not.toEqual(noteKeyId('a', 'ed25519', key, sha256))
  })
})
