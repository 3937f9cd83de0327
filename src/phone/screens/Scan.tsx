// The camera with what it sees, until it has read a code.
import { useTranslation } from 'react-i18next'
import { useScanner } from '../../ui/scanner/useScanner.ts'
import { Frame } from './Frame.tsx'

interface ScanProps {
  hint: string
  onText: (text: string) => void
  onBack: () => void
}

export function Scan({ hint, onText, onBack }: ScanProps) {
  const { t } = useTranslation()
  const { state, video, retry } = useScanner('environment', onText)
  const works = state === 'starting' || state === 'reading'
  return (
    <Frame
      head={hint}
      leads
      actions={
        <>
          {!works && (
            <button type="button" className="yes" onClick={retry}>
              {t('scanner.again')}
            </button>
          )}
          <button type="button" className="no" onClick={onBack}>
            {t('problem.back')}
          </button>
        </>
      }
    >
      <div className="finder" data-state={state}>
        <video ref={video} muted playsInline aria-label={t('scanner.view')} />
      </div>
      <p className="said" role={works ? 'status' : 'alert'}>
        {t(`scanner.${state}`)}
      </p>
      {!works && <p>{t('scanner.instead')}</p>}
    </Frame>
  )
}
