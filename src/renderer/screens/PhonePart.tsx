// The two ways in which a phone's part comes here, side by side: its code to the camera, or its sixteen characters by hand.
import { Camera } from 'lucide-react'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { typedPartLength } from '../../core/binding.ts'
import { Field } from '../../ui/Field.tsx'
import { Keypad } from '../../ui/Keypad.tsx'
import { Said } from '../../ui/Said.tsx'
import { ask } from '../state/bridge.ts'
import { useKeyTarget } from '../state/useKeyTarget.ts'
import { CameraPanel } from './CameraPanel.tsx'

interface PhonePartProps {
  hasCamera: boolean
  cancel: ReactNode
}

/** In groups of four, as the phone shows them. */
const grouped = (typed: string): string =>
  (
    typed
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '')
      .slice(0, typedPartLength)
      .match(/.{1,4}/g) ?? []
  ).join(' ')

export function PhonePart({ hasCamera, cancel }: PhonePartProps) {
  const { t } = useTranslation()
  const [part, setPart] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [line, setLine] = useState('')
  const [looking, setLooking] = useState(false)
  const [keys, setKeys] = useState<'digits' | 'letters'>('letters')
  const input = useRef<HTMLInputElement>(null)
  const inFlight = useRef(false)
  const target = useKeyTarget(input)
  useEffect(() => input.current?.focus(), [])

  /** @returns what was wrong, in words; where nothing was, the screen goes on by itself. */
  async function hand(by: 'camera' | 'hand', text: string): Promise<string> {
    if (inFlight.current) return ''
    inFlight.current = true
    const answer = await (by === 'camera' ? ask('submitPhonePart', { text }) : ask('submitTypedPart', { part: text }))
    inFlight.current = false
    if (answer?.ok) return ''
    return answer ? t(`scan.part.${answer.reason}`) : t('didNotWork')
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    const plain = part.replaceAll(' ', '')
    setWrong(plain.length < typedPartLength ? t('scan.shortPart') : undefined)
    if (plain.length === typedPartLength) void hand('hand', plain).then((said) => setWrong(said || undefined))
  }

  return (
    <div className="phone-part">
      <div className="part-way">
        {looking ? (
          <CameraPanel onRead={(text) => void hand('camera', text).then(setLine)} onClose={() => setLooking(false)} />
        ) : hasCamera ? (
          <Button className="button go" onPress={() => setLooking(true)}>
            <Camera aria-hidden="true" />
            {t('scan.byCamera')}
          </Button>
        ) : (
          <p>{t('scan.noCamera')}</p>
        )}
        <Said label={t('lock.what')} tone="look" text={line} />
      </div>
      <form className="offer-code" onSubmit={submit} noValidate>
        <Field
          className="big-field"
          label={t('scan.typed')}
          help={t('scan.typedHelp')}
          value={part}
          onChange={(typed) => setPart(grouped(typed))}
          inputRef={input}
          onFocus={target.onFocus}
          error={wrong}
        />
        <div className="touch-only">
          <Keypad showing={keys} onSwitch={setKeys} onKey={target.key} onDelete={target.erase} />
        </div>
        <div className="actions">
          <Button className="button go" type="submit">
            {t('scan.send')}
          </Button>
          {cancel}
        </div>
      </form>
    </div>
  )
}
