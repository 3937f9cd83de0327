// A session: who is signed in, how long, and the workspace or Administration.
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { SessionScreen } from '../../contracts/screen.ts'
import { CodeLength } from '../state/codeLength.ts'
import { Question } from '../state/questions.ts'
import { useActivity } from '../state/useActivity.ts'
import type { Enrollment } from '../state/useEnrollment.ts'
import { useView } from '../state/useView.ts'
import { areasFor, isIn } from './areas.ts'
import { EmergencyNotice } from './EmergencyNotice.tsx'
import { NewPin } from './NewPin.tsx'
import { Offer } from './Offer.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { AdministrationNav, SessionBar } from './SessionBar.tsx'
import { Welcome } from './Welcome.tsx'
import { Workspace } from './Workspace.tsx'

const ConfirmPeople = lazy(async () => ({ default: (await import('./ConfirmPeople.tsx')).ConfirmPeople }))

export function Session({ screen, enrollment }: { screen: SessionScreen; enrollment: Enrollment }) {
  const view = useView()
  const { offer, person, codesFor, pinFor, welcome } = screen
  const { t } = useTranslation()
  const areas = areasFor(person.may)
  useActivity()

  function content() {
    if (welcome) return <Welcome welcome={welcome} enrollment={enrollment} level={2} />
    if (pinFor !== null) return <NewPin personName={pinFor} level={2} />
    if (codesFor !== null)
      return <RecoveryCodes personName={codesFor} station={screen.station} enrollment={enrollment} level={2} />
    if (offer) return <Offer offer={offer} enrollment={enrollment} level={2} />
    const Area = areas.find((area) => isIn(area, view))?.views[view.kind]
    if (!Area && screen.unconfirmed && person.may.includes('run-station'))
      return (
        <Suspense fallback={<p className="waiting">{t('people.loading')}</p>}>
          <ConfirmPeople />
        </Suspense>
      )
    if (!Area) return <Workspace screen={screen} enrollment={enrollment} />
    return (
      <Suspense fallback={<p className="waiting">{t('people.loading')}</p>}>
        <Area key={view.argument} screen={screen} enrollment={enrollment} argument={view.argument} />
      </Suspense>
    )
  }

  return (
    <div className="page session">
      <SessionBar screen={screen} />
      <div className="body" data-nav={areas.length > 0}>
        {areas.length > 0 && <AdministrationNav areas={areas} view={view} openAlerts={screen.alertCount} />}
        <main>
          <EmergencyNotice screen={screen} />
          <CodeLength value={screen.codeLength}>
            <Question value={screen.question}>{content()}</Question>
          </CodeLength>
        </main>
      </div>
      <footer className="foot">
        <span>{screen.station.name}</span>
        <span>{screen.station.location}</span>
        <span className="version">{t('lock.version', { version: screen.version })}</span>
      </footer>
    </div>
  )
}
