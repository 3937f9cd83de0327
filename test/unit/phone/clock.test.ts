// When a code looks old: never by a clock that is wrong by whole hours, and never as a refusal.
import { expect, it } from 'vitest'
import { encodeChallenge } from '../../../src/core/challenge.ts'
import { looksOld } from '../../../src/phone/clock.ts'

const nowMs = 1_790_000_000_000
const hour = 3600
it.each([
  [0, false],
  [119, false],
  [180, false],
  [181, true],
  [30 * 60, true],
  [-300, false],
  [-hour, false],
  [hour, false],
  [hour + 120, false],
  [hour - 45, false],
  [hour + 900, true],
  [8 * hour, false],
  [16 * hour, true],
  [30 * 24 * hour, true],
])('a code of %i seconds: %s', (ageSeconds, old) => {
  const issuedAtSeconds = nowMs / 1000 - ageSeconds
  const bytes = encodeChallenge({
    purpose: 'unlock',
    station: new Uint8Array(8),
    nonce: new Uint8Array(16),
    issuedAtSeconds,
  })
  expect(looksOld(bytes, nowMs)).toBe(old)
})
