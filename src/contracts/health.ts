// How a station does: what was looked at, and what was found, each in one word that a screen or a terminal has sentences for.
import { z } from 'zod'

export const healthState = z.enum(['good', 'look', 'stop'])
export type HealthState = z.infer<typeof healthState>

export const healthSaid = z.enum([
  'keychain-reachable',
  'keychain-missing',
  'keychain-locked',
  'keychain-insecure',
  'key-missing',
  'key-changed',
  'clock-right',
  'clock-unsynchronised',
  'clock-closed',
  'store-durable',
  'store-not-durable',
  'store-damaged',
  'disk-room',
  'disk-low',
  'disk-nearly-full',
  'log-anchored',
  'log-checking',
  'log-behind',
  'log-unanchored',
  'folder-private',
  'folder-open',
  'folder-foreign',
  'backup-recent',
  'backup-old',
  'backup-never',
])
export type HealthSaid = z.infer<typeof healthSaid>

export const healthItem = z.strictObject({
  name: z.enum(['keychain', 'clock', 'store', 'disk', 'log', 'folder', 'backup']),
  state: healthState,
  said: healthSaid,
})
export type HealthItem = z.infer<typeof healthItem>
