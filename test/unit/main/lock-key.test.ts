// The lock key, on the layouts that people have.
import type { Input } from 'electron'
import { describe, expect, it } from 'vitest'
import { isLockKey } from '../../../src/main/lock-key.ts'

const press = (over: Partial<Input>): Input => ({
  type: 'keyDown',
  key: 'l',
  code: 'KeyL',
  isAutoRepeat: false,
  isComposing: false,
  shift: false,
  control: true,
  alt: false,
  meta: false,
  location: 0,
  modifiers: [],
  ...over,
})

describe('the lock key', () => {
  it.each([
    ['Ctrl+L', {}],
    ['with caps lock', { key: 'L' }],
    ['on a Cyrillic layout', { key: 'д' }],
    ['on an Arabic layout', { key: 'م' }],
    ['on a Greek layout', { key: 'λ' }],
    ['where L stands elsewhere, as on Dvorak', { key: 'l', code: 'KeyP' }],
  ] as const)('locks: %s', (_what, over) => expect(isLockKey(press(over))).toBe(true))

  it.each([
    ['L alone', { control: false }],
    ['its release', { type: 'keyUp' }],
    ['another letter in its place, as on Dvorak', { key: 'n' }],
    ['another key of a Cyrillic layout', { key: 'в', code: 'KeyD' }],
    ['AltGr+L, which types ł', { key: 'ł', alt: true }],
  ] as const)('does not: %s', (_what, over) => expect(isLockKey(press(over))).toBe(false))
})
