// How the window counts down and writes times.
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { speak, startMessages } from '../../../src/ui/i18n.ts'
import { clockTime, dayAndTime, grouped, minutesAndSeconds, secondsUntil } from '../../../src/ui/time.ts'

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

describe('each language', () => {
  beforeAll(startMessages)
  afterEach(async () => {
    await speak('en')
  })
  const at = (day: number, hour: number) => new Date(2026, 1, day, hour, 5).getTime()

  it.each([
    ['en', 'Today 03:05', 'Yesterday 22:05', '3 Feb 14:05', '1,234,567'],
    ['de', 'Heute 03:05', 'Gestern 22:05', '3. Feb. 14:05', '1.234.567'],
    ['fr', 'Aujourd’hui 03:05', 'Hier 22:05', '3 févr. 14:05', '1\u202f234\u202f567'],
    ['es', 'Hoy 03:05', 'Ayer 22:05', '3 feb 14:05', '1.234.567'],
    ['pl', 'Dzisiaj 03:05', 'Wczoraj 22:05', '3 lut 14:05', '1\u00a0234\u00a0567'],
    ['ar', 'اليوم 03:05', 'أمس 22:05', '3 فبراير 14:05', '1,234,567'],
  ] as const)('%s writes them its way', async (code, today, yesterday, earlier, number) => {
    await speak(code)
    expect(clockTime(at(5, 3))).toBe('03:05')
    expect(dayAndTime(at(5, 3), at(5, 9))).toBe(today)
    expect(dayAndTime(at(4, 22), at(5, 9))).toBe(yesterday)
    expect(dayAndTime(at(3, 14), at(5, 9))).toBe(earlier)
    expect(grouped(1_234_567)).toBe(number)
  })
})
