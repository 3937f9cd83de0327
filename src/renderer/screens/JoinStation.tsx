// The other way to begin where there is a hub: this workstation joins it, and its people come from there.
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contracts/ipc.ts'
import type { HubFacts } from '../../contracts/screen.ts'
import { Field } from '../../ui/Field.tsx'
import { Said } from '../../ui/Said.tsx'
import { ask } from '../state/bridge.ts'
import { type Complaint, checkText } from '../state/check.ts'
import { HubLine } from './HubLine.tsx'
import { JoinLink } from './JoinLink.tsx'
import { Page } from './Page.tsx'

type Refused = Extract<Output<'joinAtFirstRun'>, { ok: false }>['reason']
interface Place {
  readonly name: string
  readonly location: string
}

export function JoinStation({ place, onBack }: { place: Place; onBack: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState(place.name)
  const [location, setLocation] = useState(place.location)
  const [link, setLink] = useState('')
  const [wrong, setWrong] = useState<Partial<Record<'name' | 'location', Complaint | undefined>>>({})
  const [refused, setRefused] = useState<Refused | 'failed' | null>(null)
  const [busy, setBusy] = useState(false)
  const words = (complaint?: Complaint) => complaint && t(complaint.key, { count: complaint.count })

  /** Where it works out this screen is gone before the answer comes. */
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (busy) return
    const complaints = { name: checkText(name, 'name'), location: checkText(location, 'location') }
    setWrong(complaints)
    setRefused(null)
    if (complaints.name || complaints.location) return
    setBusy(true)
    const answer = await ask('joinAtFirstRun', { name, location, link })
    setBusy(false)
    if (!answer?.ok) setRefused(answer?.reason ?? 'failed')
  }

  return (
    <Page>
      <form className="sheet" onSubmit={(event) => void submit(event)} noValidate>
        <h1 className="title">{t('hub.join.atFirst')}</h1>
        <p>{t('hub.join.atFirstLead')}</p>
        <div className="pair">
          <Field label={t('firstRun.name')} value={name} onChange={setName} error={words(wrong.name)} />
          <Field label={t('firstRun.location')} value={location} onChange={setLocation} error={words(wrong.location)} />
        </div>
        <JoinLink link={link} onLink={setLink} />
        <Said
          label={t('lock.what')}
          tone={busy ? 'busy' : 'look'}
          text={
            busy
              ? t('hub.join.asking')
              : refused === 'failed'
                ? t('didNotWork')
                : refused
                  ? t(`administration.refused.${refused}`)
                  : ''
          }
        />
        <div className="actions">
          <Button className="button" onPress={onBack} isDisabled={busy}>
            {t('back')}
          </Button>
          <Button className="button go" type="submit" isDisabled={busy}>
            {t('hub.join.go')}
          </Button>
        </div>
      </form>
    </Page>
  )
}

/** Joined: nobody can sign in before the first people have come. */
export function WaitForPeople({ place, hub }: { place: Place; hub: HubFacts }) {
  const { t } = useTranslation()
  return (
    <Page>
      <div className="sheet">
        <h1 className="title">{t('hub.join.waiting')}</h1>
        <p className="lead" dir="auto">
          {place.name}, {place.location}
        </p>
        <p>{t('hub.join.waitingLead')}</p>
        <Said label={t('lock.what')} tone="busy" text={t('hub.join.waitingFor', { name: hub.organisation })} />
        <HubLine hub={hub} />
      </div>
    </Page>
  )
}
