// The audit log in Administration: what it holds by filter and page, its verification, and copies of it.
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Said } from '../../ui/Said.tsx'
import { grouped } from '../../ui/time.ts'
import { useLog } from '../state/useLog.ts'
import { EventDetails } from './EventDetails.tsx'
import { LogFilters } from './LogFilters.tsx'
import { LogTable } from './LogTable.tsx'
import { LogTools } from './LogTools.tsx'

export function AuditLog() {
  const { t } = useTranslation()
  const log = useLog()
  const [opened, setOpened] = useState<number | null>(null)
  const { page, problem } = log
  // The list stays as it was: whoever looks at one event goes on from there.
  if (opened !== null) return <EventDetails number={opened} onBack={() => setOpened(null)} />
  const said = problem === null ? '' : t(`audit.${problem}`)
  const nobody = log.filter.person.trim() !== '' && page?.people.length === 0
  return (
    <div className="people log">
      <a className="back" href="#workspace">
        {t('people.workspace')}
      </a>
      <div className="people-head">
        <h2 className="title">{t('audit.heading')}</h2>
        <p>{page && t('audit.total', { count: page.total, shown: grouped(page.total) })}</p>
      </div>
      <LogTools />
      <LogFilters log={log} onOpen={setOpened} />
      <Said label={t('lock.what')} tone="look" text={said} />
      {page === null && problem === null && <p className="waiting">{t('audit.loading')}</p>}
      {page?.events.length === 0 && (
        <div className="empty">
          <p className="lead">{t(nobody ? 'audit.nobody' : 'audit.empty')}</p>
          <p>{t('audit.emptyNext')}</p>
        </div>
      )}
      {page && page.events.length > 0 && <LogTable events={page.events} onOpen={setOpened} />}
      {page && (!log.isNewest || page.next !== null) && (
        <div className="pages">
          <Button className="button" isDisabled={log.isNewest} onPress={log.newer}>
            {t('audit.newer')}
          </Button>
          <Button className="button" isDisabled={page.next === null} onPress={log.older}>
            {t('audit.older')}
          </Button>
        </div>
      )}
    </div>
  )
}
