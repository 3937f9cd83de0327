// People in Administration: search, pages, adding a person and enrolling their phone.
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/Field.tsx'
import { Said } from '../../ui/Said.tsx'
import { grouped } from '../../ui/time.ts'
import type { Enrollment } from '../state/useEnrollment.ts'
import { usePeople } from '../state/usePeople.ts'
import { AddPerson } from './AddPerson.tsx'
import { PeopleTable } from './PeopleTable.tsx'

export function People({ enrollment }: { enrollment: Enrollment }) {
  const { t } = useTranslation()
  const people = usePeople()
  const [adding, setAdding] = useState(false)
  const [said, setSaid] = useState('')
  const { list, page } = people
  const pages = list ? Math.max(1, Math.ceil(list.total / Math.max(1, list.pageSize))) : 1

  async function enroll(personId: string): Promise<void> {
    const answer = await enrollment.makeOffer('makeOffer', { personId })
    if (answer === null) setSaid(t('didNotWork'))
    else setSaid(answer.ok ? '' : t(`offer.${answer.reason}`))
  }

  async function added(personId: string): Promise<void> {
    people.turn(0)
    await enroll(personId)
  }

  return (
    <div className="people">
      <a className="back" href="#workspace">
        {t('people.workspace')}
      </a>
      <div className="people-head">
        <h2 className="title">{t('people.heading')}</h2>
        <p>{list && t('people.total', { count: list.total, shown: grouped(list.total) })}</p>
        {!adding && (
          <Button className="button go" onPress={() => setAdding(true)}>
            {t('people.add')}
          </Button>
        )}
      </div>
      {adding && <AddPerson onCancel={() => setAdding(false)} onAdded={added} />}
      {!adding && <Field type="search" label={t('people.search')} value={people.search} onChange={people.find} />}
      <Said label={t('lock.what')} tone="look" text={people.failed ? t('people.failed') : said} />
      {list === null && !people.failed && <p className="waiting">{t('people.loading')}</p>}
      {list?.people.length === 0 && (
        <div className="empty">
          <p className="lead">{t('people.emptyTitle')}</p>
          <p>{t('people.emptyNext')}</p>
        </div>
      )}
      {list && list.people.length > 0 && (
        <PeopleTable people={list.people} busy={enrollment.busy} onEnroll={(id) => void enroll(id)} />
      )}
      {pages > 1 && (
        <div className="pages">
          <Button className="button" isDisabled={page === 0} onPress={() => people.turn(-1)}>
            {t('people.previous')}
          </Button>
          <span>{t('people.page', { page: page + 1, pages })}</span>
          <Button className="button" isDisabled={page + 1 >= pages} onPress={() => people.turn(1)}>
            {t('people.next')}
          </Button>
        </div>
      )}
    </div>
  )
}
