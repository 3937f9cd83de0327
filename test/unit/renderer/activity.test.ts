// What tells the station that somebody is there: what a hand does, and nothing that happens by itself.
import { describe, expect, it } from 'vitest'
import { isDoneBySomebody } from '../../../src/renderer/state/useActivity.ts'

describe('somebody is there', () => {
  it.each([
    ['a touch or a click', { type: 'pointerdown' }],
    ['a key', { type: 'keydown', repeat: false }],
    ['a wheel', { type: 'wheel' }],
  ])('by %s', (_, event) => expect(isDoneBySomebody({ isTrusted: true, ...event })).toBe(true))

  it.each([
    ['a pointer that lies still while the layout changes under it', { type: 'mousemove', movementX: 0, movementY: 0 }],
    ['any move of a pointer', { type: 'pointermove' }],
    ['a key that something lies on', { type: 'keydown', repeat: true }],
    ['a key that is let go', { type: 'keyup' }],
    ['a press that a program made up', { type: 'pointerdown', isTrusted: false }],
  ])('not by %s', (_, event) => expect(isDoneBySomebody({ isTrusted: true, ...event })).toBe(false))
})
