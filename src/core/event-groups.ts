// Into which group of the log an event falls, by the first word of its type, so that a new type has its place at once.
import type { EventGroup } from '../contracts/commands/audit.ts'

export const eventGroups: readonly EventGroup[] = [
  'sign-ins',
  'people',
  'credentials',
  'policy',
  'alerts',
  'log',
  'station',
  'other',
]

const groups: Readonly<Record<string, EventGroup>> = {
  login: 'sign-ins',
  approval: 'sign-ins',
  session: 'sign-ins',
  sign: 'sign-ins',
  challenges: 'sign-ins',
  emergency: 'sign-ins',
  break: 'sign-ins',
  first: 'sign-ins',
  person: 'people',
  people: 'people',
  credential: 'credentials',
  offer: 'credentials',
  offers: 'credentials',
  recovery: 'credentials',
  phone: 'credentials',
  pin: 'credentials',
  ticket: 'credentials',
  policy: 'policy',
  alert: 'alerts',
  log: 'log',
  station: 'station',
  hub: 'station',
  clock: 'station',
  call: 'station',
  calls: 'station',
  backup: 'station',
  brand: 'station',
  keys: 'station',
  rows: 'station',
  token: 'station',
}

export const eventGroup = (type: string): EventGroup => groups[type.split('-', 1)[0] ?? ''] ?? 'other'
