// What of the log is shown: a row for kind and person; outcome, time and one event by its number behind "More filters".
import { ChevronDown } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { eventGroups } from '../../core/event-groups.ts'
import { Choice } from '../../ui/Choice.tsx'
import { Field } from '../../ui/Field.tsx'
import { TimeField } from '../../ui/TimeField.tsx'
import { grouped } from '../../ui/time.ts'
import { type Log, noFilter } from '../state/useLog.ts'

const behind = ['outcome', 'from', 'to'] as const

export function LogFilters({ log, onOpen }: { log: Log; onOpen: (number: number) => void }) {
  const { t } = useTranslation()
  const [number, setNumber] = useState('')
  const { filter, narrow } = log
  const count = behind.filter((name) => filter[name] !== noFilter[name]).length
  const [more, setMore] = useState(count > 0)
  const moreId = useId()
  const isFree = Object.entries(noFilter).every(([name, value]) => filter[name as keyof typeof filter] === value)

  function open(event: FormEvent): void {
    event.preventDefault()
    const wanted = Number(number.replace(/\D/g, ''))
    if (Number.isSafeInteger(wanted) && wanted > 0) onOpen(wanted)
  }

  return (
    <div className="panel filters">
      <search className="filter-fields first" aria-label={t('audit.filters')}>
        <Choice
          label={t('audit.group')}
          value={filter.group}
          options={[
            { value: '', name: t('audit.anyGroup') },
            ...eventGroups.map((group) => ({ value: group, name: t(`audit.groups.${group}`) })),
          ]}
          onChange={(group) => narrow({ group })}
        />
        <Field
          type="search"
          label={t('audit.person')}
          value={filter.person}
          maxLength={100}
          onChange={(person) => narrow({ person })}
        />
        <Button className="button more" aria-expanded={more} aria-controls={moreId} onPress={() => setMore(!more)}>
          {count > 0 ? t('audit.moreSet', { shown: grouped(count) }) : t('audit.more')}
          <ChevronDown aria-hidden="true" />
        </Button>
        <Button className="button" isDisabled={isFree} onPress={log.clear}>
          {t('audit.clear')}
        </Button>
      </search>
      <div className="filters" id={moreId} hidden={!more}>
        <search className="filter-fields" aria-label={t('audit.more')}>
          <Choice
            label={t('audit.outcome')}
            value={filter.outcome}
            options={[
              { value: '', name: t('audit.anyOutcome') },
              { value: 'accepted', name: t('session.accepted') },
              { value: 'refused', name: t('session.refused') },
            ]}
            onChange={(outcome) => narrow({ outcome })}
          />
          <TimeField label={t('audit.from')} value={filter.from} onChange={(from) => narrow({ from })} />
          <TimeField label={t('audit.to')} value={filter.to} onChange={(to) => narrow({ to })} />
        </search>
        <form className="filter-fields" onSubmit={open} noValidate>
          <Field
            label={t('audit.number')}
            value={number}
            inputMode="numeric"
            maxLength={16}
            onChange={(typed) => setNumber(typed.replace(/\D/g, ''))}
          />
          <Button className="button" type="submit">
            {t('audit.open')}
          </Button>
        </form>
      </div>
    </div>
  )
}
