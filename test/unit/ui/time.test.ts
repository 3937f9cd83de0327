// How the window counts down and writes times.
import { describe, expect, it } from 'vitest'
import { dayAndTime, grouped, minutesAndSeconds, secondsUntil } from '../../../src/ui/time.ts'

it.each([
  [0, 1000, 0],
  [1000, 1000, 0],
  [1001, 1000, 1],
  [31_000, 1000, 30],
  [30_999, 1000, 30],
])('until %i from %i: %i s', (then, now, seconds) => expect(secondsUntil(then, now)).toBe(seconds))

it.each([
  [0, '0:00'],
  [9, '0:09'],
  [60, '1:00'],
  [299, '4:59'],
  [3600, '60:00'],
])('%i s is %s', (seconds, text) => expect(minutesAndSeconds(seconds)).toBe(text))

describe('a day', () => {
  const at = (day: number, hour: number) => new Date(2026, 1, day, hour, 5).getTime()
  it.each([
    [at(5, 3), 'Today 03:05'],
    [at(4, 22), 'Yesterday 22:05'],
    [at(3, 14), '3 Feb 14:05'],
  ])('%i is %s', (ms, text) => expect(dayAndTime(ms, at(5, 9))).toBe(text))
})

it('groups thousands', () => expect(grouped(1234567)).toBe('1,234,567'))
