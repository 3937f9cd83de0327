// The way in by hand: staff ID with a one-time code or a recovery code, by keyboard or by touch alone.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ScreenState } from '../../contracts/screen.ts'
import { CodeField } from '../../ui/CodeField.tsx'
import { Field } from '../../ui/Field.tsx'
import { Keypad } from '../../ui/Keypad.tsx'
import { Said } from '../../ui/Said.tsx'
import type { Way } from '../state/loginWords.ts'
import { useKeyTarget } from '../state/useKeyTarget.ts'
import { useLogin } from '../state/useLogin.ts'

interface TypeInProps {
  codeLength: number
  notice: Extract<ScreenState, { kind: 'locked' }>['notice']
  onEmergency: (() => void) | undefined
}

export function TypeIn({ codeLength, notice, onEmergency }: TypeInProps) {
  const { t } = useTranslation()
  const login = useLogin(codeLength)
  const [way, setWay] = useState<Way>('code')
  const [keys, setKeys] = useState<'digits' | 'letters'>('digits')
  const staffInput = useRef<HTMLInputElement>(null)
  const target = useKeyTarget(staffInput)

  useEffect(() => staffInput.current?.focus(), [])

  const send = () => void (way === 'code' ? login.sendCode() : login.sendRecovery())
  function submit(event: FormEvent): void {
    event.preventDefault()
    send()
  }
  function change(to: Way): void {
    setWay(to)
    setKeys(to === 'code' ? 'digits' : 'letters')
  }

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
      ) : (
        <Field
          className="recovery-field"
          label={t('lock.recoveryCode')}
          value={login.recovery}
          onChange={(typed) => login.setRecovery(typed.toUpperCase())}
          maxLength={64}
          onFocus={target.onFocus}
        />
      )}
      <Said label={t('lock.what')} tone={line.tone} text={line.text} />
      <Keypad showing={keys} onSwitch={setKeys} onKey={target.key} onDelete={target.erase} />
      <div className="actions">
        <Button className="button go" type="submit">
          {t('lock.unlock')}
        </Button>
        <Button className="button" onPress={() => change(way === 'code' ? 'recovery' : 'code')}>
          {t(way === 'code' ? 'lock.other' : 'back')}
        </Button>
        {way !== 'code' && onEmergency && (
          <Button className="button" onPress={onEmergency}>
            {t('emergency.heading')}
          </Button>
        )}
      </div>
    </form>
  )
}
