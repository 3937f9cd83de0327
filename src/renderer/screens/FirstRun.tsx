// The first screen of a new workstation: where it stands and who looks after it.
import { type FormEvent, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ScreenState } from '../../contracts/screen.ts'
import { Field } from '../../ui/Field.tsx'
import { Said } from '../../ui/Said.tsx'
import { type Complaint, checkStaffId, checkText } from '../state/check.ts'
import type { Enrollment } from '../state/useEnrollment.ts'
import { JoinStation, WaitForPeople } from './JoinStation.tsx'
import { Page } from './Page.tsx'
import { RestoreStation } from './RestoreStation.tsx'

const names = ['name', 'location', 'administratorName', 'administratorStaffId'] as const
type Name = (typeof names)[number]
type Start = Extract<ScreenState, { kind: 'first-run' }>

const check = (name: Name, value: string) =>
  name === 'administratorStaffId' ? checkStaffId(value, name) : checkText(value, name)

export function FirstRun({ start, enrollment }: { start: Start; enrollment: Enrollment }) {
  const { t } = useTranslation()
  const { name, location, administratorName, administratorStaffId } = start
  const [typed, setTyped] = useState({ name, location, administratorName, administratorStaffId })
  const [wrong, setWrong] = useState<Partial<Record<Name, Complaint>>>({})
  const [said, setSaid] = useState('')
  const [otherWay, setOtherWay] = useState<'none' | 'join' | 'restore'>('none')
  const inputs = useRef<Partial<Record<Name, HTMLInputElement | null>>>({})

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (enrollment.busy) return
    const complaints: Partial<Record<Name, Complaint>> = {}
    for (const key of names) {
      const complaint = check(key, typed[key])
      if (complaint) complaints[key] = complaint
    }
    setWrong(complaints)
    setSaid('')
    const first = names.find((key) => complaints[key])
    if (first) return inputs.current[first]?.focus()
    const answer = await enrollment.makeOffer('setUpStation', typed)
    if (answer === null) setSaid(t('didNotWork'))
    else if (!answer.ok && answer.reason === 'staff-id-taken')
      setWrong({ administratorStaffId: { key: 'invalid.taken' } })
    else if (!answer.ok) setSaid(t(`offer.${answer.reason}`))
  }

  const field = (key: Name) => {
    const complaint = wrong[key]
    return (
      <Field
        label={t(`firstRun.${key}`)}
        value={typed[key]}
        onChange={(value) => setTyped((before) => ({ ...before, [key]: value }))}
        inputRef={(input) => {
          inputs.current[key] = input
        }}
        error={complaint && t(complaint.key, { count: complaint.count })}
      />
    )
  }

  // What was typed stays for whoever comes back.
  if (start.hub) return <WaitForPeople place={start} hub={start.hub} />
  if (otherWay === 'restore' && start.restorable) return <RestoreStation onBack={() => setOtherWay('none')} />
  if (otherWay === 'join') return <JoinStation place={typed} onBack={() => setOtherWay('none')} />
  return (
    <Page>
      <form className="sheet" onSubmit={(event) => void submit(event)} noValidate>
        <h1 className="title">{t('firstRun.heading')}</h1>
        <p>{t('firstRun.intro')}</p>
        <h2>{t('firstRun.station')}</h2>
        <div className="pair">
          {field('name')}
          {field('location')}
        </div>
        <h2>{t('firstRun.person')}</h2>
        <div className="pair">
          {field('administratorName')}
          {field('administratorStaffId')}
        </div>
        <Said label={t('lock.what')} tone="look" text={said} />
        <Button className="button go" type="submit">
          {t('firstRun.continue')}
        </Button>
        <div className="other-way">
          <p>{t('hub.join.instead')}</p>
          <Button className="button" onPress={() => setOtherWay('join')}>
            {t('hub.join.atFirst')}
          </Button>
        </div>
        {start.restorable && (
          <div className="other-way">
            <p>{t('restore.instead')}</p>
            <Button className="button" onPress={() => setOtherWay('restore')}>
              {t('restore.heading')}
            </Button>
          </div>
        )}
      </form>
    </Page>
  )
}
