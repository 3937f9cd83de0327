// A session: who is signed in, how long, and the workspace or Administration.
import { useTranslation } from 'react-i18next'
import type { SessionScreen } from '../../contracts/screen.ts'
import { useActivity } from '../state/useActivity.ts'
import type { Enrollment } from '../state/useEnrollment.ts'
import { useView } from '../state/useView.ts'
import { ImportPeople } from './ImportPeople.tsx'
import { Offer } from './Offer.tsx'
import { People } from './People.tsx'
import { PersonDetails } from './PersonDetails.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { AdministrationNav, SessionBar } from './SessionBar.tsx'
import { Workspace } from './Workspace.tsx'

export function Session({ screen, enrollment }: { screen: SessionScreen; enrollment: Enrollment }) {
  const view = useView()
  const { offer, person, codesFor } = screen
  const { t } = useTranslation()
  useActivity()

  function content() {
    if (codesFor !== null) return <RecoveryCodes personName={codesFor} enrollment={enrollment} level={2} />
    if (offer) return <Offer offer={offer} enrollment={enrollment} level={2} />
    if (!person.administrator) return <Workspace screen={screen} />
    switch (view.kind) {
      case 'workspace':
        return <Workspace screen={screen} />
      case 'people':
        return <People enrollment={enrollment} />
      case 'import':
        return <ImportPeople />
      case 'person':
        return <PersonDetails key={view.personId} personId={view.personId} enrollment={enrollment} />
    }
  }

  return (
    <div className="page session">
      <SessionBar screen={screen} />
      <div className="body" data-nav={person.administrator}>
        {person.administrator && <AdministrationNav view={view} />}
        <main>{content()}</main>
      </div>
      <footer className="foot">
        <span>{screen.station.name}</span>
        <span>{screen.station.location}</span>
        <span className="version">{t('lock.version', { version: screen.version })}</span>
      </footer>
    </div>
  )
}
