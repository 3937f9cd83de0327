// Credentials in Administration: open enrollments, and everybody's ways to sign in, by what they have or lack.
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contracts/ipc.ts'
import { Field } from '../../ui/Field.tsx'
import { Said } from '../../ui/Said.tsx'
import { grouped } from '../../ui/time.ts'
import { ask } from '../state/bridge.ts'
import { type CredentialFilter, credentialFilters } from '../state/credentialFilters.ts'
import { useChanges } from '../state/useChanges.ts'
import type { AreaProps } from './areas.ts'
import { CredentialList } from './CredentialList.tsx'
import { Filters } from './Filters.tsx'
import { Offers } from './Offers.tsx'
import { Pager } from './Pager.tsx'
import { StepUp } from './StepUp.tsx'

type Found = Extract<Output<'listCredentials'>, { ok: true }>
interface Wanted {
  readonly filter: CredentialFilter
  readonly search: string
  readonly page: number
}

export function Credentials({ screen, enrollment }: AreaProps) {
  const { t } = useTranslation()
  const changes = useChanges()
  const [wanted, setWanted] = useState<Wanted>({ filter: 'everybody', search: '', page: 0 })
  const [found, setFound] = useState<Found | null>(null)
  const read = useCallback(async () => {
    const answer = await ask('listCredentials', { ...wanted, search: wanted.search.trim().slice(0, 100) })
    if (answer?.ok) setFound(answer)
  }, [wanted])
  useEffect(() => void read(), [read])
  const revoke = (credentialId: string) => (reason: string) =>
    changes.change(() => ask('revokeCredential', { credentialId, reason }), read)
  const reinstate = (credentialId: string) => (reason: string) =>
    changes.change(() => ask('reinstateCredential', { credentialId, reason }), read)

  return (
    <div className="people">
      <div className="people-head">
        <h2 className="title">{t('administration.area.credentials')}</h2>
      </div>
      {changes.waiting && <StepUp changes={changes} />}
      <Said label={t('lock.what')} tone="look" text={changes.said} />
      <Offers mayEnroll={screen.person.may.includes('enroll')} changes={changes} enrollment={enrollment} />
      <Field
        type="search"
        label={t('people.search')}
        value={wanted.search}
        onChange={(search) => setWanted({ ...wanted, search, page: 0 })}
      />
      <Filters
        label={t('enrollment.parts')}
        names={credentialFilters}
        chosen={wanted.filter}
        words={(name) => t(`enrollment.credentialPart.${name}`)}
        onChoose={(filter) => setWanted({ ...wanted, filter, page: 0 })}
      />
      {found === null && <p className="waiting">{t('people.loading')}</p>}
      {found && <p>{t('people.total', { count: found.total, shown: grouped(found.total) })}</p>}
      {found?.rows.map(({ person, credentials, mayRevoke }) => (
        <section className="panel person" key={person.id}>
          <h3>
            <a className="to-person" href={`#person/${person.id}`}>
              {person.displayName}
            </a>{' '}
            <small>{person.staffId}</small>
          </h3>
          <CredentialList
            credentials={credentials}
            whose={person.displayName}
            may={mayRevoke ? { revoke, reinstate } : null}
          />
        </section>
      ))}
      {found && (
        <Pager
          page={wanted.page}
          total={found.total}
          pageSize={found.pageSize}
          onTurn={(by) => setWanted({ ...wanted, page: wanted.page + by })}
        />
      )}
    </div>
  )
}
