// For whoever may review: emergency accesses that nobody has reviewed yet, on every view of a session until somebody does.
import { Siren } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { SessionScreen } from '../../contracts/screen.ts'

export function EmergencyNotice({ screen }: { screen: SessionScreen }) {
  const { t } = useTranslation()
  const waiting = screen.alerts.filter(({ kind }) => kind === 'break-glass').length
  if (waiting === 0 || !screen.person.may.includes('review-emergency')) return null
  return (
    <div className="emergency-notice">
      <Siren aria-hidden="true" />
      <p>{t('emergency.waiting', { count: waiting })}</p>
      <a className="button" href="#emergency">
        {t('emergency.review')}
      </a>
    </div>
  )
}
