// The recovery codes as they go on paper: whose, from which workstation, of which day, and nothing else of the screen.
import { useTranslation } from 'react-i18next'
import type { StationFacts } from '../../contracts/screen.ts'
import { useNow, wholeDate } from '../../ui/time.ts'

interface PrintedCodesProps {
  personName: string
  station: StationFacts
  codes: readonly string[]
}

export function PrintedCodes({ personName, station, codes }: PrintedCodesProps) {
  const { t } = useTranslation()
  const now = useNow()
  return (
    <div className="on-paper" aria-hidden="true">
      <p className="head">{t('recovery.heading')}</p>
      <p>{personName}</p>
      <p>
        {station.name}, {station.location}
      </p>
      <p>{wholeDate(now)}</p>
      <ol>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <p>{t('ways.paperHint')}</p>
    </div>
  )
}
