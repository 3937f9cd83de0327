// New emergency codes, shown once: the sheet for the envelope, on the screen and on paper.
import { Check, Printer } from 'lucide-react'
import { useState } from 'react'
import { Button, Checkbox } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { NewEmergencyCodes } from '../../contracts/commands/emergency.ts'
import { wholeDate } from '../../ui/time.ts'

interface EmergencySheetProps {
  made: NewEmergencyCodes
  onFinish: () => void
}

export function EmergencySheet({ made: { emergencyCodes, sheet }, onFinish }: EmergencySheetProps) {
  const { t } = useTranslation()
  const [sealed, setSealed] = useState(false)
  const facts = [
    [t('emergency.station'), sheet.name],
    [t('emergency.location'), sheet.location],
    [t('emergency.number'), sheet.number],
    [t('emergency.made'), wholeDate(sheet.madeAtMs)],
  ] as const
  return (
    <>
      <p className="next screen-only">{t('emergency.once')}</p>
      <section className="panel envelope" aria-label={t('emergency.sheet')}>
        <h3>{t('emergency.codes')}</h3>
        <dl>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <ul className="codes" aria-label={t('emergency.codes')}>
          {emergencyCodes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <p>{t('emergency.sheetHow')}</p>
        <p>{t('emergency.sheetEnds')}</p>
      </section>
      <div className="screen-only envelope-done">
        <Checkbox className="check" isSelected={sealed} onChange={setSealed}>
          <span className="box" aria-hidden="true">
            <Check />
          </span>
          {t('emergency.sealed')}
        </Checkbox>
        <div className="actions">
          <Button className="button" onPress={() => window.print()}>
            <Printer aria-hidden="true" />
            {t('emergency.print')}
          </Button>
          <Button className="button go" isDisabled={!sealed} onPress={onFinish}>
            {t('emergency.finish')}
          </Button>
        </div>
      </div>
    </>
  )
}
