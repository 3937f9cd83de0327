// A backup from here: the passphrase twice and how strong it is, then main asks where to.
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { passphraseStrength, plainPassphrase } from '../../core/passphrase.ts'
import { Field } from '../../ui/Field.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { Said, type Tone } from '../../ui/Said.tsx'
import { useBackup } from '../state/useBackup.ts'
import type { Changes } from '../state/useChanges.ts'

const tones = { weak: 'look', fair: 'calm', strong: 'in' } as const

export function BackUp({ changes, onMade }: { changes: Changes; onMade: () => void }) {
  const { t } = useTranslation()
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [differ, setDiffer] = useState(false)
  const backup = useBackup(changes)
  const strength = passphraseStrength(passphrase)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const different = plainPassphrase(passphrase) !== plainPassphrase(again)
    setDiffer(different)
    if (different || strength === 'weak') return
    await backup.make(passphrase)
    setPassphrase('')
    setAgain('')
    onMade()
  }

  function said(): { tone: Tone; text: string } {
    if (backup.busy) return { tone: 'busy', text: t('workstation.backup.busy') }
    if (backup.made) return { tone: 'in', text: t('workstation.backup.made') }
    if (backup.refused === null || backup.refused === 'step-up-needed') return { tone: 'calm', text: '' }
    return { tone: 'look', text: t(`workstation.backup.refused.${backup.refused}`) }
  }
  const line = said()
  return (
    <form className="panel" onSubmit={(event) => void submit(event)} noValidate>
      <h3>{t('workstation.item.backup')}</h3>
      <p>{t('workstation.backup.how')}</p>
      <div className="pair">
        <Field
          type="password"
          label={t('workstation.backup.passphrase')}
          help={t('workstation.backup.passphraseHelp')}
          value={passphrase}
          onChange={setPassphrase}
          maxLength={200}
        />
        <Field
          type="password"
          label={t('workstation.backup.again')}
          value={again}
          onChange={setAgain}
          maxLength={200}
          error={differ ? t('workstation.backup.differ') : undefined}
        />
      </div>
      <Said
        label={t('workstation.backup.passphrase')}
        tone={tones[strength]}
        text={passphrase === '' ? '' : t(`workstation.backup.strength.${strength}`)}
      />
      <Said label={t('workstation.item.backup')} tone={line.tone} text={line.text} />
      {backup.busy && <Progress label={t('workstation.backup.busy')} part={backup.part} />}
      {backup.made && (
        <dl className="facts">
          <div>
            <dt>{t('workstation.backup.digest')}</dt>
            <dd className="digest">{backup.made.digest}</dd>
          </div>
        </dl>
      )}
      <div className="actions">
        <Button className="button go" type="submit" isDisabled={backup.busy || strength === 'weak'}>
          {t('workstation.backup.go')}
        </Button>
      </div>
    </form>
  )
}
