// After a restore: who could sign in, looked through and confirmed by an administrator before anybody else gets in.
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contracts/ipc.ts'
import { Said } from '../../ui/Said.tsx'
import { grouped } from '../../ui/time.ts'
import { ask } from '../state/bridge.ts'
import { useChanges } from '../state/useChanges.ts'
import { StepUp } from './StepUp.tsx'

type List = Extract<Output<'listToConfirm'>, { ok: true }>

export function ConfirmPeople() {
  const { t } = useTranslation()
  const [page, setPage] = useState(0)
  const [list, setList] = useState<List | null>(null)
  const changes = useChanges()
  useEffect(() => {
    let current = true
    void ask('listToConfirm', { page }).then((answer) => {
      if (current && answer?.ok) setList(answer)
    })
    return () => {
      current = false
    }
  }, [page])

  const confirm = () =>
    changes.change(
      () => ask('confirmPeople', {}),
      () => {},
    )
  const pages = list ? Math.max(1, Math.ceil(list.total / Math.max(1, list.pageSize))) : 1
  return (
    <div className="people">
      <div className="people-head">
        <h2 className="title">{t('workstation.confirm.heading')}</h2>
        <p>{list && t('people.total', { count: list.total, shown: grouped(list.total) })}</p>
      </div>
      <p className="next">{t('workstation.confirm.why')}</p>
      {changes.waiting && <StepUp changes={changes} />}
      <Said label={t('lock.what')} tone="look" text={changes.said} />
      {list === null && <p className="waiting">{t('people.loading')}</p>}
      {list && (
        <ul className="panel" aria-label={t('workstation.confirm.list')}>
          {list.people.map((person) => (
            <li className="row" key={person.id}>
              <span>
                {person.displayName}
                <small>{person.roles.map((role) => t(`people.roleName.${role}`)).join(', ')}</small>
              </span>
              <small>{person.staffId}</small>
              <a className="to-person" href={`#person/${person.id}`}>
                {t('people.person')}
              </a>
            </li>
          ))}
        </ul>
      )}
      {pages > 1 && (
        <div className="pages">
          <Button className="button" isDisabled={page === 0} onPress={() => setPage(page - 1)}>
            {t('people.previous')}
          </Button>
          <span>{t('people.page', { page: page + 1, pages })}</span>
          <Button className="button" isDisabled={page + 1 >= pages} onPress={() => setPage(page + 1)}>
            {t('people.next')}
          </Button>
        </div>
      )}
      <p>{t('workstation.confirm.after')}</p>
      <div className="actions">
        <Button className="button go" isDisabled={list === null} onPress={() => void confirm()}>
          {t('workstation.confirm.go')}
        </Button>
      </div>
    </div>
  )
}
