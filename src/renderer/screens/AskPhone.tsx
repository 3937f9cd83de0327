// The code that a phone answers in a session: scanned, and then its eight digits typed or shown to the camera.
import { Camera, ScanQrCode } from 'lucide-react'
import type { Ref } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { QuestionView } from '../../contracts/screen.ts'
import { codeColour } from '../../core/brand.ts'
import { BrandFrame } from '../../ui/BrandFrame.tsx'
import { useBrandView } from '../../ui/brand.ts'
import { CodeField } from '../../ui/CodeField.tsx'
import { QrImage } from '../../ui/QrImage.tsx'
import { useHasCamera } from '../../ui/scanner/useHasCamera.ts'
import { ask } from '../state/bridge.ts'
import { answerLength } from '../state/useLogin.ts'
import { CameraPanel } from './CameraPanel.tsx'
import { NewCodeIn } from './Challenge.tsx'

interface AskPhoneProps {
  question: QuestionView
  digits: string
  onDigits: (digits: string) => void
  inputRef: Ref<HTMLInputElement>
  looking: boolean
  onLook: (looking: boolean) => void
  onRead: (text: string) => void
}

export function AskPhone({ question, digits, onDigits, inputRef, looking, onLook, onRead }: AskPhoneProps) {
  const { t } = useTranslation()
  const brand = useBrandView()
  const hasCamera = useHasCamera()
  const { about, challenge } = question
  const hint = t(about === 'second' || about === 'approval' ? 'scan.ask.hintOther' : 'scan.ask.hint')
  return (
    <div className="ask-phone">
      {challenge.state === 'resting' ? (
        <Button className="wake" onPress={() => void ask('wakeChallenge', {})}>
          <ScanQrCode aria-hidden="true" />
          {t('lock.touch')}
        </Button>
      ) : (
        <div className="ask-code">
          <BrandFrame brand={brand}>
            <QrImage
              qr={challenge.qr}
              label={t('scan.ask.qr')}
              dark={brand ? codeColour(brand.colours.code) : '#000000'}
            />
          </BrandFrame>
          <NewCodeIn from={challenge.issuedAtMs} until={challenge.renewsAtMs} />
        </div>
      )}
      <div className="ask-answer">
        <p className="hint">{hint}</p>
        {looking ? (
          <CameraPanel onRead={onRead} onClose={() => onLook(false)} />
        ) : (
          <>
            <CodeField
              label={t('scan.answer')}
              value={digits}
              length={answerLength}
              onChange={onDigits}
              inputRef={inputRef}
            />
            {hasCamera && (
              <Button className="button" onPress={() => onLook(true)}>
                <Camera aria-hidden="true" />
                {t('scan.show')}
              </Button>
            )}
          </>
        )}
      </div>
    </div>
  )
}
