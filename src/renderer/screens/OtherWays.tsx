// The other ways in, in the place of the keys until one is chosen: nothing moves.
import { Camera, KeyRound, type LucideIcon, Siren, Smartphone, Ticket } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { TypedWay } from '../state/useLogin.ts'

type OtherWay = Exclude<TypedWay, 'code'>
const ways: readonly { readonly way: OtherWay; readonly icon: LucideIcon }[] = [
  { way: 'answer', icon: Smartphone },
  { way: 'recovery', icon: KeyRound },
  { way: 'ticket', icon: Ticket },
]

interface OtherWaysProps {
  chosen: TypedWay
  onChoose: (way: OtherWay) => void
  /** Where there is a camera. */
  onCamera: (() => void) | undefined
  /** Where emergency access is offered. */
  onEmergency: (() => void) | undefined
}

export function OtherWays({ chosen, onChoose, onCamera, onEmergency }: OtherWaysProps) {
  const { t } = useTranslation()
  const names = { answer: t('scan.answer'), recovery: t('lock.recoveryCode'), ticket: t('ways.ticket') }
  const hints = { answer: t('scan.answerHint'), recovery: t('ways.recoveryHint'), ticket: t('ways.ticketHint') }
  return (
    <ul className="other-ways" aria-label={t('lock.other')}>
      {ways.map(({ way, icon: Icon }) => (
        <li key={way}>
          <Button
            className="button"
            aria-label={names[way]}
            aria-describedby={`hint-${way}`}
            data-chosen={way === chosen}
            onPress={() => onChoose(way)}
          >
            <Icon aria-hidden="true" />
            <span>
              {names[way]}
              <small id={`hint-${way}`}>{hints[way]}</small>
            </span>
          </Button>
        </li>
      ))}
      {onCamera && (
        <li>
          <Button className="button" onPress={onCamera}>
            <Camera aria-hidden="true" />
            <span>{t('scan.show')}</span>
          </Button>
        </li>
      )}
      {onEmergency && (
        <li>
          <Button className="button" onPress={onEmergency}>
            <Siren aria-hidden="true" />
            <span>{t('emergency.heading')}</span>
          </Button>
        </li>
      )}
    </ul>
  )
}
