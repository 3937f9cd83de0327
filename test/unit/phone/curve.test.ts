// Our P-256 is everybody's: the numbers of noble's own module, and the points that Node makes.
import { createECDH, ECDH } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import { expect, it } from 'vitest'
import { P256 } from '../../../src/phone/keys/curve.ts'

it('has the numbers of the standard', () => {
  expect(P256.CURVE()).toEqual(p256.Point.CURVE())
})

it('shortens and restores points as Node does, and takes none that is off the curve', () => {
  for (let i = 0; i < 50; i += 1) {
    const key = createECDH('prime256v1')
    key.generateKeys()
    const short = Uint8Array.from(key.getPublicKey(null, 'compressed'))
    const whole = ECDH.convertKey(short, 'prime256v1', undefined, undefined, 'uncompressed') as Buffer
    expect(P256.fromBytes(Uint8Array.from(whole)).toBytes(true)).toEqual(short)
    expect(P256.fromBytes(short).toBytes(false)).toEqual(Uint8Array.from(whole))
  }
  const off = new Uint8Array(33).fill(7)
  off[0] = 2
  expect(() => P256.fromBytes(off)).toThrow()
  expect(() => P256.fromBytes(new Uint8Array(33))).toThrow()
})
