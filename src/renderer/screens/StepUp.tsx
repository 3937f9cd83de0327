// Asks for a fresh code where the last one is too old for what somebody wants to change.
import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { shortestCode } from '../../ui/CodeField.tsx'
import { ask } from '../state/bridge.ts'
import { CodeLength } from '../state/codeLength.ts'
import { type Line, lineFor } from '../state/loginWords.ts'
import type { Changes } from '../state/useChanges.ts'
import { CodeForm } from './CodeForm.tsx'
import { SecondPerson } from './SecondPerson.tsx'

/** Whatever the change waits for: a fresh code, or a second person's. */
export function StepUp({ changes }: { changes: Changes }) {
  return changes.waiting === 'second' ? <SecondPerson changes={changes} /> : <FreshCode changes={changes} />
}

function FreshCode({ changes }: { changes: Changes }) {
  const { t } = useTranslation()
  const length = useContext(CodeLength)

  async function send(code: string): Promise<Line | null> {
    const answer = await ask('stepUp', { code })
    if (answer?.ok) {
      await changes.goOn()
      return null
    }
    return lineFor(answer === null || answer.reason === 'not-allowed' ? null : answer, 'code', t)
  }
  return (
    <CodeForm
      heading={t('administration.stepUp.heading')}
      why={t('administration.stepUp.why')}
      label={t('administration.stepUp.code')}
      what={t('lock.what')}
      go={t('administration.stepUp.go')}
      length={length}
      least={shortestCode}
      about="step-up"
      send={send}
      onAnswered={changes.goOn}
      onCancel={changes.giveUp}
    />
  )
}
