// One quiet line: whether the hub is there, and how old what came from it is.
import { useTranslation } from 'react-i18next'
import type { HubFacts } from '../../contracts/screen.ts'
import { wholeTime } from '../../ui/time.ts'

export function HubLine({ hub }: { readonly hub: HubFacts | null }) {
  const { t } = useTranslation()
  if (!hub) return null
  const { name, tone } = told(hub)
  return (
    <span className="hub">
      <i className="dot" data-tone={tone} />
      {t(`hub.${name}`, { name: hub.organisation, time: wholeTime(hub.confirmedAtMs) })}
    </span>
  )
}

/** A lease that is over says so whatever the connection is doing. */
function told({ state, lease }: HubFacts) {
  if (state === 'closed') return { name: 'closed', tone: 'stop' } as const
  if (lease === 'over') return { name: 'over', tone: 'stop' } as const
  if (state === 'online') return { name: 'online', tone: 'in' } as const
  if (lease === 'near') return { name: 'near', tone: 'look' } as const
  return state === 'offline'
    ? ({ name: 'offline', tone: 'look' } as const)
    : ({ name: 'connecting', tone: 'busy' } as const)
}
