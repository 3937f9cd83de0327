// The table of people, a page of at most fifty rows.
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { PersonRow } from '../../contracts/commands/people.ts'
import type { SessionScreen } from '../../contracts/screen.ts'
import { mayActOn } from '../../core/permissions.ts'
import { dayAndTime, useNow } from '../../ui/time.ts'

interface PeopleTableProps {
  people: readonly PersonRow[]
  viewer: SessionScreen['person']
  busy: boolean
  onEnroll: (personId: string) => void
  /** A phone that scans. */
  onBind: (personId: string) => void
}

const tones = { active: 'in', suspended: 'stop', left: 'calm' } as const

export function PeopleTable({ people, viewer, busy, onEnroll, onBind }: PeopleTableProps) {
  const { t } = useTranslation()
  const now = useNow()
  const phone = (person: PersonRow) =>
    person.enrolled || person.bound ? (
      <>
        {[person.enrolled && t('people.enrolled'), person.bound && t('scan.bound')].filter(Boolean).join(', ')}
        <small>{t('people.recoveryLeft', { count: person.recoveryCodesLeft })}</small>
      </>
    ) : viewer.may.includes('enroll') && mayActOn(viewer.roles, person.roles) ? (
      <span className="two">
        <Button
          className="button"
          aria-label={t('people.enrollFor', { name: person.displayName })}
          isDisabled={busy || person.status !== 'active'}
          onPress={() => onEnroll(person.id)}
        >
          {t('people.enroll')}
        </Button>
        <Button
          className="button"
          aria-label={t('scan.bindFor', { name: person.displayName })}
          isDisabled={busy || person.status !== 'active'}
          onPress={() => onBind(person.id)}
        >
          {t('scan.bind')}
        </Button>
      </span>
    ) : (
      t('enrollment.part.no-phone')
    )
  return (
    <table>
      <thead>
        <tr>
          {['person', 'roles', 'phone', 'lastSignIn', 'status'].map((column) => (
            <th key={column} scope="col">
              {t(`people.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.id}>
            <td>
              <a className="to-person" href={`#person/${person.id}`}>
                {person.displayName}
              </a>
              <small>{person.staffId}</small>
            </td>
            <td>{person.roles.map((role) => t(`people.roleName.${role}`)).join(', ')}</td>
            <td>{phone(person)}</td>
            <td>{person.lastSignInMs === null ? t('people.never') : dayAndTime(person.lastSignInMs, now)}</td>
            <td>
              <span className="tag">
                <i className="dot" data-tone={tones[person.status]} />
                {t(`people.statusName.${person.status}`)}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
