// Asks for a fresh code where the last one is too old for what somebody wants to change.
import { type FormEvent, useContext, useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { CodeField, shortestCode } from '../../ui/CodeField.tsx'
import { Said } from '../../ui/Said.tsx'
import { ask } from '../state/bridge.ts'
import { CodeLength } from '../state/codeLength.ts'
import { type Line, lineFor } from '../state/loginWords.ts'
import type { Changes } from '../state/useChanges.ts'
import { SecondPerson } from './SecondPerson.tsx'

const quiet: Line = { tone: 'calm', text: '' }

/** Whatever the change waits for: a fresh code, or a second person's. */
export function StepUp({ changes }: { changes: Changes }) {
  return changes.waiting === 'second' ? <SecondPerson changes={changes} /> : <FreshCode changes={changes} />
}

function FreshCode({ changes }: { changes: Changes }) {
  const { t } = useTranslation()
  const length = useContext(CodeLength)
  const [code, setCode] = useState('')
  const [line, setLine] = useState<Line>(quiet)
  const input = useRef<HTMLInputElement>(null)
  const inFlight = useRef(false)
  useEffect(() => input.current?.focus(), [])

  async function send(digits: string): Promise<void> {
    if (inFlight.current || digits.length < shortestCode) return
    inFlight.current = true
    setLine({ tone: 'busy', text: t('said.checking') })
    const answer = await ask('stepUp', { code: digits })
    inFlight.current = false
    setCode('')
    if (answer?.ok) return changes.goOn()
    const refused = answer === null || answer.reason === 'not-allowed' ? null : answer
    setLine(lineFor(refused, 'code', t))
    input.current?.focus()
  }
  function type(digits: string): void {
    setCode(digits)
    if (digits.length === length && digits !== code) void send(digits)
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    void send(code)
  }

  return (
    <form className="panel step-up" onSubmit={submit} noValidate>
      <h3>{t('administration.stepUp.heading')}</h3>
      <p>{t('administration.stepUp.why')}</p>
      <CodeField
        label={t('administration.stepUp.code')}
        value={code}
        length={length}
        onChange={type}
        inputRef={input}
      />
      <Said label={t('lock.what')} tone={line.tone} text={line.text} />
      <div className="actions">
        <Button className="button go" type="submit">
          {t('administration.stepUp.go')}
        </Button>
        <Button className="button" onPress={changes.giveUp}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
