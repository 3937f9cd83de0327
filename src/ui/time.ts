// The clock of the window and the ways it writes times, numbers and sizes.
import { useEffect, useState } from 'react'
import { currentLanguage } from './i18n.ts'
import { type Language, languages } from './messages/languages.ts'

/** The present, renewed every second. */
export function useNow(): number {
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((seconds) => seconds + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  // Read at each drawing: a time kept from the last second would be older than what main has just pushed.
  return Date.now()
}

/** Whole seconds from now until then, never below zero. */
export const secondsUntil = (then: number, now: number): number => Math.max(0, Math.ceil((then - now) / 1000))

export function minutesAndSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

function makeFormats(language: Language) {
  const { locale } = languages[language]
  return {
    clock: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    day: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }),
    relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
    whole: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }),
    date: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' }),
    numbers: new Intl.NumberFormat(locale),
    megabytes: new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 }),
    gigabytes: new Intl.NumberFormat(locale, { style: 'unit', unit: 'gigabyte', maximumFractionDigits: 1 }),
  }
}

// Dear to make, so one set a language.
const made = new Map<Language, ReturnType<typeof makeFormats>>()

/** Of the language on the screen. Who calls this while drawing uses its words too, and so draws anew when it changes. */
function formats() {
  const language = currentLanguage()
  const kept = made.get(language) ?? makeFormats(language)
  made.set(language, kept)
  return kept
}

export const clockTime = (ms: number): string => formats().clock.format(ms)

function midnight(ms: number): number {
  const date = new Date(ms)
  date.setHours(0, 0, 0, 0)
  return date.getTime()
}

/** "Today 03:12", "Yesterday 22:05" or "3 Feb 14:00", as the language on the screen writes it. */
export function dayAndTime(ms: number, now: number): string {
  const { day, relative } = formats()
  const days = Math.round((midnight(ms) - midnight(now)) / 86_400_000)
  const name = days === 0 || days === -1 ? relative.format(days, 'day') : day.format(ms)
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${clockTime(ms)}`
}

/** Day, year and time to the second, as an entry of the log has it. */
export const wholeTime = (ms: number): string => formats().whole.format(ms)
/** With the year, for what is read much later. */
export const wholeDate = (ms: number): string => formats().date.format(ms)

export const grouped = (value: number): string => formats().numbers.format(value)

/** "3.4 MB", "77 GB". */
export function sizeOf(bytes: number): string {
  const { megabytes, gigabytes } = formats()
  return bytes < 1e9 ? megabytes.format(bytes / 1e6) : gigabytes.format(bytes / 1e9)
}

export function useReducedMotion(): boolean {
  const [reduced, setReduced] = useState(() => matchMedia('(prefers-reduced-motion: reduce)').matches)
  useEffect(() => {
    const query = matchMedia('(prefers-reduced-motion: reduce)')
    const listen = () => setReduced(query.matches)
    query.addEventListener('change', listen)
    return () => query.removeEventListener('change', listen)
  }, [])
  return reduced
}
