// The workstation in Administration: how it does, where it stands, what it runs on, and its backup.
import { RefreshCw } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Said } from '../../ui/Said.tsx'
import { useChanges } from '../state/useChanges.ts'
import { useWorkstation } from '../state/useWorkstation.ts'
import { BackUp } from './BackUp.tsx'
import { Fact } from './Fact.tsx'
import { Health } from './Health.tsx'
import { HubPanel } from './HubPanel.tsx'
import { StepUp } from './StepUp.tsx'
import { Tokens } from './Tokens.tsx'
import { WorkstationPlace } from './WorkstationPlace.tsx'

export function Workstation() {
  const { t } = useTranslation()
  const { facts, failed, looking, look } = useWorkstation()
  const changes = useChanges()
  return (
    <div className="people workstation">
      <a className="back" href="#workspace">
        {t('people.workspace')}
      </a>
      <div className="people-head">
        <h2 className="title">{t('workstation.heading')}</h2>
        <p />
        <a className="button" href="#emergency">
          {t('emergency.heading')}
        </a>
        <a className="button" href="#brand">
          {t('brand.open')}
        </a>
        <Button className="button" isDisabled={looking} onPress={() => void look()}>
          <RefreshCw aria-hidden="true" />
          {t('workstation.refresh')}
        </Button>
      </div>
      {changes.waiting && <StepUp changes={changes} />}
      <Said label={t('lock.what')} tone="look" text={failed ? t('workstation.unread') : ''} />
      {facts === null && !failed && <p className="waiting">{t('people.loading')}</p>}
      {facts && (
        <>
          <Health facts={facts} />
          <BackUp changes={changes} onMade={() => void look()} />
          <WorkstationPlace
            key={JSON.stringify(facts.station)}
            station={facts.station}
            changes={changes}
            ofHub={facts.hub !== null}
            onSaved={() => void look()}
          />
          <HubPanel facts={facts} onJoined={() => void look()} />
          <Tokens />
          <section className="panel">
            <h3>{t('workstation.versions')}</h3>
            <dl className="facts">
              <Fact name="Wardkey" value={facts.versions.app} />
              {facts.versions.electron !== null && <Fact name="Electron" value={facts.versions.electron} />}
              <Fact name="Node" value={facts.versions.node} />
              <Fact name="SQLite" value={facts.versions.sqlite} />
              <Fact name={t('workstation.number')} value={facts.station.number} />
            </dl>
          </section>
        </>
      )}
    </div>
  )
}
