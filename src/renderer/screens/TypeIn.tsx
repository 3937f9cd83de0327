// The way in by hand: staff ID with a one-time code, or one of the other ways; by keyboard or by touch alone.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ScreenState } from '../../contracts/screen.ts'
import { CodeField } from '../../ui/CodeField.tsx'
import { Field } from '../../ui/Field.tsx'
import { Keypad } from '../../ui/Keypad.tsx'
import { Said } from '../../ui/Said.tsx'
import { ask } from '../state/bridge.ts'
import type { Enrollment } from '../state/useEnrollment.ts'
import { useKeyTarget } from '../state/useKeyTarget.ts'
import { answerLength, type TypedWay, useLogin } from '../state/useLogin.ts'
import { CameraPanel } from './CameraPanel.tsx'
import { OtherWays } from './OtherWays.tsx'
import { PinForm } from './PinForm.tsx'

interface TypeInProps {
  screen: Extract<ScreenState, { kind: 'locked' }>
  enrollment: Enrollment
  camera: {
    readonly looking: boolean
    /** Where there is one. */
    readonly open: (() => void) | undefined
    readonly close: () => void
  }
  /** Where emergency access is offered. */
  onEmergency: (() => void) | undefined
}

export function TypeIn({ screen, enrollment, camera, onEmergency }: TypeInProps) {
  const { t } = useTranslation()
  const { codeLength, notice, pin } = screen
  const [way, setWay] = useState<TypedWay>('code')
  const login = useLogin(codeLength, enrollment, askForId)
  const [choosing, setChoosing] = useState(false)
  const [keys, setKeys] = useState<'digits' | 'letters'>('digits')
  const staffInput = useRef<HTMLInputElement>(null)
  const longInput = useRef<HTMLInputElement>(null)
  const target = useKeyTarget(staffInput)

  // Back at the staff ID whenever this form is: at first, and after a PIN that was given up.
  useEffect(() => {
    if (pin === null) staffInput.current?.focus()
  }, [pin])

  function submit(event: FormEvent): void {
    event.preventDefault()
    void login.send(way)
  }
  function change(to: TypedWay): void {
    setWay(to)
    setKeys(to === 'code' || to === 'answer' ? 'digits' : 'letters')
    setChoosing(false)
  }
  function choose(to: TypedWay): void {
    if (to !== way) login.setLong('')
    change(to)
    longInput.current?.focus()
  }
  /** The digits stand; only the ID is missing. */
  function askForId(): void {
    change('answer')
    staffInput.current?.focus()
  }
  function openCamera(): void {
    change('code')
    camera.open?.()
  }
  function cancelPin(): void {
    login.clearAll()
    void ask('cancelSignIn', {})
  }

  if (pin !== null) return <PinForm key={pin} kind={pin} staffId={login.staffId} onCancel={cancelPin} />

  // What main has to say stands until the first answer of this screen.
  const line =
    login.line.text === '' && notice !== 'none' ? { tone: 'calm' as const, text: t(`said.${notice}`) } : login.line
  return (
    <form className="type-form" onSubmit={submit} noValidate aria-busy={login.pending}>
      <Field
        label={t('lock.staffId')}
        value={login.staffId}
        onChange={login.setStaffId}
        maxLength={32}
        inputRef={staffInput}
        onFocus={target.onFocus}
      />
      {way === 'code' ? (
        <CodeField
          label={t('lock.code')}
          value={login.code}
          length={codeLength}
          onChange={login.typeCode}
          onFocus={target.onFocus}
        />
      ) : way === 'answer' ? (
        <CodeField
          label={t('scan.answer')}
          value={login.answer}
          length={answerLength}
          onChange={login.typeAnswer}
          inputRef={longInput}
          onFocus={target.onFocus}
        />
      ) : (
        <Field
          className="recovery-field"
          label={t(way === 'recovery' ? 'lock.recoveryCode' : 'ways.ticket')}
          value={login.long}
          onChange={(typed) => login.setLong(typed.toUpperCase())}
          maxLength={64}
          inputRef={longInput}
          onFocus={target.onFocus}
        />
      )}
      <Said label={t('lock.what')} tone={line.tone} text={line.text} />
      {camera.looking ? (
        <CameraPanel onRead={(text) => void login.show(text)} onClose={camera.close} />
      ) : choosing ? (
        <OtherWays chosen={way} onChoose={choose} onCamera={camera.open && openCamera} onEmergency={onEmergency} />
      ) : (
        <Keypad showing={keys} onSwitch={setKeys} onKey={target.key} onDelete={target.erase} />
      )}
      <div className="actions">
        <Button className="button go" type="submit">
          {t('lock.unlock')}
        </Button>
        {way === 'code' ? (
          <Button
            className="button"
            onPress={() => {
              change('recovery')
              setChoosing(true)
            }}
          >
            {t('lock.other')}
          </Button>
        ) : (
          <Button className="button" onPress={() => change('code')}>
            {t('back')}
          </Button>
        )}
      </div>
    </form>
  )
}
