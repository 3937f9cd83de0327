// Shows the screen that main says, and holds what an enrollment gives out once.

import { useEffect, useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ScreenState } from '../contracts/screen.ts'
import { Brand } from '../ui/brand.ts'
import { languages, ours } from '../ui/messages/languages.ts'
import { EmergencyAccess } from './screens/EmergencyAccess.tsx'
import { EmergencySession } from './screens/EmergencySession.tsx'
import { Failed } from './screens/Failed.tsx'
import { FirstRun } from './screens/FirstRun.tsx'
import { Locked } from './screens/Locked.tsx'
import { NewPin } from './screens/NewPin.tsx'
import { Offer } from './screens/Offer.tsx'
import { Page } from './screens/Page.tsx'
import { RecoveryCodes } from './screens/RecoveryCodes.tsx'
import { Session } from './screens/Session.tsx'
import { Starting } from './screens/Starting.tsx'
import { TouchKeys } from './screens/TouchKeys.tsx'
import { useBrand } from './state/useBrand.ts'
import { useEnrollment } from './state/useEnrollment.ts'
import { useScreen } from './state/useScreen.ts'

export function App() {
  const { i18n } = useTranslation()
  const { locale } = languages[ours(i18n.language) ?? 'en']
  return (
    <I18nProvider locale={locale}>
      <Screen />
      <TouchKeys />
    </I18nProvider>
  )
}

function Screen() {
  const screen = useScreen()
  const brand = useBrand(screen)
  return (
    <Brand value={brand}>
      <ShownScreen screen={screen} />
    </Brand>
  )
}

function ShownScreen({ screen }: { screen: ScreenState }) {
  const enrollment = useEnrollment(screen)
  const [emergency, setEmergency] = useState(false)
  const offered = (screen.kind === 'locked' || screen.kind === 'failed') && screen.emergency === true
  // Whatever comes between, the form is gone afterwards.
  useEffect(() => {
    if (!offered) setEmergency(false)
  }, [offered])
  const onEmergency = offered ? () => setEmergency(true) : undefined

  if (offered && emergency) return <EmergencyAccess onBack={() => setEmergency(false)} />
  switch (screen.kind) {
    case 'starting':
      return <Starting />
    case 'failed':
      return <Failed code={screen.code} canRetry={screen.canRetry} onEmergency={onEmergency} />
    case 'first-run':
      return <FirstRun start={screen} enrollment={enrollment} />
    case 'offer':
      return (
        <Page>
          <Offer offer={screen.offer} enrollment={enrollment} level={1} />
        </Page>
      )
    case 'new-pin':
      return (
        <Page>
          <NewPin personName={screen.personName} level={1} />
        </Page>
      )
    case 'recovery-codes':
      return (
        <Page>
          <RecoveryCodes personName={screen.personName} station={screen.station} enrollment={enrollment} level={1} />
        </Page>
      )
    case 'locked':
      return <Locked screen={screen} enrollment={enrollment} onEmergency={onEmergency} />
    case 'emergency':
      return <EmergencySession screen={screen} />
    case 'session':
      // A new session starts with a clean page, whoever had the one before.
      return <Session key={`${screen.person.staffId} ${screen.sinceMs}`} screen={screen} enrollment={enrollment} />
  }
}
