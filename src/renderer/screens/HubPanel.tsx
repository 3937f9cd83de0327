// The hub in Administration: which one it is and how far it has this workstation's log; or a link to join one.
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { WorkstationFacts } from '../../contracts/commands/workstation.ts'
import { Said } from '../../ui/Said.tsx'
import { wholeTime } from '../../ui/time.ts'
import { ask } from '../state/bridge.ts'
import { useChanges } from '../state/useChanges.ts'
import { Fact } from './Fact.tsx'
import { JoinLink } from './JoinLink.tsx'
import { StepUp } from './StepUp.tsx'

export function HubPanel({ facts, onJoined }: { facts: WorkstationFacts; onJoined: () => void }) {
  const { t } = useTranslation()
  const { hub, events } = facts
  return (
    <section className="panel" aria-labelledby="hub">
      <h3 id="hub">{t('hub.join.heading')}</h3>
      {hub ? <Joined hub={hub} events={events} /> : <Join onJoined={onJoined} />}
    </section>
  )
}

function Joined({ hub, events }: { hub: NonNullable<WorkstationFacts['hub']>; events: number }) {
  const { t, i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language)
  const shown = number.format(hub.acknowledged)
  const kept = t('hub.join.kept', { count: hub.acknowledged, shown, total: number.format(events) })
  return (
    <dl className="facts">
      <Fact name={t('hub.join.organisation')} value={hub.organisation} />
      <Fact name={t('hub.join.address')} value={hub.url} />
      <Fact name={t('hub.join.state')} value={t(`hub.join.states.${hub.state}`)} />
      <Fact name={t('hub.join.confirmed')} value={wholeTime(hub.confirmedAtMs)} />
      <Fact name={t('hub.join.log')} value={kept} />
    </dl>
  )
}

function Join({ onJoined }: { onJoined: () => void }) {
  const { t } = useTranslation()
  const [link, setLink] = useState('')
  const [empty, setEmpty] = useState(false)
  const [busy, setBusy] = useState(false)
  const changes = useChanges()
  function type(text: string): void {
    setLink(text)
    setEmpty(false)
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setEmpty(link.trim() === '')
    if (link.trim() === '' || busy) return
    setBusy(true)
    await changes.change(() => ask('joinHub', { link }), onJoined)
    setBusy(false)
  }
  return (
    <>
      {changes.waiting && <StepUp changes={changes} />}
      <form className="join" onSubmit={(event) => void submit(event)} noValidate>
        <p>{t('hub.join.lead')}</p>
        <JoinLink link={link} onLink={type} error={empty ? t('administration.refused.not-a-link') : undefined} />
        <div className="actions">
          <Button className="button go" type="submit" isDisabled={busy}>
            {t('hub.join.go')}
          </Button>
          <Said
            label={t('hub.join.heading')}
            tone={busy ? 'busy' : 'look'}
            text={busy ? t('hub.join.asking') : changes.said}
          />
        </div>
      </form>
    </>
  )
}
