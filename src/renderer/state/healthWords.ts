// Which findings have something to do next: those that are not good.
import type { HealthSaid } from '../../contracts/health.ts'
import type { workstation } from '../../ui/messages/en/workstation.ts'

export type Mendable = keyof (typeof workstation)['next']
const good = [
  'keychain-reachable',
  'clock-right',
  'store-durable',
  'disk-room',
  'log-anchored',
  'log-checking',
  'folder-private',
  'backup-recent',
] as const satisfies readonly HealthSaid[]

const isMendable = (said: HealthSaid): said is Exclude<HealthSaid, (typeof good)[number]> =>
  !(good as readonly HealthSaid[]).includes(said)

export const nextKey = (said: HealthSaid): Mendable | null => (isMendable(said) ? said : null)
