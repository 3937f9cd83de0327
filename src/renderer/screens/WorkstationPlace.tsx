// Name, location and group of the workstation, to be changed.
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { WorkstationFacts } from '../../contracts/commands/workstation.ts'
import { Field } from '../../ui/Field.tsx'
import { Said } from '../../ui/Said.tsx'
import { ask } from '../state/bridge.ts'
import { type Complaint, checkText } from '../state/check.ts'
import type { Changes } from '../state/useChanges.ts'
import { Fact } from './Fact.tsx'

interface PlaceProps {
  station: WorkstationFacts['station']
  changes: Changes
  /** The hub says them, and not whoever stands here. */
  ofHub: boolean
  onSaved: () => void
}

export function WorkstationPlace({ station, changes, ofHub, onSaved }: PlaceProps) {
  const { t } = useTranslation()
  const [name, setName] = useState(station.name)
  const [location, setLocation] = useState(station.location)
  const [group, setGroup] = useState(station.group ?? '')
  const [wrong, setWrong] = useState<Partial<Record<'name' | 'location' | 'group', Complaint | undefined>>>({})
  const words = (complaint?: Complaint) => complaint && t(complaint.key, { count: complaint.count })

  function submit(event: FormEvent): void {
    event.preventDefault()
    const complaints = {
      name: checkText(name, 'name'),
      location: checkText(location, 'location'),
      group: group.trim() === '' ? undefined : checkText(group, 'name'),
    }
    setWrong(complaints)
    if (complaints.name || complaints.location || complaints.group) return
    const wanted = { name, location, group: group.trim() === '' ? null : group }
    void changes.change(() => ask('changeWorkstation', wanted), onSaved)
  }

  if (ofHub)
    return (
      <section className="panel" aria-labelledby="place">
        <h3 id="place">{t('workstation.place')}</h3>
        <p>{t('hub.join.placeOfHub')}</p>
        <dl className="facts">
          <Fact name={t('firstRun.name')} value={station.name} />
          <Fact name={t('firstRun.location')} value={station.location} />
          <Fact name={t('workstation.group')} value={station.group ?? '–'} />
        </dl>
      </section>
    )
  return (
    <form className="panel" onSubmit={submit} noValidate>
      <h3>{t('workstation.place')}</h3>
      <div className="pair">
        <Field label={t('firstRun.name')} value={name} onChange={setName} error={words(wrong.name)} />
        <Field label={t('firstRun.location')} value={location} onChange={setLocation} error={words(wrong.location)} />
        <Field
          label={t('workstation.group')}
          help={t('workstation.groupHelp')}
          value={group}
          onChange={setGroup}
          error={words(wrong.group)}
        />
      </div>
      <div className="actions">
        <Button className="button go" type="submit">
          {t('administration.save')}
        </Button>
        <Said label={t('workstation.place')} tone="look" text={changes.said} />
      </div>
    </form>
  )
}
