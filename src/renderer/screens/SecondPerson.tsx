// Asks a second person for their staff ID and code, where policy wants two for what somebody is about to change.
import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { shortestCode } from '../../ui/CodeField.tsx'
import { ask } from '../state/bridge.ts'
import { CodeLength } from '../state/codeLength.ts'
import { type Line, lineFor } from '../state/loginWords.ts'
import type { Changes } from '../state/useChanges.ts'
import { CodeForm } from './CodeForm.tsx'

export function SecondPerson({ changes }: { changes: Changes }) {
  const { t } = useTranslation()
  const length = useContext(CodeLength)

  async function send(code: string, staffId: string): Promise<Line | null> {
    const answer = await ask('approveAsSecond', { staffId, code })
    if (answer?.ok) {
      await changes.goOn()
      return null
    }
    if (answer?.reason === 'not-allowed') return { tone: 'look', text: t('enrollment.second.notAllowed') }
    return lineFor(answer, 'code', t)
  }
  return (
    <CodeForm
      heading={t('enrollment.second.heading')}
      why={t('enrollment.second.why')}
      staffIdLabel={t('enrollment.second.staffId')}
      label={t('enrollment.second.code')}
      what={t('lock.what')}
      go={t('enrollment.second.go')}
      length={length}
      least={shortestCode}
      about="second"
      send={send}
      onAnswered={changes.goOn}
      onCancel={changes.giveUp}
    />
  )
}
