// Why the station stays locked, and what to do next.
import { CloudOff, FileWarning, Hourglass, KeyRound, OctagonX, ScrollText } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { FailureCode } from '../../contracts/screen.ts'
import { ask } from '../state/bridge.ts'
import { Page } from './Page.tsx'

function iconFor(code: FailureCode) {
  if (code === 'data-busy') return Hourglass
  if (code.includes('key')) return KeyRound
  if (code.startsWith('data')) return FileWarning
  if (code.startsWith('log')) return ScrollText
  return code === 'second-instance' ? CloudOff : OctagonX
}

interface FailedProps {
  code: FailureCode
  canRetry: boolean
  /** Where emergency access is offered. */
  onEmergency: (() => void) | undefined
}

export function Failed({ code, canRetry, onEmergency }: FailedProps) {
  const { t } = useTranslation()
  const Icon = iconFor(code)
  return (
    <Page>
      <section className="sheet failed">
        <Icon className="big" aria-hidden="true" />
        {/* What passes by itself is said calmly. */}
        <div role={code === 'data-busy' ? 'status' : 'alert'}>
          <h1 className="title">{t(`failures.${code}.title`)}</h1>
        </div>
        <p>{t(`failures.${code}.wrong`)}</p>
        <p className="next">{t(`failures.${code}.next`)}</p>
        {canRetry && (
          <Button className="button go" onPress={() => void ask('retryStart', {})}>
            {t('tryAgain')}
          </Button>
        )}
        {onEmergency && (
          <Button className="button" onPress={onEmergency}>
            {t('emergency.heading')}
          </Button>
        )}
        <small>{code}</small>
      </section>
    </Page>
  )
}
