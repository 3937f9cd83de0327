// The recovery codes of a person, shown once, until somebody says that they are stored.
import { Check, Printer } from 'lucide-react'
import { useState } from 'react'
import { Button, Checkbox } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { StationFacts } from '../../contracts/screen.ts'
import { Said } from '../../ui/Said.tsx'
import type { Enrollment } from '../state/useEnrollment.ts'
import { usePrinter } from '../state/usePrinter.ts'
import { Title } from './Page.tsx'
import { PrintedCodes } from './PrintedCodes.tsx'

interface RecoveryCodesProps {
  personName: string
  station: StationFacts
  enrollment: Enrollment
  level: 1 | 2
}

const inFours = (code: string): string => (code.replace(/[\s-]/g, '').match(/.{1,4}/g) ?? []).join('-')

export function RecoveryCodes({ personName, station, enrollment, level }: RecoveryCodesProps) {
  const { t } = useTranslation()
  const [stored, setStored] = useState(false)
  const [said, setSaid] = useState('')
  const [printed, setPrinted] = useState(false)
  const printer = usePrinter()
  const { codes, busy } = enrollment
  const title = <Title level={level}>{t('recovery.heading')}</Title>

  async function renew(): Promise<void> {
    const answer = await enrollment.renewCodes()
    setSaid(answer?.ok ? '' : t('notNow'))
  }
  async function print(): Promise<void> {
    const done = await printer.print()
    setPrinted(done)
    setSaid(t(done ? 'ways.printed' : 'ways.notPrinted'))
  }
  async function finish(): Promise<void> {
    const answer = await enrollment.finish()
    if (answer?.ok) return
    setPrinted(false)
    setSaid(t('notNow'))
  }

  if (codes === null)
    return (
      <section className="sheet">
        {title}
        <p>{t(busy ? 'offer.checking' : 'recovery.missing')}</p>
        <Said label={t('lock.what')} tone="look" text={said} />
        <Button className="button go" isDisabled={busy} onPress={() => void renew()}>
          {t('recovery.renew')}
        </Button>
      </section>
    )

  return (
    <section className="sheet wide">
      {title}
      <p>{t('recovery.intro', { name: personName })}</p>
      <ul className="codes" aria-label={t('recovery.heading')}>
        {codes.map((code) => (
          <li key={code}>{inFours(code)}</li>
        ))}
      </ul>
      <Checkbox className="check" isSelected={stored} onChange={setStored}>
        <span className="box" aria-hidden="true">
          <Check />
        </span>
        {t('recovery.stored')}
      </Checkbox>
      <Said label={t('lock.what')} tone={printed ? 'in' : 'look'} text={said} />
      <div className="actions">
        <Button className="button go" isDisabled={!stored} onPress={() => void finish()}>
          {t('recovery.finish')}
        </Button>
        {printer.ready && (
          <Button className="button" isDisabled={printer.busy} onPress={() => void print()}>
            <Printer aria-hidden="true" />
            {t('ways.print')}
          </Button>
        )}
      </div>
      <PrintedCodes personName={personName} station={station} codes={codes.map(inFours)} />
    </section>
  )
}
