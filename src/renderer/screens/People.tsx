// People in Administration: search, pages, adding a person and enrolling their phone.
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/Field.tsx'
import { Said } from '../../ui/Said.tsx'
import { grouped } from '../../ui/time.ts'
import { ask } from '../state/bridge.ts'
import { useChanges } from '../state/useChanges.ts'
import { usePeople } from '../state/usePeople.ts'
import { AddPerson } from './AddPerson.tsx'
import type { AreaProps } from './areas.ts'
import { Filters } from './Filters.tsx'
import { Pager } from './Pager.tsx'
import { PeopleTable } from './PeopleTable.tsx'
import { StepUp } from './StepUp.tsx'

const parts = ['everybody', 'active', 'no-phone', 'suspended', 'left'] as const

export function People({ screen, enrollment }: AreaProps) {
  const { t } = useTranslation()
  const people = usePeople()
  const [adding, setAdding] = useState(false)
  const { list, page } = people
  const mayChange = screen.person.may.includes('change-people')

  const changes = useChanges(['no-file'])
  const [written, setWritten] = useState('')
  function exportAll(): Promise<void> {
    setWritten('')
    return changes.change(
      () => ask('exportPeople', {}),
      ({ file }) => setWritten(t('administration.export.written', { file })),
    )
  }
  const enroll = (personId: string) =>
    changes.change(
      () => enrollment.makeOffer('makeOffer', { personId }),
      () => {},
    )

  const bind = (personId: string) =>
    changes.change(
      () => enrollment.makeOffer('bindPhone', { personId }),
      () => {},
    )

  async function added(personId: string): Promise<void> {
    setAdding(false)
    people.turn(0)
    // Where policy has people enroll alone, a ticket is what comes next.
    const tickets = await ask('readTickets', { personId })
    if (tickets?.ok && tickets.mayIssue.includes('enroll')) window.location.hash = `#person/${personId}`
    else await enroll(personId)
  }

  const said = people.failed ? t('people.failed') : changes.said || written

  return (
    <div className="people">
      <a className="back" href="#workspace">
        {t('people.workspace')}
      </a>
      <div className="people-head">
        <h2 className="title">{t('people.heading')}</h2>
        <p>{list && t('people.total', { count: list.total, shown: grouped(list.total) })}</p>
        {!adding && (
          <Button className="button" onPress={() => void exportAll()}>
            {t('administration.export.csv')}
          </Button>
        )}
        {mayChange && !adding && (
          <>
            <a className="button" href="#import">
              {t('administration.import.link')}
            </a>
            <Button className="button go" onPress={() => setAdding(true)}>
              {t('people.add')}
            </Button>
          </>
        )}
      </div>
      {changes.waiting && <StepUp changes={changes} />}
      {adding && <AddPerson changes={changes} onCancel={() => setAdding(false)} onAdded={added} />}
      {!adding && <Field type="search" label={t('people.search')} value={people.search} onChange={people.find} />}
      {!adding && (
        <Filters
          label={t('enrollment.parts')}
          names={parts}
          chosen={people.filter}
          words={(name) => t(`enrollment.part.${name}`)}
          counts={list?.counts}
          onChoose={people.choose}
        />
      )}
      <Said label={t('lock.what')} tone={written === '' ? 'look' : 'in'} text={adding ? '' : said} />
      {list === null && !people.failed && <p className="waiting">{t('people.loading')}</p>}
      {list?.people.length === 0 && (
        <div className="empty">
          <p className="lead">{t('people.emptyTitle')}</p>
          <p>{t('people.emptyNext')}</p>
        </div>
      )}
      {list && list.people.length > 0 && (
        <PeopleTable
          people={list.people}
          viewer={screen.person}
          busy={enrollment.busy}
          onEnroll={(id) => void enroll(id)}
          onBind={(id) => void bind(id)}
        />
      )}
      {list && <Pager page={page} total={list.total} pageSize={list.pageSize} onTurn={people.turn} />}
    </div>
  )
}
