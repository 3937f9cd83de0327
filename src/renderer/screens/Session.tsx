// A session: who is signed in, how long, and the workspace or Administration.
import type { SessionScreen } from '../../contracts/screen.ts'
import { useActivity } from '../state/useActivity.ts'
import type { Enrollment } from '../state/useEnrollment.ts'
import { useView } from '../state/useView.ts'
import { Offer } from './Offer.tsx'
import { People } from './People.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { AdministrationNav, SessionBar } from './SessionBar.tsx'
import { Workspace } from './Workspace.tsx'

export function Session({ screen, enrollment }: { screen: SessionScreen; enrollment: Enrollment }) {
  const view = useView()
  const { offer, person, codesFor } = screen
  useActivity()

  function content() {
    if (codesFor !== null) return <RecoveryCodes personName={codesFor} enrollment={enrollment} level={2} />
    if (offer) return <Offer offer={offer} enrollment={enrollment} level={2} />
    if (view === 'people' && person.administrator) return <People enrollment={enrollment} />
    return <Workspace screen={screen} />
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
        <span className="version">Wardkey {screen.version}</span>
      </footer>
    </div>
  )
}
