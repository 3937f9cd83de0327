// Each thing a station stands on: good, look or stop, by word and shape, and what to do next.
import { CircleCheck, OctagonX, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { WorkstationFacts } from '../../contracts/commands/workstation.ts'
import type { HealthItem } from '../../contracts/health.ts'
import { dayAndTime, grouped, sizeOf, useNow } from '../../ui/time.ts'
import { nextKey } from '../state/healthWords.ts'

const looks = {
  good: { icon: CircleCheck, tone: 'in' },
  look: { icon: TriangleAlert, tone: 'look' },
  stop: { icon: OctagonX, tone: 'stop' },
} as const
/** Names that no language translates. */
const keychains = {
  'secret-service': 'Secret Service',
  'macos-keychain': 'macOS Keychain',
  'windows-vault': 'Windows Credential Manager',
} as const

export function Health({ facts }: { facts: WorkstationFacts }) {
  const { t } = useTranslation()
  const detail = useDetail(facts)
  return (
    <section className="panel">
      <h3 id="health">{t('workstation.health')}</h3>
      <ul aria-labelledby="health" className="health">
        {facts.health.map((item) => {
          const { icon: Icon, tone } = looks[item.state]
          const next = nextKey(item.said)
          return (
            <li className="row" key={item.name}>
              <Icon aria-hidden="true" data-tone={tone} />
              <b>{t(`workstation.item.${item.name}`)}</b>
              <span>
                {t(`workstation.said.${item.said}`)}
                {next && <strong>{t(`workstation.next.${next}`)}</strong>}
                <small>{detail(item.name)}</small>
              </span>
              <em data-tone={tone}>{t(`workstation.state.${item.state}`)}</em>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function useDetail(facts: WorkstationFacts) {
  const { t } = useTranslation()
  const now = useNow()
  const { events, anchoredEvents, lastBackupAtMs } = facts
  return (name: HealthItem['name']): string => {
    switch (name) {
      case 'keychain':
        return keychains[facts.keychain]
      case 'clock':
        return t(`workstation.ntp.${facts.ntp}`)
      case 'store':
        return t('workstation.used', { size: sizeOf(facts.storeBytes) })
      case 'disk':
        return t('workstation.free', { size: sizeOf(facts.freeBytes) })
      case 'log':
        return t('workstation.anchored', {
          count: anchoredEvents,
          shown: grouped(anchoredEvents),
          total: grouped(events),
        })
      case 'backup':
        return lastBackupAtMs === null ? '' : t('workstation.lastBackup', { when: dayAndTime(lastBackupAtMs, now) })
      case 'folder':
        return ''
    }
  }
}
